import { describe, expect, it } from 'vitest';
import {
  detailFields,
  isHeld,
  lapsedItems,
  missingOf,
  nextStep,
  orderOf,
  stepsOf,
  withDefaults,
} from '#core/assignment/steps.ts';
import {
  addonOf,
  completeDraft,
  contactOf,
  customerOf,
  DRAFT_ID,
  draftOf,
  itemOf,
  LATER,
  NOW,
  planOf,
  serviceOf,
  siteOf,
} from './drafts.ts';

const namesOf = (draft: Parameters<typeof stepsOf>[0]) => stepsOf(draft).map((step) => step.name);
const businessPlan = planOf({
  businessFields: {
    site: 'required',
    billingContact: 'required',
    technicalContact: 'optional',
    purchaseOrder: 'required',
    costCentre: 'optional',
  },
});

describe('order of the steps', () => {
  it('asks the product before the customer, then items, renewal and review (PA-2)', () => {
    expect(namesOf(completeDraft())).toEqual(['product', 'customer', 'inventory', 'renewal', 'review']);
    expect(nextStep(draftOf())).toBe('product');
  });

  it('asks the customer first when a scanned SIM began it', () => {
    const scanned = draftOf({ startedFrom: 'item', items: [itemOf('sim_card', 1)] });
    expect(nextStep(scanned)).toBe('customer');
    expect(nextStep({ ...scanned, customer: customerOf() })).toBe('product');
  });

  it('skips the customer step when the draft began on a customer page (PA-1)', () => {
    expect(nextStep(draftOf({ startedFrom: 'customer', customer: customerOf() }))).toBe('product');
  });

  it('leaves out what the product does not need (PA-8, PA-12)', () => {
    const draft = completeDraft({ product: addonOf(), items: [], choices: choicesOf([serviceOf(789)]) });
    expect(namesOf(withDefaults(draft))).toEqual(['product', 'customer', 'review']);
  });
});

function choicesOf(services = [] as ReturnType<typeof serviceOf>[], sites = [] as ReturnType<typeof siteOf>[]) {
  return { services, sites, contacts: [] as ReturnType<typeof contactOf>[] };
}

describe('what is missing', () => {
  it('names each required item that has none, and not the optional ones (PA-8)', () => {
    const product = planOf({
      inventoryTemplates: [
        { template: 'sim_card', templateName: 'SIM card', required: true },
        { template: 'mobile_number', templateName: 'Mobile number', required: true },
        { template: 'modem', templateName: 'Modem', required: false },
      ],
    });
    expect(missingOf(completeDraft({ product, items: [itemOf('sim_card', 1)] }))).toEqual(['item:mobile_number']);
  });

  it('refuses a customer who is not open, and a product for the other type of customer', () => {
    expect(missingOf(completeDraft({ customer: customerOf({ status: 'closed' }) }))).toEqual(['customer_not_open']);
    const product = planOf({ customerTypes: ['business'] });
    expect(missingOf(completeDraft({ product }))).toEqual(['not_eligible']);
  });

  it('says when the product was taken off the catalogue meanwhile', () => {
    expect(missingOf(completeDraft({ product: planOf({ enabled: false }) }))).toEqual(['product_not_offered']);
  });
});

describe('the service of an add-on', () => {
  const boost = (services: ReturnType<typeof serviceOf>[], serviceId: number | null = null) =>
    withDefaults(draftOf({ customer: customerOf(), product: addonOf(), choices: choicesOf(services), serviceId }));

  it('none that fits is a dead end (AO-2)', () => {
    expect(missingOf(boost([serviceOf(1, { serviceType: 'voip' }), serviceOf(2, { status: 'suspended' })]))).toEqual([
      'no_matching_service',
    ]);
  });

  it('the only one that fits is used directly, whatever else the customer has (AO-1, AO-2)', () => {
    const draft = boost([serviceOf(789), serviceOf(790, { serviceType: 'internet' })]);
    expect(draft.serviceId).toBe(789);
    expect(namesOf(draft)).not.toContain('service');
    expect(missingOf(draft)).toEqual([]);
  });

  it('several are asked, unless the draft began at one of them', () => {
    const several = [serviceOf(789), serviceOf(790)];
    expect(nextStep(boost(several))).toBe('service');
    expect(missingOf(boost(several, 790))).toEqual([]);
  });

  it('the service a draft began at stays while no product is chosen', () => {
    const draft = withDefaults(draftOf({ startedFrom: 'service', customer: customerOf(), serviceId: 789 }));
    expect(draft.serviceId).toBe(789);
  });
});

