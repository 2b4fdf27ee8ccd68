import type { Impersonation } from '#core/contract/central/impersonations.ts';
import type { Reader } from '../database/connection.ts';
import { fail } from '../http/errors.ts';
import { IDLE_MINUTES, type Lifeline, whyImpersonationOver } from './over.ts';

/** Impersonations with all that they hang on. */
export function impersonationRows(reader: Reader) {
  return reader
    .selectFrom('impersonations as imp')
    .innerJoin('customers', 'customers.id', 'imp.customerId')
    .innerJoin('contacts', 'contacts.id', 'imp.contactId')
    .innerJoin('users', 'users.id', 'imp.userId')
    .innerJoin('portalAccounts as account', 'account.id', 'imp.accountId')
    .leftJoin('sessions as staffSession', 'staffSession.id', 'imp.staffSessionId')
    .leftJoin('portalSessions as session', 'session.impersonationId', 'imp.id')
    .selectAll('imp')
    .select(['customers.name as customerName', 'contacts.name as contactName'])
    .select(['users.name as staffName', 'users.enabled as staffEnabled', 'users.roles as staffRoles'])
    .select(['staffSession.endedAt as staffEndedAt', 'account.enabled as accountEnabled'])
    .select(['session.createdAt as enteredAt', 'session.lastSeenAt', 'session.endedAt as sessionEndedAt']);
}
export type ImpersonationRow = Awaited<ReturnType<ReturnType<typeof impersonationRows>['executeTakeFirstOrThrow']>>;

export function lifelineOf(row: ImpersonationRow): Lifeline {
  return { ...row, lastActAt: row.lastSeenAt ?? row.createdAt };
}

/** Why it is over; null while it lives. One whose portal session was ended from elsewhere is over too. */
export function whyOver(row: ImpersonationRow, now: Date) {
  const why = whyImpersonationOver(lifelineOf(row), now);
  return why === null && row.sessionEndedAt !== null ? ('signed_out' as const) : why;
}

/** The member of staff's own; anybody else's answers as one that never was. Throws not_found. */
export async function ownImpersonation(reader: Reader, id: string, userId: number): Promise<ImpersonationRow> {
  const row = await impersonationRows(reader)
    .where('imp.id', '=', id)
    .where('imp.userId', '=', userId)
    .executeTakeFirst();
  if (!row) throw fail('not_found', { what: 'impersonation' });
  return row;
}

export function presentImpersonation(row: ImpersonationRow, now: Date): Impersonation {
  const over = whyOver(row, now);
  const { lastActAt } = lifelineOf(row);
  return {
    id: row.id,
    customer: { id: row.customerId, name: row.customerName },
    contact: { id: row.contactId, name: row.contactName },
    ...{ staffName: row.staffName, reason: row.reason },
    startedAt: row.createdAt.toISOString(),
    enteredAt: row.enteredAt?.toISOString() ?? null,
    expiresAt: row.expiresAt.toISOString(),
    idleAt: new Date(lastActAt.getTime() + IDLE_MINUTES * 60_000).toISOString(),
    mayChange: row.changesAllowedAt !== null,
    endedAt: over === null ? null : (row.endedAt ?? now).toISOString(),
    endReason: over,
  };
}
