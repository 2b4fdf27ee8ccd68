import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Draft, draftSchema } from '#core/assignment/draft.ts';
import { strayItems } from '#core/assignment/offers.ts';
import { missingOf, nextStep, orderOf, stepsOf, withDefaults } from '#core/assignment/steps.ts';
import { orderInputSchema } from '#core/contract/central/orders.ts';
import { addonOf, contactOf, customerOf, draftOf, itemOf, planOf, serviceOf, siteOf } from './drafts.ts';

const ask = fc.constantFrom('hidden' as const, 'optional' as const, 'required' as const);
const templates = fc.subarray(['sim_card', 'mobile_number', 'modem']);
const idFrom = (max: number) => fc.option(fc.integer({ min: 1, max }), { nil: null });

const product = fc
  .record({
    base: fc.constantFrom(planOf, addonOf),
    enabled: fc.boolean(),
    customerTypes: fc.subarray(['individual', 'business'] as const),
    recurs: fc.boolean(),
    autoRenewPrompt: fc.boolean(),
    asksInstallationDate: fc.boolean(),
    templates,
    required: fc.boolean(),
    businessFields: fc.record({
      site: ask,
      billingContact: ask,
      technicalContact: ask,
      purchaseOrder: ask,
      costCentre: ask,
    }),
  })
  .map(({ base, templates: names, required, recurs, customerTypes, ...rest }) =>
    base({
      ...rest,
      customerTypes: [...customerTypes],
      recurring: recurs ? planOf().recurring : null,
      inventoryTemplates: names.map((template) => ({ template, templateName: template, required })),
    }),
  );

const customer = fc
  .record({
    type: fc.constantFrom('individual' as const, 'business' as const),
    status: fc.constantFrom('open' as const, 'closed' as const),
  })
  .map(customerOf);

const drafts: fc.Arbitrary<Draft> = fc
  .record({
    startedFrom: fc.constantFrom('nothing', 'product', 'customer', 'service', 'item'),
    product: fc.option(product, { nil: null }),
    customer: fc.option(customer, { nil: null }),
    items: templates.map((names) => names.map((name, index) => itemOf(name, index + 1))),
    services: fc.subarray([serviceOf(1), serviceOf(2), serviceOf(3, { serviceType: 'voip' })]),
    sites: fc.subarray([siteOf(1), siteOf(2)]),
    contacts: fc.subarray([contactOf(1, ['primary']), contactOf(2, ['billing']), contactOf(3)]),
    serviceId: idFrom(4),
    siteId: idFrom(3),
    billingContactId: idFrom(4),
    technicalContactId: idFrom(4),
    purchaseOrder: fc.constantFrom('', '  ', 'PO-2025-001234'),
    costCentre: fc.constantFrom('', 'CC 12'),
    installationDate: fc.constantFrom(null, '2026-12-01'),
    autoRenew: fc.constantFrom(null, true, false),
  })
  .map(({ services, sites, contacts, ...rest }) =>
    draftOf({ ...(rest as Partial<Draft>), choices: { services, sites, contacts } }),
  );

it('every draft has one product, one customer and one review step, review last, none twice', () => {
  fc.assert(
    fc.property(drafts, (draft) => {
      const names = stepsOf(draft).map((step) => step.name);
      expect(new Set(names).size).toBe(names.length);
      expect(names).toEqual(expect.arrayContaining(['product', 'customer']));
      expect(names.at(-1)).toBe('review');
    }),
  );
});

it('the next step is the first that misses something, and is one of the steps', () => {
  fc.assert(
    fc.property(drafts, (draft) => {
      const steps = stepsOf(draft);
      const next = steps.findIndex((step) => step.name === nextStep(draft));
      expect(next).toBeGreaterThanOrEqual(0);
      expect(steps.slice(0, next).every((step) => step.missing.length === 0)).toBe(true);
      expect((steps[next]?.missing.length ?? 0) > 0).toBe(missingOf(draft).length > 0);
    }),
  );
});

it('filling in defaults twice equals once, keeps the draft valid and never makes more missing', () => {
  fc.assert(
    fc.property(drafts, (draft) => {
      const filled = withDefaults(draft);
      expect(withDefaults(filled)).toEqual(filled);
      expect(draftSchema.parse(filled)).toEqual(filled);
      // An answer that names a contact or a site of another customer is dropped, so only those may become missing.
      const dropped = new Set(['site', 'billingContact', 'technicalContact']);
      const added = missingOf(filled).filter((code) => !missingOf(draft).includes(code) && !dropped.has(code));
      expect(added).toEqual([]);
    }),
  );
});

it('defaults only choose what the customer has', () => {
  fc.assert(
    fc.property(drafts, (draft) => {
      const { choices, siteId, billingContactId, technicalContactId } = withDefaults(draft);
      const known = (list: { id: number }[], id: number | null) => id === null || list.some((one) => one.id === id);
      expect(known(choices.sites, siteId)).toBe(true);
      expect(known(choices.contacts, billingContactId)).toBe(true);
      expect(known(choices.contacts, technicalContactId)).toBe(true);
    }),
  );
});

it('a draft with nothing missing gives a valid order, any other gives none', () => {
  fc.assert(
    fc.property(drafts, (draft) => {
      const filled = withDefaults(draft);
      if (missingOf(filled).length > 0) {
        expect(() => orderOf(filled)).toThrow();
        return;
      }
      const order = orderOf(filled);
      expect(orderInputSchema.safeParse(order).success).toBe(true);
      const wanted = filled.product?.inventoryTemplates.map((slot) => slot.template) ?? [];
      expect(order.items.every((item) => wanted.includes(item.template))).toBe(true);
      expect(order.items.length + strayItems(filled).length).toBe(filled.items.length);
      expect(order.autoRenew === null).toBe(filled.product?.recurring === null);
      expect(order.serviceId === null).toBe(filled.product?.category === 'plan');
    }),
    { numRuns: 500 },
  );
});
