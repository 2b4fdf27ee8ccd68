import type { CommandContext } from '../context.ts';
import type { Reader, Tx } from '../database/connection.ts';
import type { Door } from './tables.ts';

/** AU-6, domain.md. */
export const MAX_FAILURES = 5;
export const LOCK_MINUTES = 30;

/** An address at a door: staff and customers are counted apart. */
export interface Knock {
  readonly door: Door;
  /** Lower case, as it was typed; nobody needs to have it. */
  readonly email: string;
}

export interface Attempt {
  /** Until when the address is locked; null when this attempt may go on. */
  readonly lockedUntil: Date | null;
  /** Set for the attempt that locks the address unless it succeeds: until when. */
  readonly locksUntil: Date | null;
}

/** When a lock that begins now ends. */
export const lockEnd = (now: Date): Date => new Date(now.getTime() + LOCK_MINUTES * 60_000);

/**
 * Counts a sign-in attempt before its password is checked, so that many at once can't try more than five. Success clears
 * the count.
 */
export async function countAttempt(
  { tx, clock, audit }: Pick<CommandContext, 'tx' | 'clock' | 'audit'>,
  { door, email }: Knock,
): Promise<Attempt> {
  const now = clock.now();
  await tx
    .insertInto('signInFailures')
    .values({ door, email, failures: 0, lockedUntil: null, lastAt: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const record = await tx
    .selectFrom('signInFailures')
    .selectAll()
    .where('door', '=', door)
    .where('email', '=', email)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (record.lockedUntil !== null && record.lockedUntil > now)
    return { lockedUntil: record.lockedUntil, locksUntil: null };
  const failures = (record.lockedUntil === null ? record.failures : 0) + 1;
  const locksUntil = failures < MAX_FAILURES ? null : lockEnd(now);
  await tx
    .updateTable('signInFailures')
    .set({ failures, lockedUntil: locksUntil, lastAt: now })
    .where('door', '=', door)
    .where('email', '=', email)
    .execute();
  if (locksUntil)
    audit({
      action: 'sign_in.locked',
      subject: { type: 'email', id: email },
      detail: { door, lockedUntil: locksUntil },
    });
  return { lockedUntil: null, locksUntil };
}

export async function clearFailures(tx: Tx, { door, email }: Knock): Promise<void> {
  await tx.deleteFrom('signInFailures').where('door', '=', door).where('email', '=', email).execute();
}

/** Until when an address is locked; null when it is not. */
export async function lockedUntil(reader: Reader, { door, email }: Knock, now: Date): Promise<Date | null> {
  const found = await reader
    .selectFrom('signInFailures')
    .select('lockedUntil')
    .where('door', '=', door)
    .where('email', '=', email)
    .where('lockedUntil', '>', now)
    .executeTakeFirst();
  return found?.lockedUntil ?? null;
}
