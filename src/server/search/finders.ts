import type { SearchHit } from '#core/contract/central/system.ts';
import type { Item } from '#core/domain/inventory.ts';
import { customerHit, itemHit, serviceHit, shortId } from '#core/search/hits.ts';
import { type OwnersOf, searchCustomers } from '../customers/search.ts';
import type { Reader } from '../database/connection.ts';

/** One search: what staff typed, how many lines at most of each kind, and the items it may mean. */
export interface Question {
  readonly reader: Reader;
  readonly q: string;
  readonly limit: number;
  readonly items: Promise<readonly Item[]>;
}

/** Finds one kind of thing, best first. */
export type Finder = (question: Question) => Promise<SearchHit[]>;

export function customerFinder(ownersOf: OwnersOf): Finder {
  return async ({ reader, q, limit }) => {
    const { items } = await searchCustomers(reader, ownersOf, { q, limit });
    return items.map(customerHit);
  };
}

export const itemFinder: Finder = async ({ items }) => (await items).map(itemHit);

/** Services by their number, and by the ICCID, telephone number or serial of one of their items. */
export const serviceFinder: Finder = async ({ reader, q, limit, items }) => {
  const id = shortId(q);
  const wanted = [...(id === null ? [] : [id]), ...(await items).flatMap(({ serviceId }) => serviceId ?? [])];
  if (wanted.length === 0) return [];
  const rows = await reader
    .selectFrom('services')
    .innerJoin('customers', 'customers.id', 'services.customerId')
    .select([
      'services.id',
      'services.name',
      'services.status',
      'services.customerId',
      'customers.name as customerName',
    ])
    .where('services.id', 'in', wanted)
    .limit(limit)
    .execute();
  rows.sort((a, b) => wanted.indexOf(a.id) - wanted.indexOf(b.id));
  return rows.map(serviceHit);
};

/** An order by its number. */
export const orderFinder: Finder = async ({ reader, q }) => {
  const id = shortId(q);
  if (id === null) return [];
  const rows = await reader
    .selectFrom('orders')
    .innerJoin('customers', 'customers.id', 'orders.customerId')
    .innerJoin('products', 'products.id', 'orders.productId')
    .select(['orders.id', 'orders.status', 'orders.customerId', 'customers.name', 'products.name as productName'])
    .where('orders.id', '=', id)
    .execute();
  return rows.map((row) => ({
    ...{ type: 'order', id: row.id, title: row.productName, status: row.status, customerId: row.customerId },
    detail: row.name,
  }));
};

/** A provisioning job by its number. */
export const jobFinder: Finder = async ({ reader, q }) => {
  const id = shortId(q);
  if (id === null) return [];
  const rows = await reader
    .selectFrom('jobs')
    .innerJoin('customers', 'customers.id', 'jobs.customerId')
    .innerJoin('products', 'products.id', 'jobs.productId')
    .select(['jobs.id', 'jobs.status', 'jobs.customerId', 'customers.name', 'products.name as productName'])
    .where('jobs.id', '=', id)
    .execute();
  return rows.map((row) => ({
    ...{ type: 'job', id: row.id, title: row.productName, status: row.status, customerId: row.customerId },
    detail: row.name,
  }));
};
