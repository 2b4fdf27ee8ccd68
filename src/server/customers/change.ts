import type { Customer } from '#core/domain/customer.ts';
import type { CommandContext } from '../context.ts';
import { fail } from '../http/errors.ts';
import { getCustomer } from './customer-rows.ts';
import { refreshTerms } from './terms.ts';

export type CustomerChange = { id: number; version?: number } & {
  [K in 'name' | 'type' | 'status' | 'email' | 'phone' | 'paymentType' | 'taxIdentifier' | 'language']?: Customer[K];
};

/**
 * Changes the fields named. Throws not_found, and changed_meanwhile when `version` is sent and is not the current one.
 * A change to what it already is leaves the version alone.
 */
export async function changeCustomer(context: CommandContext, input: CustomerChange): Promise<Customer> {
  const { tx } = context;
  const { id, version, ...fields } = input;
  const before = await tx.selectFrom('customers').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (!before) throw fail('not_found', { what: 'customer' });
  if (version !== undefined && version !== before.version) throw fail('changed_meanwhile');
  const entries = Object.entries(fields) as [keyof typeof fields, unknown][];
  const changed = entries.filter(([key, value]) => value !== undefined && value !== before[key]);
  if (changed.length === 0) return getCustomer(tx, id);
  await tx
    .updateTable('customers')
    .set({ ...Object.fromEntries(changed), version: before.version + 1 })
    .where('id', '=', id)
    .execute();
  await refreshTerms(tx, id);
  const detail = Object.fromEntries(changed.map(([key, to]) => [key, { from: before[key], to }]));
  context.audit({ action: 'customer.changed', subject: { type: 'customer', id }, customerId: id, detail });
  return getCustomer(tx, id);
}
