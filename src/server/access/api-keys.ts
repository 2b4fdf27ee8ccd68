import type { z } from 'zod';
import type { apiKeySchema } from '#core/contract/central/access.ts';
import { hasPermission } from '#core/domain/granted.ts';
import type { Permission } from '#core/domain/user.ts';
import type { CommandContext } from '../context.ts';
import type { Reader } from '../database/connection.ts';
import { fail } from '../http/errors.ts';
import { type Page, pageFrom, readCursor } from '../http/page.ts';
import { randomToken, tokenHash } from './tokens.ts';

export type ApiKey = z.infer<typeof apiKeySchema>;

function keyRows(reader: Reader) {
  return reader
    .selectFrom('apiKeys')
    .select(['id', 'name', 'hint', 'permissions', 'createdAt', 'expiresAt', 'revokedAt', 'lastUsedAt']);
}
type KeyRow = Awaited<ReturnType<ReturnType<typeof keyRows>['executeTakeFirstOrThrow']>>;

function present(row: KeyRow, now: Date): ApiKey {
  const { revokedAt, expiresAt } = row;
  const status = revokedAt ? 'revoked' : expiresAt && expiresAt <= now ? 'expired' : 'active';
  return {
    id: row.id,
    name: row.name,
    hint: row.hint,
    permissions: row.permissions,
    createdAt: row.createdAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    status,
  };
}

export async function listApiKeys(
  reader: Reader,
  now: Date,
  { limit, cursor }: { limit: number; cursor?: string },
): Promise<Page<ApiKey>> {
  const after = readCursor<{ id: number }>(cursor)?.id ?? 0;
  const rows = await keyRows(reader)
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit + 1)
    .execute();
  return pageFrom(
    rows,
    limit,
    ({ id }) => ({ id }),
    (row) => present(row, now),
  );
}

interface NewApiKey {
  name: string;
  permissions: Permission[];
  expiresAt?: string | null;
}

/** Makes a key; its text is in this answer only. Nobody can give a key rights they lack: that is forbidden. */
export async function createApiKey(context: CommandContext, input: NewApiKey): Promise<ApiKey & { key: string }> {
  const { actor, tx, clock } = context;
  const excess = input.permissions.find((permission) => !hasPermission(actor.permissions, permission));
  if (excess) throw fail('forbidden', { permission: excess });
  const key = randomToken('cak');
  const row = await tx
    .insertInto('apiKeys')
    .values({
      name: input.name,
      hash: tokenHash(key),
      hint: `…${key.slice(-4)}`,
      permissions: input.permissions,
      createdBy: actor.kind === 'user' ? actor.id : null,
      createdAt: clock.now(),
      expiresAt: input.expiresAt ? new Date(input.expiresAt) : null,
      revokedAt: null,
      lastUsedAt: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  const { name, permissions, expiresAt } = input;
  context.audit({
    action: 'api_key.created',
    subject: { type: 'api_key', id: row.id },
    detail: { name, permissions, expiresAt },
  });
  return { ...present(row, clock.now()), key };
}

/** Revokes a key; acts at its next request. One that is revoked already stays so. */
export async function revokeApiKey(context: CommandContext, id: number): Promise<void> {
  const { tx, clock } = context;
  const found = await keyRows(tx).where('id', '=', id).forUpdate().executeTakeFirst();
  if (!found) throw fail('not_found', { what: 'api_key' });
  if (found.revokedAt) return;
  await tx.updateTable('apiKeys').set({ revokedAt: clock.now() }).where('id', '=', id).execute();
  context.audit({ action: 'api_key.revoked', subject: { type: 'api_key', id } });
}
