import { v7 as uuid } from 'uuid';
import type { Session } from '#core/contract/central/access.ts';
import { tryPassword, trySecondStep } from '../accounts/attempts.ts';
import { personByEmail } from '../accounts/owners.ts';
import type { AccountParts } from '../accounts/parts.ts';
import type { BaseContext, CommandContext } from '../context.ts';
import { systemActor } from '../context.ts';
import type { Tx } from '../database/connection.ts';
import { fail } from '../http/errors.ts';
import { inTransaction } from '../http/transaction.ts';
import { endImpersonations } from '../impersonations/end.ts';
import { type AccessTokens, REFRESH_TOKEN_SECONDS, randomToken, tokenHash } from './tokens.ts';
import { staffUser } from './users.ts';

interface SignInParts {
  readonly tokens: AccessTokens;
  readonly accounts: AccountParts;
}

/**
 * Signs a member of staff in. Throws invalid_credentials (also for unknown and disabled accounts, in the same time),
 * account_locked (AU-6: 5 failures lock an address for 30 minutes, known or not), and for who gave the right password
 * otp_required and otp_invalid.
 */
export async function signIn(
  base: BaseContext,
  { tokens, accounts }: SignInParts,
  { password, otp, ...input }: { email: string; password: string; otp?: string | undefined },
): Promise<Session> {
  const knock = { door: 'staff', email: input.email.trim().toLowerCase() } as const;
  const user = await personByEmail(base.db, 'staff', knock.email);
  const isRight = await tryPassword(base, accounts, knock, { person: user, password });
  if (!user || !isRight) throw fail('invalid_credentials');
  await trySecondStep(base, accounts, user, otp);
  const actor = { ...systemActor, kind: 'user' as const, id: user.id, name: user.name };
  return inTransaction(base, actor, async (context) => {
    const sessionId = uuid();
    const createdAt = context.clock.now();
    await context.tx
      .insertInto('sessions')
      .values({ id: sessionId, userId: user.id, createdAt, endedAt: null, endReason: null })
      .execute();
    context.audit({ action: 'user.signed_in', subject: { type: 'user', id: user.id }, detail: { ip: base.ip } });
    return openSession(context, tokens, { userId: user.id, sessionId });
  });
}

/** Gives the session's next pair of tokens. */
async function openSession(
  { tx, clock }: CommandContext,
  tokens: AccessTokens,
  { userId, sessionId }: { userId: number; sessionId: string },
): Promise<Session> {
  const { pair } = await tx
    .updateTable('sessions')
    .set(({ eb }) => ({ pair: eb('pair', '+', 1) }))
    .where('id', '=', sessionId)
    .returning('pair')
    .executeTakeFirstOrThrow();
  const refreshToken = await issueRefreshToken(tx, sessionId, pair, clock.now());
  const access = await tokens.issue({ userId, sessionId, pair });
  const user = await staffUser(tx, userId);
  return { accessToken: access.token, refreshToken, expiresAt: access.expiresAt.toISOString(), user };
}

async function issueRefreshToken(tx: Tx, sessionId: string, pair: number, createdAt: Date): Promise<string> {
  const token = randomToken('crt');
  const expiresAt = new Date(createdAt.getTime() + REFRESH_TOKEN_SECONDS * 1000);
  await tx
    .insertInto('refreshTokens')
    .values({ hash: tokenHash(token), sessionId, pair, createdAt, expiresAt, usedAt: null, usedFrom: null })
    .execute();
  return token;
}

/**
 * Exchanges a refresh token for a new pair. One that was used before is in two hands, and nobody can tell whose is whose:
 * the session ends, unless it is plain that the answer was lost (`isLostAnswer`). Throws unauthorized.
 */
