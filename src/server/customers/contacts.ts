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

interface ContactChange {
  readonly id: number;
  /** Whose contact it must be; another's is not found. */
  readonly customerId: number;
  readonly phone: string | null;
}

/** Changes a contact's phone; the customer is then found by the new number. What it is already changes nothing. */
export async function changeContact(
  { tx, audit }: CommandContext,
  { id, customerId, phone }: ContactChange,
): Promise<void> {
  const before = await tx
    .selectFrom('contacts')
    .select('phone')
    .where('id', '=', id)
    .where('customerId', '=', customerId)
    .forUpdate()
    .executeTakeFirst();
  if (!before) throw fail('not_found', { what: 'contact' });
  if (before.phone === phone) return;
  await tx.updateTable('contacts').set({ phone }).where('id', '=', id).execute();
  await refreshTerms(tx, customerId);
  const detail = { phone: { from: before.phone, to: phone } };
  audit({ action: 'contact.changed', subject: { type: 'contact', id }, customerId, detail });
}
