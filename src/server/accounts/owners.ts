import type { Language } from '#core/domain/languages.ts';
import type { Role } from '#core/domain/user.ts';
import type { Door } from '../access/tables.ts';
import type { Reader } from '../database/connection.ts';
import type { Owner } from './tables.ts';

/** Somebody who signs in, staff or customer, as far as mail and locks need it. */
export interface Person {
  readonly owner: Owner;
  readonly door: Door;
  readonly id: number;
  readonly name: string;
  readonly email: string;
  /** Null where nobody said: staff choose theirs at the desk. */
  readonly language: Language | null;
  readonly passwordHash: string | null;
  /** They may sign in. */
  readonly usable: boolean;
  /** None for customers. */
  readonly roles: readonly Role[];
  /** For the audit; null for staff. */
  readonly customerId: number | null;
  readonly contactId: number | null;
}

export const ownerOf = (door: Door, id: number): Owner => `${door}:${id}`;

export function doorAndId(owner: Owner): { door: Door; id: number } {
  const [door, id] = owner.split(':') as [Door, string];
  return { door, id: Number(id) };
}

/** Who has an address (lower case) at a door. */
export function personByEmail(reader: Reader, door: Door, email: string): Promise<Person | undefined> {
  return door === 'staff' ? staffBy(reader, { email }) : customerBy(reader, { email });
}

export function personOf(reader: Reader, owner: Owner): Promise<Person | undefined> {
  const { door, id } = doorAndId(owner);
  return door === 'staff' ? staffBy(reader, { id }) : customerBy(reader, { id });
}

type Which = { readonly id: number } | { readonly email: string };

async function staffBy(reader: Reader, which: Which): Promise<Person | undefined> {
  const rows = reader.selectFrom('users').select(['id', 'name', 'email', 'passwordHash', 'enabled', 'roles']);
  const found = await ('id' in which
    ? rows.where('id', '=', which.id)
    : rows.where('email', '=', which.email)
  ).executeTakeFirst();
  if (!found) return undefined;
  const { enabled, ...row } = found;
  return {
    ...row,
    ...{ owner: ownerOf('staff', row.id), door: 'staff', language: null, usable: enabled },
    ...{ customerId: null, contactId: null },
  };
}

async function customerBy(reader: Reader, which: Which): Promise<Person | undefined> {
  const rows = reader
    .selectFrom('portalAccounts as account')
    .innerJoin('contacts', 'contacts.id', 'account.contactId')
    .innerJoin('customers', 'customers.id', 'account.customerId')
    .select(['account.id', 'account.contactId', 'account.customerId', 'account.email', 'account.passwordHash'])
    .select(['account.enabled', 'contacts.name', 'customers.language', 'customers.status']);
  const found = await ('id' in which
    ? rows.where('account.id', '=', which.id)
    : rows.where('account.email', '=', which.email)
  ).executeTakeFirst();
  if (!found) return undefined;
  const { enabled, status, ...row } = found;
  const usable = enabled && status !== 'archived';
  return { ...row, owner: ownerOf('customer', row.id), door: 'customer', roles: [], usable };
}
