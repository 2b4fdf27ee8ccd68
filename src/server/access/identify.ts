import { type Permission, permissionsOf } from '#core/domain/user.ts';
import type { Actor, CallingDesk, Clock } from '../context.ts';
import type { Db } from '../database/connection.ts';
import { fail } from '../http/errors.ts';
import { mustEnrol, secondFactor } from './policy.ts';
import { type AccessClaims, type AccessTokens, tokenHash } from './tokens.ts';

type Headers = Readonly<Record<string, string | string[] | undefined>>;

export interface IdentifyDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly tokens: AccessTokens;
}

/**
 * Who sends a request: a member of staff by `Authorization: Bearer`, another program by `x-api-key`. Rights are read from
 * the database each time, so a change, a disabled account or an ended session acts at the next request.
 */
export async function identify(deps: IdentifyDeps, headers: Headers): Promise<Actor> {
  const bearer = bearerOf(headers.authorization);
  const apiKey = headers['x-api-key'];
  const actor = bearer
    ? await userOf(deps, bearer)
    : typeof apiKey === 'string' && apiKey !== ''
      ? await programOf(deps, apiKey)
      : null;
  if (!actor) throw fail('unauthorized');
  return actor;
}

function bearerOf(header: string | string[] | undefined): string | null {
  if (typeof header !== 'string') return null;
  return /^Bearer ([^\s]{1,4096})$/i.exec(header)?.[1] ?? null;
}

async function userOf({ db, tokens }: IdentifyDeps, token: string): Promise<Actor | null> {
  const claims = await tokens.verify(token);
  if (!claims) return null;
  const user = await db
    .selectFrom('users')
    .innerJoin('sessions', 'sessions.userId', 'users.id')
    .select(['users.id', 'users.name', 'users.roles', 'users.storeId', 'sessions.usedPair'])
    .select([secondFactor.has, secondFactor.policy])
    .where('sessions.id', '=', claims.sessionId)
    .where('sessions.endedAt', 'is', null)
    .where('sessions.leastPair', '<=', claims.pair)
    .where('users.id', '=', claims.userId)
    .where('users.enabled', '=', true)
    .executeTakeFirst();
  if (!user) return null;
  if (user.usedPair < claims.pair) await notePair(db, claims);
  const { id, name, roles, storeId } = user;
  return {
    ...{ kind: 'user', id, name, permissions: permissionsOf(roles), storeId, signInId: claims.sessionId },
    mustEnrol: mustEnrol(user),
  };
}

/** Once per pair: its answer was not lost, so the token it came for may not be shown again. */
async function notePair(db: Db, { sessionId, pair }: AccessClaims): Promise<void> {
  await db
    .updateTable('sessions')
    .set({ usedPair: pair })
    .where('id', '=', sessionId)
    .where('usedPair', '<', pair)
    .execute();
}

const ONE_MINUTE = 60_000;

async function programOf({ db, clock }: IdentifyDeps, key: string): Promise<Actor | null> {
  const now = clock.now();
  const found = await db
    .selectFrom('apiKeys')
    .selectAll()
    .where('hash', '=', tokenHash(key))
    .where('revokedAt', 'is', null)
    .where((where) => where.or([where('expiresAt', 'is', null), where('expiresAt', '>', now)]))
    .executeTakeFirst();
  if (!found) return null;
  if (found.lastUsedAt === null || now.getTime() - found.lastUsedAt.getTime() > ONE_MINUTE) {
    await db.updateTable('apiKeys').set({ lastUsedAt: now }).where('id', '=', found.id).execute();
  }
  const permissions: readonly Permission[] = found.permissions;
  return { kind: 'api_key', id: found.id, name: found.name, permissions, storeId: null };
}

const DESK_HEADER = 'x-comptoir-desk';

/**
 * The enrolled desk that sends a request, by its credential; null without one, or when it is malformed, unknown or
 * withdrawn. Read from the database each time, so a withdrawn credential is dead at the next request.
 */
export async function identifyDesk({ db }: Pick<IdentifyDeps, 'db'>, headers: Headers): Promise<CallingDesk | null> {
  const credential = headers[DESK_HEADER];
  if (typeof credential !== 'string' || !/^[\w-]{20,200}$/.test(credential)) return null;
  const found = await db
    .selectFrom('desks')
    .select(['id', 'number', 'name', 'storeId'])
    .where('credentialHash', '=', tokenHash(credential))
    .where('revokedAt', 'is', null)
    .executeTakeFirst();
  return found ?? null;
}

/** The desk itself as the one who acts: it may do what its own routes let it, and nothing that asks for a permission. */
export function deskActor({ number, name, storeId }: CallingDesk): Actor {
  return { kind: 'desk', id: number, name, permissions: [], storeId };
}
