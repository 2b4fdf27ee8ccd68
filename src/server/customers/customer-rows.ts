import { type ExpressionBuilder, sql } from 'kysely';
import type { Customer } from '#core/domain/customer.ts';
import type { Reader } from '../database/connection.ts';
import type { Database } from '../database/schema.ts';
import { fail } from '../http/errors.ts';

/** What a customer is shown with. */
export const customerColumns = [
  'customers.id',
  'customers.name',
  'customers.type',
  'customers.status',
  'customers.email',
  'customers.phone',
  'customers.paymentType',
  'customers.taxIdentifier',
  'customers.language',
  'customers.version',
  'customers.createdAt',
] as const;

export function hasPaymentMethod(where: ExpressionBuilder<Database, 'customers'>) {
  return where
    .exists(
      where
        .selectFrom('paymentMethods')
        .select(sql.lit(1).as('one'))
        .whereRef('paymentMethods.customerId', '=', 'customers.id')
        .where('paymentMethods.isDefault', '=', true),
    )
    .$castTo<boolean>()
    .as('hasPaymentMethod');
}

export function customerRows(reader: Reader) {
  return reader.selectFrom('customers').select(customerColumns).select(hasPaymentMethod);
}
export type CustomerRow = Awaited<ReturnType<ReturnType<typeof customerRows>['executeTakeFirstOrThrow']>>;

export function presentCustomer({ createdAt, ...row }: CustomerRow): Customer {
  return { ...row, createdAt: createdAt.toISOString() };
}

/** One customer. Throws not_found. */
export async function getCustomer(reader: Reader, id: number): Promise<Customer> {
  const row = await customerRows(reader).where('customers.id', '=', id).executeTakeFirst();
  if (!row) throw fail('not_found', { what: 'customer' });
  return presentCustomer(row);
}

/** Throws not_found when there is no such customer. */
export async function requireCustomer(reader: Reader, id: number): Promise<void> {
  const found = await reader.selectFrom('customers').select('id').where('id', '=', id).executeTakeFirst();
  if (!found) throw fail('not_found', { what: 'customer' });
}
