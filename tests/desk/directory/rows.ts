import type { Contact, Customer } from '#core/domain/customer.ts';
import type { ServiceRow, StockItem } from '#core/sync/rows.ts';

/** Rows as head office would send them; each function gives one with what a test leaves open. */
export function customerRow(id: number, fields: Partial<Customer> = {}): Customer {
  return {
    ...{ id, name: `Customer ${id}`, type: 'individual', status: 'open', email: `c${id}@example.test`, phone: null },
    ...{ paymentType: 'prepaid', taxIdentifier: null, language: 'en', hasPaymentMethod: false },
    ...{ createdAt: '2026-11-22T10:15:00.000Z', version: 1 },
    ...fields,
  } as Customer;
}

export function contactRow(id: number, customerId: number, fields: Partial<Contact> = {}): Contact {
  return { id, customerId, name: `Contact ${id}`, email: null, phone: null, roles: [], hasLogin: false, ...fields };
}

export function itemRow(id: number, fields: Partial<StockItem> = {}): StockItem {
  return {
    ...{ id, template: 'sim_card', templateName: 'SIM card', label: `SIM-${id}`, status: 'in_stock' },
    ...{ identifiers: {}, storeId: 1, storeName: 'Store 1', reservation: null, deskId: null, deskName: null },
    ...fields,
  } as StockItem;
}

export function serviceRow(id: number, customerId: number, fields: Partial<ServiceRow> = {}): ServiceRow {
  return {
    ...{ id, customerId, name: 'Mobile', status: 'active', serviceType: 'mobile' },
    ...{ product: { id: 1, slug: 'mobile', name: 'Mobile' }, createdAt: '2026-11-22T10:15:00.000Z', activatedAt: null },
    ...{ expiresAt: null, autoRenew: true, monthlyCost: { amount: 1500, currency: 'GBP' }, siteId: null, items: [] },
    ...{ addons: [], lastJobId: null },
    ...fields,
  } as ServiceRow;
}