describe('business details', () => {
  it('are asked of businesses only (BZ-2)', () => {
    expect(detailFields(completeDraft())).toEqual([]);
    const fields = detailFields(completeDraft({ customer: customerOf({ type: 'business' }), product: businessPlan }));
    expect(fields).toEqual(['site', 'billingContact', 'technicalContact', 'purchaseOrder', 'costCentre']);
  });

  it('an individual with several sites chooses one, with a single site is not asked (BZ-3)', () => {
    const product = planOf({ businessFields: { ...planOf().businessFields, site: 'optional' } });
    expect(detailFields(completeDraft({ product, choices: choicesOf([], [siteOf(1)]) }))).toEqual([]);
    expect(detailFields(completeDraft({ product, choices: choicesOf([], [siteOf(1), siteOf(2)]) }))).toEqual(['site']);
  });

  it('a purchase order of spaces is missing', () => {
    const draft = completeDraft({
      customer: customerOf({ type: 'business' }),
      product: businessPlan,
      siteId: 1,
      billingContactId: 1,
      purchaseOrder: '  ',
    });
    expect(missingOf(draft)).toEqual(['purchaseOrder']);
  });

  it('optional questions are asked once, and never stop the order', () => {
    const draft = completeDraft({ customer: customerOf({ type: 'business' }) });
    expect(missingOf(draft)).toEqual([]);
    expect(nextStep(draft)).toBe('review');
    expect(nextStep(draft, new Set())).toBe('details');
    expect(nextStep(draft, new Set(['details']))).toBe('review');
    const answered = { ...draft, billingContactId: 1, purchaseOrder: 'PO-1', costCentre: 'CC 1' };
    expect(nextStep(answered, new Set())).toBe('review');
  });

  it('the only site and the contact of each role are filled in', () => {
    const draft = withDefaults(
      draftOf({
        customer: customerOf({ type: 'business' }),
        product: businessPlan,
        choices: {
          services: [],
          sites: [siteOf(5)],
          contacts: [contactOf(1, ['primary']), contactOf(2, ['technical']), contactOf(3)],
        },
      }),
    );
    expect(draft).toMatchObject({ siteId: 5, billingContactId: 1, technicalContactId: 2 });
  });
});

describe('holds', () => {
  it('end at their very instant', () => {
    expect(isHeld(itemOf('sim_card', 1), new Date(NOW))).toBe(true);
    expect(isHeld(itemOf('sim_card', 1), new Date(LATER))).toBe(false);
    expect(isHeld(itemOf('sim_card', 1, null), new Date(NOW))).toBe(false);
  });

  it('lapsed items are named so that they can be taken again', () => {
    const draft = completeDraft({ items: [itemOf('sim_card', 1), itemOf('mobile_number', 2, NOW)] });
    expect(lapsedItems(draft, new Date(NOW)).map((item) => item.item.id)).toEqual([2]);
  });
});

describe('the order', () => {
  it('carries the draft, the customer, the product and each item', () => {
    expect(orderOf(completeDraft())).toEqual({
      draftId: DRAFT_ID,
      customerId: 123,
      productId: 1,
      items: [
        { template: 'sim_card', itemId: 1 },
        { template: 'mobile_number', itemId: 2 },
      ],
      serviceId: null,
      siteId: null,
      billingContactId: null,
      technicalContactId: null,
      purchaseOrder: null,
      costCentre: null,
      installationDate: null,
      autoRenew: true,
    });
  });

  it('leaves out what an earlier choice left behind: an item without a slot, business fields of an individual', () => {
    const order = orderOf(
      completeDraft({
        items: [itemOf('sim_card', 1), itemOf('mobile_number', 2), itemOf('modem', 3)],
        purchaseOrder: 'PO-1',
        billingContactId: 4,
        serviceId: 9,
      }),
    );
    expect(order.items?.map((item) => item.itemId)).toEqual([1, 2]);
    expect(order).toMatchObject({ purchaseOrder: null, billingContactId: null, serviceId: null });
  });

  it('sends no renewal for a one-off add-on', () => {
    const draft = withDefaults(
      draftOf({
        customer: customerOf(),
        product: addonOf(),
        choices: choicesOf([serviceOf(789)]),
        autoRenew: true,
      }),
    );
    expect(orderOf(draft)).toMatchObject({ serviceId: 789, autoRenew: null });
  });

  it('an incomplete draft gives no order', () => {
    expect(() => orderOf(draftOf())).toThrow();
  });
});
