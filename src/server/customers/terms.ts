import type { Tx } from '../database/connection.ts';
import { searchTextOf, termsOf } from './search-text.ts';

/** Makes the customer findable by what it is now; call it in the transaction that changed it or its contacts. */
export async function refreshTerms(tx: Tx, id: number): Promise<void> {
  const customer = await tx
    .selectFrom('customers')
    .select(['name', 'email', 'phone'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const contacts = await tx.selectFrom('contacts').select(['email', 'phone']).where('customerId', '=', id).execute();
  await tx.deleteFrom('customerTerms').where('customerId', '=', id).execute();
  const terms = termsOf(customer, contacts).map((term) => ({ term, customerId: id }));
  await tx.insertInto('customerTerms').values(terms).execute();
  await tx
    .updateTable('customers')
    .set({ searchText: searchTextOf(customer) })
    .where('id', '=', id)
    .execute();
}
