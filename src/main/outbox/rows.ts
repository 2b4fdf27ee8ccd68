import type { Contact, Customer, Site } from '#core/domain/customer.ts';
import type { CommandPayload } from '#core/sync/commands.ts';
import type { OutboxEntry } from '#core/sync/outbox.ts';
import type { ChangedHere } from '../reads/overlay.ts';

/*
 * What the desk itself answers for work that head office has not taken yet: the rows as head office will most likely make
 * them, under the desk's own id. Payloads were parsed with their schema before they were kept.
 */

export function customerOf(entry: OutboxEntry): Customer {
  const { allowDuplicate: _seen, ...given } = entry.payload as CommandPayload<'customer.create'>;
  return {
    ...given,
    id: entry.customerId,
    status: 'open',
    email: given.email ?? null,
    phone: given.phone ?? null,
    taxIdentifier: given.taxIdentifier || null,
    hasPaymentMethod: false,
    createdAt: entry.madeAt,
    version: 1,
  };
}

export function contactOf(entry: OutboxEntry): Contact {
  const { name, email, phone, roles } = entry.payload as CommandPayload<'contact.create'>;
  return {
    ...{ id: entry.localId ?? 0, customerId: entry.customerId, name, roles },
    ...{ email: email ?? null, phone: phone ?? null, hasLogin: false },
  };
}

export function siteOf(entry: OutboxEntry): Site {
  const { name, address } = entry.payload as CommandPayload<'site.create'>;
  return { id: entry.localId ?? 0, customerId: entry.customerId, name, address };
}

/** The fields that a change sets, as they will be. */
export function fieldsOf(entry: OutboxEntry): ChangedHere['fields'] {
  const { id: _id, version: _version, ...fields } = entry.payload as CommandPayload<'customer.change'>;
  const set = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(set) as ChangedHere['fields'];
}
