import { type Draft, type DraftItem, emptyDraft } from '#core/assignment/draft.ts';
import type { Contact, Customer, Site } from '#core/domain/customer.ts';
import type { Product } from '#core/domain/product.ts';

export const NOW = '2026-11-22T10:00:00.000Z';
export const LATER = '2026-11-22T10:10:00.000Z';
export const DRAFT_ID = '01939f00-0000-7000-8000-000000000001';

export function customerOf(change: Partial<Customer> = {}): Customer {
  return {
    id: 123,
    name: 'John Smith',
    type: 'individual',
    status: 'open',
    email: 'john.smith@example.test',
    phone: '+447700900999',
    paymentType: 'prepaid',
    taxIdentifier: null,
    language: 'en',
    hasPaymentMethod: true,
    createdAt: NOW,
    version: 1,
    ...change,
  };
}

export function planOf(change: Partial<Product> = {}): Product {
  return {
    id: 1,
    slug: 'mobile-20gb',
    name: 'Mobile - 20 GB plan',
    description: '',
    category: 'plan',
    serviceType: 'mobile',
    enabled: true,
    customerTypes: ['individual', 'business'],
    recurring: { price: { amount: 1500, currency: 'GBP' }, period: 'month' },
    setup: { amount: 0, currency: 'GBP' },
    inventoryTemplates: [
      { template: 'sim_card', templateName: 'SIM card', required: true },
      { template: 'mobile_number', templateName: 'Mobile number', required: true },
    ],
    autoRenewPrompt: true,
    businessFields: {
      site: 'hidden',
      billingContact: 'optional',
      technicalContact: 'hidden',
      purchaseOrder: 'optional',
      costCentre: 'optional',
    },
    asksInstallationDate: false,
    playbook: 'mobile',
    terms: '',
    ...change,
  };
}

export function addonOf(change: Partial<Product> = {}): Product {
  return planOf({
    id: 2,
    slug: 'data-boost-5gb',
    name: '5 GB data boost',
    category: 'addon',
    recurring: null,
    setup: { amount: 500, currency: 'GBP' },
    inventoryTemplates: [],
    ...change,
  });
}

export function itemOf(template: string, id: number, hold: string | null = LATER, suggested = false): DraftItem {
  const identifiers = template === 'sim_card' ? { iccid: '8944000000000000017' } : { msisdn: '+447700900123' };
  return {
    template,
    item: { id, template, templateName: template, label: `${template}-${id}`, identifiers, storeId: 1 },
    hold: hold === null ? null : { id: `01939f00-0000-7000-8000-0000000000${10 + id}`, expiresAt: hold },
    heldHere: false,
    suggested,
  };
}

export function serviceOf(id: number, change: Partial<Draft['choices']['services'][number]> = {}) {
  return { id, name: `Mobile - ${id}`, status: 'active' as const, serviceType: 'mobile' as const, ...change };
}

export function siteOf(id: number): Site {
  return { id, customerId: 123, name: `Site ${id}`, address: `${id} Main St` };
}

export function contactOf(id: number, roles: Contact['roles'] = []): Contact {
  return { id, customerId: 123, name: `Contact ${id}`, email: null, phone: null, roles, hasLogin: false };
}

export function draftOf(change: Partial<Draft> = {}): Draft {
  return { ...emptyDraft(DRAFT_ID, 7, 1, NOW), ...change };
}

/** Everything chosen: a mobile plan for an individual, both items held. */
export function completeDraft(change: Partial<Draft> = {}): Draft {
  return draftOf({
    customer: customerOf(),
    product: planOf(),
    items: [itemOf('sim_card', 1), itemOf('mobile_number', 2)],
    autoRenew: true,
    ...change,
  });
}