export async function refreshSession(base: BaseContext, tokens: AccessTokens, token: string): Promise<Session> {
  const from = await whereFrom(base);
  const outcome = await inTransaction(base, systemActor, async (context) => {
    const found = await lockRefreshToken(context.tx, token);
    if (!found || found.endedAt !== null || !found.enabled) return null;
    const now = context.clock.now();
    if (found.usedAt !== null) {
      if (isLostAnswer(found, from, now)) return openAgain(context, tokens, found);
      await endSession(context, found.sessionId, 'refresh_token_reused');
      return null;
    }
    if (found.expiresAt <= now) return null;
    const used = { usedAt: now, usedFrom: from };
    await context.tx.updateTable('refreshTokens').set(used).where('hash', '=', found.hash).execute();
    return openSession(context, tokens, found);
  });
  if (!outcome) throw fail('unauthorized');
  return outcome;
}

/** Where a token is exchanged: at an enrolled desk, else at an address. */
async function whereFrom(base: BaseContext): Promise<string> {
  const desk = await base.identifyDesk();
  return desk === null ? `address ${base.ip}` : `desk ${desk.id}`;
}

const GRACE_MS = 60_000;

type FoundToken = NonNullable<Awaited<ReturnType<typeof lockRefreshToken>>>;

/**
 * True when the one who exchanged the token can not have got the answer: it comes again soon, from the same place, and
 * nobody has exchanged or shown the pair that it gave (docs/decisions/0007-refresh-grace.md).
 */
function isLostAnswer({ usedAt, usedFrom, pair, newestPair, usedPair }: FoundToken, from: string, now: Date): boolean {
  if (usedAt === null || usedFrom !== from || now.getTime() - usedAt.getTime() > GRACE_MS) return false;
  return newestPair === pair + 1 && usedPair < newestPair;
}

/** A fresh pair in place of the one whose answer was lost, which dies: whoever shows it ends the session. */
async function openAgain(context: CommandContext, tokens: AccessTokens, found: FoundToken): Promise<Session> {
  const { sessionId, userId, newestPair } = found;
  const { tx } = context;
  await tx
    .updateTable('refreshTokens')
    .set({ usedAt: context.clock.now() })
    .where('sessionId', '=', sessionId)
    .where('pair', '=', newestPair)
    .execute();
  await tx
    .updateTable('sessions')
    .set({ leastPair: newestPair + 1 })
    .where('id', '=', sessionId)
    .execute();
  context.audit({ action: 'user.refresh_repeated', subject: { type: 'user', id: userId }, detail: { ip: context.ip } });
  return openSession(context, tokens, found);
}

function lockRefreshToken(tx: Tx, token: string) {
  return tx
    .selectFrom('refreshTokens')
    .innerJoin('sessions', 'sessions.id', 'refreshTokens.sessionId')
    .innerJoin('users', 'users.id', 'sessions.userId')
    .select([
      'refreshTokens.hash',
      'refreshTokens.usedAt',
      'refreshTokens.usedFrom',
      'refreshTokens.pair',
      'refreshTokens.expiresAt',
      'sessions.id as sessionId',
      'sessions.endedAt',
      'sessions.pair as newestPair',
      'sessions.usedPair',
      'users.id as userId',
      'users.enabled',
    ])
    .where('refreshTokens.hash', '=', tokenHash(token))
    .forUpdate('sessions')
    .forUpdate('refreshTokens')
    .executeTakeFirst();
}

/** Ends the session of a refresh token. One that is unknown has no session, which is what the caller wanted. */
export async function signOut(base: BaseContext, token: string): Promise<void> {
  await inTransaction(base, systemActor, async (context) => {
    const found = await lockRefreshToken(context.tx, token);
    if (found && found.endedAt === null) await endSession(context, found.sessionId, 'signed_out');
  });
}

async function endSession(context: CommandContext, sessionId: string, reason: string): Promise<void> {
  const { userId } = await context.tx
    .updateTable('sessions')
    .set({ endedAt: context.clock.now(), endReason: reason })
    .where('id', '=', sessionId)
    .returning('userId')
    .executeTakeFirstOrThrow();
  await endImpersonations(context, { staffSessionId: sessionId }, 'staff_signed_out');
  context.audit({ action: 'user.session_ended', subject: { type: 'user', id: userId }, detail: { reason } });
}
