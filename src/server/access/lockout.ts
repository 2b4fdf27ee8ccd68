import type { CommandContext } from '../context.ts';
import type { Tx } from '../database/connection.ts';

/** AU-6, domain.md. */
export const MAX_FAILURES = 5;
export const LOCK_MINUTES = 30;

/**
 * Counts a sign-in attempt before its password is checked, so that many at once can't try more than five. Returns until
 * when the address is locked, or null when this attempt may go on. Success clears the count.
 */
export async function countAttempt({ tx, clock, audit }: CommandContext, email: string): Promise<Date | null> {
  const now = clock.now();
  await tx
    .insertInto('signInFailures')
    .values({ email, failures: 0, lockedUntil: null, lastAt: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const record = await tx
    .selectFrom('signInFailures')
    .selectAll()
    .where('email', '=', email)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (record.lockedUntil !== null && record.lockedUntil > now) return record.lockedUntil;
  const failures = (record.lockedUntil === null ? record.failures : 0) + 1;
  const lockedUntil = failures < MAX_FAILURES ? null : new Date(now.getTime() + LOCK_MINUTES * 60_000);
  await tx
    .updateTable('signInFailures')
    .set({ failures, lockedUntil, lastAt: now })
    .where('email', '=', email)
    .execute();
  if (lockedUntil) audit({ action: 'sign_in.locked', subject: { type: 'email', id: email }, detail: { lockedUntil } });
  return null;
}

export async function clearFailures(tx: Tx, email: string): Promise<void> {
  await tx.deleteFrom('signInFailures').where('email', '=', email).execute();
}
