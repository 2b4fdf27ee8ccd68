import type { Selectable } from 'kysely';
import { type Contact, type Customer, contactSchema, customerSchema, type Site } from '#core/domain/customer.ts';
import type { DirectoryReader } from '../directory/open.ts';
import type { DirectoryTables } from '../directory/schema.ts';
import type { Asked } from './asked.ts';
import type { OwnWork } from './overlay.ts';

export type CustomerRow = Selectable<DirectoryTables['customer']>;

/** The directory's row as the contract's `Customer`, with this desk's own changes that head office has not answered yet. */
export function presentCustomer({ searchText: _, ...row }: CustomerRow, own: OwnWork): Customer {
  return withChanges(customerSchema.parse({ ...row, hasPaymentMethod: row.hasPaymentMethod === 1 }), own);
}

/** A change that was accepted counts until the directory has a row as new; one that waits is shown over it. */
export function withChanges(customer: Customer, { changes }: OwnWork): Customer {
  let row = customer;
  for (const { customerId, fields, result } of changes) {
    if (customerId !== customer.id) continue;
    if (result === null) row = { ...row, ...fields };
    else if (result.version > row.version) row = result;
  }
  return row;
}

export async function customersByIds(reader: DirectoryReader, ids: readonly number[]): Promise<CustomerRow[]> {
  if (ids.length === 0) return [];
  return reader
    .selectFrom('customer')
    .selectAll()
    .where('id', 'in', [...ids])
    .execute();
}

/** Customers made here that the directory doesn't show yet, as they are now. */
export async function unseenCustomers({ reader, own }: Asked): Promise<Customer[]> {
  const rows = await customersByIds(
    reader,
    own.customers.flatMap(({ number }) => number ?? []),
  );
  const seen = new Set(rows.map(({ id }) => id));
  return own.customers
    .filter(({ number }) => number === null || !seen.has(number))
    .map(({ localId, number, row }) => withChanges({ ...row, id: number ?? localId }, own));
}

/** A customer by head office's number or the desk's own; null when it is not known here. */
export async function customerById(asked: Asked, id: number): Promise<Customer | null> {
  const realId = await asked.realId(id);
  const [row] = await customersByIds(asked.reader, [realId]);
  if (row !== undefined) return presentCustomer(row, asked.own);
  const unseen = await unseenCustomers(asked);
  return unseen.find((customer) => customer.id === realId) ?? null;
}

export function presentContact(row: Selectable<DirectoryTables['contact']>): Contact {
  return contactSchema.parse({ ...row, roles: JSON.parse(row.roles), hasLogin: row.hasLogin === 1 });
}

export function presentSite(row: Selectable<DirectoryTables['site']>): Site {
  return row;
}
