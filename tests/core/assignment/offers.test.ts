import { describe, expect, it } from 'vitest';
import { offersFor, pricesOf, strayItems, targetServiceType, whyNoOffers } from '#core/assignment/offers.ts';
import { addonOf, completeDraft, customerOf, draftOf, itemOf, planOf, serviceOf } from './drafts.ts';

const mobile = planOf();
const fibre = planOf({
  id: 3,
  name: 'Fibre - 100 Mbps',
  serviceType: 'internet',
  inventoryTemplates: [{ template: 'modem', templateName: 'Modem', required: true }],
});
const business = planOf({ id: 4, customerTypes: ['business'] });
const withdrawn = planOf({ id: 5, enabled: false });
const boost = addonOf();
const all = [mobile, fibre, business, withdrawn, boost];
const idsOf = (products: { id: number }[]) => products.map((product) => product.id);

describe('products on offer for a draft', () => {
  it('are enabled and for the type of customer, or the type asked for while there is none (PA-3)', () => {
    expect(idsOf(offersFor(draftOf({ customer: customerOf() }), all))).toEqual([1, 3, 2]);
    expect(idsOf(offersFor(draftOf(), all, 'business'))).toEqual([1, 3, 4, 2]);
  });

  it('take the SIM that was scanned', () => {
    const draft = draftOf({ startedFrom: 'item', items: [itemOf('sim_card', 1)] });
    expect(idsOf(offersFor(draft, all))).toEqual([1, 4]);
  });

  it('are not narrowed by an item that the desk only proposed', () => {
    const draft = draftOf({ items: [itemOf('sim_card', 1, null, true)] });
    expect(idsOf(offersFor(draft, all, 'individual'))).toEqual([1, 3, 2]);
  });

  it('are the add-ons of the service it began at (AO-1)', () => {
    const draft = draftOf({
      startedFrom: 'service',
      customer: customerOf(),
      serviceId: 789,
      choices: { services: [serviceOf(789)], sites: [], contacts: [] },
    });
    expect(targetServiceType(draft)).toBe('mobile');
    expect(idsOf(offersFor(draft, [...all, addonOf({ id: 6, serviceType: 'internet' })]))).toEqual([2]);
  });
});

describe('an empty list', () => {
  it('names its cause (PA-4)', () => {
    const individual = draftOf({ customer: customerOf() });
    expect(whyNoOffers(individual, [withdrawn])).toBe('nothing_enabled');
    expect(whyNoOffers(individual, [business])).toBe('other_customer_type');
    expect(whyNoOffers({ ...individual, items: [itemOf('sim_card', 1)] }, [fibre])).toBe('not_for_item');
    expect(whyNoOffers(individual, all)).toBeNull();
  });

  it('is empty exactly when it has a cause', () => {
    const drafts = [
      draftOf(),
      draftOf({ customer: customerOf({ type: 'business' }) }),
      draftOf({ items: [itemOf('sim_card', 1)] }),
    ];
    const lists = [[], [withdrawn], [business], [fibre], [boost], all];
    for (const draft of drafts)
      for (const products of lists)
        expect(offersFor(draft, products).length === 0).toBe(whyNoOffers(draft, products) !== null);
  });
});

it('an item without a slot in the product is a stray', () => {
  const draft = completeDraft({ items: [itemOf('sim_card', 1), itemOf('modem', 3)] });
  expect(strayItems(draft).map((item) => item.template)).toEqual(['modem']);
});

it('a one-off add-on is paid once and nothing recurs', () => {
  expect(pricesOf(draftOf({ product: addonOf() }))).toEqual({
    once: { amount: 500, currency: 'GBP' },
    recurring: null,
  });
});
