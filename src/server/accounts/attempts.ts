import { v7 as uuid } from 'uuid';
import { clearFailures, countAttempt, type Knock } from '../access/lockout.ts';
import { passwordMatches } from '../access/passwords.ts';
import { type BaseContext, systemActor } from '../context.ts';
import { fail } from '../http/errors.ts';
import { inTransaction } from '../http/transaction.ts';
import type { Person } from './owners.ts';
import { type AccountParts, actorOf } from './parts.ts';
import type { LockFacts } from './tables.ts';

/**
 * Whether a password is right, for whoever knocks. Counted before it is looked at; the fifth wrong one in a row locks the
 * address and sends the mails (AU-6). Takes the same time when nobody has the address. Throws account_locked.
 */
export async function tryPassword(
  base: BaseContext,
  parts: AccountParts,
  knock: Knock,
  { person, password }: { person: Person | undefined; password: string },
): Promise<boolean> {
  const attempt = await inTransaction(base, systemActor, (context) => countAttempt(context, knock));
  if (attempt.lockedUntil) throw fail('account_locked', { until: attempt.lockedUntil.toISOString() });
  const stored = person?.usable ? (person.passwordHash ?? undefined) : undefined;
  if (await passwordMatches(stored, password)) {
    await inTransaction(base, systemActor, ({ tx }) => clearFailures(tx, knock));
    return true;
  }
  if (attempt.locksUntil) await tellOfLock(base, parts, knock, { step: 'password', until: attempt.locksUntil });
  return false;
}

/** The current password of who is signed in already. Throws password_wrong and account_locked. */
export async function requirePassword(
  base: BaseContext,
  parts: AccountParts,
  person: Person,
  password: string,
): Promise<void> {
  const { door, email } = person;
  if (!(await tryPassword(base, parts, { door, email }, { person, password }))) throw fail('password_wrong');
}

/**
 * The second step of who has one; nothing for others. Only for who gave the right password. Throws otp_required without a
 * code, otp_invalid, and account_locked after five wrong ones.
 */
export async function trySecondStep(
  base: BaseContext,
  parts: AccountParts,
  person: Person,
  otp: string | undefined,
): Promise<void> {
  const state = await parts.factors.stateOf(base.db, person.owner);
  if (!state.enabled) return;
  const locked = state.lockedUntil !== null && state.lockedUntil > base.clock.now();
  if (locked && state.lockedUntil) throw fail('account_locked', { until: state.lockedUntil.toISOString() });
  if (otp === undefined || otp.trim() === '') throw fail('otp_required');
  await requireCode(base, parts, person, otp);
}

/** A code of the authenticator or a backup code, which is then used up. Throws otp_invalid, account_locked, two_factor_state. */
export async function requireCode(base: BaseContext, parts: AccountParts, person: Person, code: string): Promise<void> {
  const outcome = await inTransaction(base, actorOf(person), (context) =>
    parts.factors.check(context, person.owner, code),
  );
  if (outcome.kind === 'off') throw fail('two_factor_state', { state: 'off' });
  if (outcome.kind === 'locked') throw fail('account_locked', { until: outcome.until.toISOString() });
  if (outcome.kind === 'right') return;
  const { door, email } = person;
  if (outcome.locksUntil) await tellOfLock(base, parts, { door, email }, { step: 'code', until: outcome.locksUntil });
  throw fail('otp_invalid');
}

/** Asks for the mails about a lock: in the background, so that it takes as long for an address that nobody has. */
async function tellOfLock(
  base: BaseContext,
  parts: AccountParts,
  { door, email }: Knock,
  { step, until }: { step: LockFacts['step']; until: Date },
): Promise<void> {
  const lock: LockFacts = { step, until: until.toISOString(), ip: base.ip };
  await base.db
    .insertInto('resetRequests')
    .values({
      ...{ id: uuid(), door, email, language: null, askedAt: base.clock.now() },
      lock: JSON.stringify(lock),
    })
    .execute();
  parts.wake();
}
