import type { z } from 'zod';
import { nameTerm, searchTextOf, termsOf } from '#core/customers/search-text.ts';
import type { Customer, customerInputSchema } from '#core/domain/customer.ts';
import type { CommandContext } from '../context.ts';
import { fail } from '../http/errors.ts';
import { getCustomer } from './customer-rows.ts';
import { insertTerms } from './terms.ts';

export type CustomerInput = z.output<typeof customerInputSchema>;

/**
 * Creates a customer. Throws possible_duplicate, with up to five who share the e-mail, the phone, or name and type,
 * unless staff have seen them (`allowDuplicate`).
 */
export async function createCustomer(context: CommandContext, input: CustomerInput): Promise<Customer> {
  const { tx, clock } = context;
  const { allowDuplicate, ...fields } = input;
  const row = { ...fields, email: input.email ?? null, phone: input.phone ?? null };
  if (!allowDuplicate) await refuseDuplicates(context, row);
  const { id } = await tx
    .insertInto('customers')
    .values({
      ...row,
      taxIdentifier: input.taxIdentifier || null,
      createdAt: clock.now(),
      searchText: searchTextOf(row),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await insertTerms(tx, id, termsOf(row));
  const { name, type } = input;
  context.audit({
    action: 'customer.created',
    subject: { type: 'customer', id },
    customerId: id,
    detail: { name, type, allowDuplicate },
  });
  return getCustomer(tx, id);
}

const SHOWN = 5;

type Identity = Pick<CustomerInput, 'name' | 'type'> & { email: string | null; phone: string | null };

async function refuseDuplicates({ tx }: CommandContext, { name, type, email, phone }: Identity): Promise<void> {
  const reachable = [...(email ? [`e:${email.toLowerCase()}`] : []), ...(phone ? [`p:${phone.slice(1)}`] : [])];
  const found = await tx
    .selectFrom('customers')
    .innerJoin('customerTerms', 'customerTerms.customerId', 'customers.id')
    .select(['customers.id', 'customers.name'])
    .distinct()
    .where('customers.status', '<>', 'archived')
    .where((where) =>
      where.or([
        ...(reachable.length > 0 ? [where('customerTerms.term', 'in', reachable)] : []),
        where.and([where('customerTerms.term', '=', nameTerm(name)), where('customers.type', '=', type)]),
      ]),
    )
    .orderBy('customers.id')
    .limit(SHOWN)
    .execute();
  if (found.length > 0) throw fail('possible_duplicate', { customers: found });
}
