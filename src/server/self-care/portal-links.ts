import type { Language } from '#core/domain/languages.ts';
import type { PortalSection } from '#core/domain/portal.ts';
import type { CommandContext } from '../context.ts';
import type { Tx } from '../database/connection.ts';
import { fail } from '../http/errors.ts';
import { createLink } from './links.ts';

interface WantedLink {
  readonly customerId?: number;
  readonly contactId?: number;
  readonly language?: Language;
  readonly section?: PortalSection;
}

/**
 * An address that lets a customer, or one contact, into the portal once. For a customer alone the session is with the
 * primary contact where there is one. Throws not_found, and customer_not_open for a customer who is closed or archived:
 * one who is suspended has to get in to pay.
 */
export async function createPortalLink(
  context: CommandContext,
  { customerId, contactId, language, section }: WantedLink,
  publicUrl: string,
): Promise<{ url: string; expiresAt: string }> {
  const { tx } = context;
  const guest =
    contactId === undefined ? await guestOfCustomer(tx, customerId ?? 0) : await guestOfContact(tx, contactId);
  if (guest.status === 'closed' || guest.status === 'archived')
    throw fail('customer_not_open', { status: guest.status });
  const { path, expiresAt } = await createLink(context, {
    ...{ mode: 'link', customerId: guest.customerId, contactId: guest.contactId, language, section },
  });
  context.audit({
    action: 'portal_link.created',
    subject: { type: 'customer', id: guest.customerId },
    customerId: guest.customerId,
    detail: { contactId: guest.contactId, section: section ?? null, expiresAt: expiresAt.toISOString() },
  });
  return { url: `${publicUrl}${path}`, expiresAt: expiresAt.toISOString() };
}

async function guestOfCustomer(tx: Tx, customerId: number) {
  const customer = await tx
    .selectFrom('customers')
    .select(['id as customerId', 'status'])
    .where('id', '=', customerId)
    .executeTakeFirst();
  if (!customer) throw fail('not_found', { what: 'customer' });
  const contacts = await tx
    .selectFrom('contacts')
    .select(['id', 'roles'])
    .where('customerId', '=', customerId)
    .orderBy('id')
    .execute();
  return { ...customer, contactId: contacts.find(({ roles }) => roles.includes('primary'))?.id ?? null };
}

async function guestOfContact(tx: Tx, contactId: number) {
  const found = await tx
    .selectFrom('contacts')
    .innerJoin('customers', 'customers.id', 'contacts.customerId')
    .select(['customers.id as customerId', 'customers.status', 'contacts.id as contactId'])
    .where('contacts.id', '=', contactId)
    .executeTakeFirst();
  if (!found) throw fail('not_found', { what: 'contact' });
  return found;
}
