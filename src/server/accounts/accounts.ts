import type { Reader } from '../database/connection.ts';

/** Accounts with whom they belong to. `usable`: somebody may sign in with it. */
export function accountRows(reader: Reader) {
  return reader
    .selectFrom('portalAccounts as account')
    .innerJoin('contacts', 'contacts.id', 'account.contactId')
    .innerJoin('customers', 'customers.id', 'account.customerId')
    .select(['account.id', 'account.contactId', 'account.customerId', 'account.email', 'account.passwordHash'])
    .select(['account.enabled', 'account.pendingEmail', 'account.lastSignInAt'])
    .select(['contacts.name', 'customers.language'])
    .select((select) =>
      select
        .and([select('account.enabled', '=', true), select('customers.status', '<>', 'archived')])
        .$castTo<boolean>()
        .as('usable'),
    );
}
export type AccountRow = Awaited<ReturnType<ReturnType<typeof accountRows>['executeTakeFirstOrThrow']>>;

/** The account of an address in lower case. */
export function accountByEmail(reader: Reader, email: string): Promise<AccountRow | undefined> {
  return accountRows(reader).where('account.email', '=', email).executeTakeFirst();
}

/** An account that is known to be there. */
export function accountById(reader: Reader, id: number): Promise<AccountRow> {
  return accountRows(reader).where('account.id', '=', id).executeTakeFirstOrThrow();
}
