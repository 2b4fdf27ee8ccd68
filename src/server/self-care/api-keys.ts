import type { z } from 'zod';
import type { portalAccountContract } from '#core/contract/portal/account.ts';
import type { PortalKey } from '#core/domain/portal.ts';
import { randomToken, tokenHash } from '../access/tokens.ts';
import type { Reader } from '../database/connection.ts';
import { fail } from '../http/errors.ts';
import type { PortalCaller, PortalCommandContext } from './context.ts';

/** More than any customer's programs need, and few enough to be looked through. */
const MOST_ACTIVE = 50;

function keyRows(reader: Reader, customerId: number) {
  return reader
    .selectFrom('portalApiKeys')
    .select(['id', 'name', 'hint', 'access', 'createdAt', 'expiresAt', 'revokedAt', 'lastUsedAt'])
    .where('customerId', '=', customerId);
}
type KeyRow = Awaited<ReturnType<ReturnType<typeof keyRows>['executeTakeFirstOrThrow']>>;

function statusOf({ revokedAt, expiresAt }: KeyRow, now: Date): PortalKey['status'] {
  if (revokedAt !== null) return 'revoked';
  return expiresAt !== null && expiresAt <= now ? 'expired' : 'active';
}

function present(row: KeyRow, now: Date): PortalKey {
  return {
    ...{ id: row.id, name: row.name, hint: row.hint, access: row.access, status: statusOf(row, now) },
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt?.toISOString() ?? null,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  };
}

/** AK-1: keys are for business customers. Throws forbidden for others. */
function requireBusiness({ customerType }: PortalCaller): void {
  if (customerType !== 'business') throw fail('forbidden');
}

/** The customer's keys, the newest first, those that are over too. */
export async function listPortalKeys(reader: Reader, caller: PortalCaller, now: Date): Promise<PortalKey[]> {
  requireBusiness(caller);
  const rows = await keyRows(reader, caller.customerId).orderBy('id', 'desc').limit(500).execute();
  return rows.map((row) => present(row, now));
}

type NewKey = z.output<NonNullable<(typeof portalAccountContract.apiKeys.create)['~orpc']['inputSchema']>>;

function refuse(path: string, message: string) {
  return fail('invalid_input', { issues: [{ path, message }] });
}

/**
 * Makes a key; its text is in this answer only, and kept as a hash. Throws forbidden for individuals, invalid_input for an
 * end that is past and for one key too many.
 */
export async function createPortalKey(
  context: PortalCommandContext,
  { name, access, expiresAt }: NewKey,
): Promise<PortalKey & { key: string }> {
  const { tx, clock, caller, audit } = context;
  const { customerId, accountId } = caller;
  requireBusiness(caller);
  const now = clock.now();
  if (expiresAt !== null && new Date(expiresAt) <= now) throw refuse('expiresAt', 'past');
  await tx.selectFrom('customers').select('id').where('id', '=', customerId).forNoKeyUpdate().execute();
  const living = (await keyRows(tx, customerId).execute()).filter((row) => statusOf(row, now) === 'active');
  if (living.length >= MOST_ACTIVE) throw refuse('name', 'too_many_keys');
  const key = randomToken('cpk');
  const row = await tx
    .insertInto('portalApiKeys')
    .values({
      ...{ customerId, name, access, hash: tokenHash(key), hint: `${key.slice(0, 6)}…${key.slice(-4)}` },
      ...{ createdBy: accountId, createdAt: now, expiresAt: expiresAt === null ? null : new Date(expiresAt) },
      ...{ revokedAt: null, lastUsedAt: null },
    })
    .returning(['id', 'name', 'hint', 'access', 'createdAt', 'expiresAt', 'revokedAt', 'lastUsedAt'])
    .executeTakeFirstOrThrow();
  const detail = { name, access, expiresAt };
  audit({ action: 'portal_key.created', subject: { type: 'portal_key', id: row.id }, customerId, detail });
  return { ...present(row, now), key };
}

/** Revokes a key; acts at its next request. One that is revoked stays so. Throws forbidden, and not_found. */
export async function revokePortalKey(context: PortalCommandContext, id: number): Promise<void> {
  const { tx, clock, caller, audit } = context;
  const { customerId } = caller;
  requireBusiness(caller);
  const found = await keyRows(tx, customerId).where('id', '=', id).forUpdate().executeTakeFirst();
  if (!found) throw fail('not_found', { what: 'api_key' });
  if (found.revokedAt !== null) return;
  await tx.updateTable('portalApiKeys').set({ revokedAt: clock.now() }).where('id', '=', id).execute();
  const { name } = found;
  audit({ action: 'portal_key.revoked', subject: { type: 'portal_key', id }, customerId, detail: { name } });
}
