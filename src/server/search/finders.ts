import type { SearchHit } from '#core/contract/central/system.ts';
import type { Item } from '#core/domain/inventory.ts';
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

/** A number that people know a thing by: 456, #456; null for every other text. */
export function shortId(q: string): number | null {
  const id = Number(/^#?(\d{1,10})$/.exec(q.trim())?.[1] ?? 0);
  return id > 0 && id <= 2_147_483_647 ? id : null;
}

export function customerFinder(ownersOf: OwnersOf): Finder {
  return async ({ reader, q, limit }) => {
    const { items } = await searchCustomers(reader, ownersOf, { q, limit });
    return items.map(({ id, name, email, phone, status }) => ({
      ...{ type: 'customer', id, title: name, status, customerId: id },
      detail: [phone, email].filter((each) => each !== null).join(' · '),
    }));
  };
}

export const itemFinder: Finder = async ({ items }) =>
  (await items).map((item) => ({
    ...{ type: 'item', id: item.id, title: item.label, status: item.status, customerId: item.customerId },
    detail: mainIdentifier(item),
  }));

function mainIdentifier({ identifiers }: Item): string {
  const { iccid, msisdn, serial, imei, mac, imsi } = identifiers;
  return iccid ?? msisdn ?? serial ?? imei ?? mac ?? imsi ?? '';
}

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
  return rows.map((row) => ({
    ...{ type: 'service', id: row.id, title: row.name, status: row.status, customerId: row.customerId },
    detail: row.customerName,
  }));
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
