import { searchTextOf, termsOf } from '#core/customers/search-text.ts';
import type { Tx } from '../database/connection.ts';

/** Makes the customer findable by what it is now; call it in the transaction that changed it or its contacts. */
export async function refreshTerms(tx: Tx, id: number): Promise<void> {
  const customer = await tx
    .selectFrom('customers')
    .select(['name', 'email', 'phone'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const contacts = await tx.selectFrom('contacts').select(['email', 'phone']).where('customerId', '=', id).execute();
  await tx.deleteFrom('customerTerms').where('customerId', '=', id).execute();
  await insertTerms(tx, id, termsOf(customer, contacts));
  await tx
    .updateTable('customers')
    .set({ searchText: searchTextOf(customer) })
    .where('id', '=', id)
    .execute();
}

/** For a customer who has none yet. */
export async function insertTerms(tx: Tx, customerId: number, terms: readonly string[]): Promise<void> {
  const rows = terms.map((term) => ({ term, customerId }));
  await tx.insertInto('customerTerms').values(rows).execute();
}
