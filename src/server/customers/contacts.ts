import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import type { Contact, contactInputSchema } from '#core/domain/customer.ts';
import type { CommandContext } from '../context.ts';
import type { Reader } from '../database/connection.ts';
import { fail } from '../http/errors.ts';
import { type Page, pageFrom, readCursor } from '../http/page.ts';
import { requireCustomer } from './customer-rows.ts';
import { refreshTerms } from './terms.ts';

type OfCustomer = { id: number; limit: number; cursor?: string };

/** Throws not_found for an unknown customer. */
export async function listContacts(reader: Reader, { id, limit, cursor }: OfCustomer): Promise<Page<Contact>> {
  await requireCustomer(reader, id);
  const rows = await reader
    .selectFrom('contacts')
    .selectAll()
    .where('customerId', '=', id)
    .where('id', '>', readCursor<{ id: number }>(cursor)?.id ?? 0)
    .orderBy('id')
    .limit(limit + 1)
    .execute();
  return pageFrom(
    rows,
    limit,
    (row) => ({ id: row.id }),
    (row) => row,
  );
}

type ContactInput = z.output<typeof contactInputSchema> & { id: number };

/** Adds a contact; the customer is then found by the contact's address and number too. */
export async function createContact(context: CommandContext, input: ContactInput): Promise<Contact> {
  const { tx } = context;
  const { id: customerId, name, roles } = input;
  await requireCustomer(tx, customerId);
  const contact = await tx
    .insertInto('contacts')
    .values({ customerId, name, roles, email: input.email ?? null, phone: input.phone ?? null })
    .returningAll()
    .executeTakeFirstOrThrow();
  await refreshTerms(tx, customerId);
  context.audit({
    action: 'contact.created',
    subject: { type: 'contact', id: contact.id },
    customerId,
    detail: { name, roles },
  });
  return contact;
}

export type ContactChange = Partial<Pick<Contact, 'name' | 'email' | 'phone' | 'roles'>> & {
  readonly id: number;
  /** Whose contact it must be; another's is not found. */
  readonly customerId: number;
};

/**
 * Changes the fields of a contact that are named; the customer is then found by the new ones. What it is already changes
 * nothing. Throws not_found, and email_is_login for the address of a live account: whoever held that mailbox would go on
 * signing in, or somebody else would get in without the customer's word.
 */
export async function changeContact(context: CommandContext, change: ContactChange): Promise<Contact> {
  const { tx } = context;
  const { id, customerId, ...fields } = change;
  const before = await tx
    .selectFrom('contacts')
    .selectAll()
    .where('id', '=', id)
    .where('customerId', '=', customerId)
    .forUpdate()
    .executeTakeFirst();
  if (!before) throw fail('not_found', { what: 'contact' });
  const entries = Object.entries(fields) as [keyof typeof fields, unknown][];
  const changed = entries.filter(([key, value]) => value !== undefined && !isDeepStrictEqual(value, before[key]));
  if (changed.length === 0) return before;
  if (before.hasLogin && changed.some(([key]) => key === 'email')) throw fail('email_is_login');
  const after = await tx
    .updateTable('contacts')
    .set(Object.fromEntries(changed))
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
  await refreshTerms(tx, customerId);
  const detail = Object.fromEntries(changed.map(([key, to]) => [key, { from: before[key], to }]));
  context.audit({ action: 'contact.changed', subject: { type: 'contact', id }, customerId, detail });
  return after;
}
