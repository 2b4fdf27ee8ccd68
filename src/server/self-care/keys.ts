import { tokenHash } from '../access/tokens.ts';
import type { PortalCaller } from './context.ts';
import type { SessionDeps } from './sessions.ts';

const ONE_MINUTE = 60_000;

/** The caller with a customer's own API key (AK-1 to AK-3); null for one that is unknown, expired or revoked. */
export async function callerOfKey({ db, clock }: SessionDeps, key: string): Promise<PortalCaller | null> {
  const now = clock.now();
  const found = await db
    .selectFrom('portalApiKeys as key')
    .innerJoin('customers', 'customers.id', 'key.customerId')
    .select(['key.id', 'key.name', 'key.access', 'key.customerId', 'key.lastUsedAt'])
    .select(['customers.type as customerType', 'customers.language', 'customers.status'])
    .where('key.hash', '=', tokenHash(key))
    .where('key.revokedAt', 'is', null)
    .where((where) => where.or([where('key.expiresAt', 'is', null), where('key.expiresAt', '>', now)]))
    .executeTakeFirst();
  if (!found || found.status === 'archived') return null;
  if (found.lastUsedAt === null || now.getTime() - found.lastUsedAt.getTime() > ONE_MINUTE) {
    await db.updateTable('portalApiKeys').set({ lastUsedAt: now }).where('id', '=', found.id).execute();
  }
  return {
    ...{ mode: 'key', customerId: found.customerId, customerType: found.customerType, language: found.language },
    ...{ contactId: null, accountId: null, session: null, impersonation: null, effective: null },
    mayChange: found.access === 'read_write',
    actor: { kind: 'portal_key', id: found.id, name: found.name, permissions: [], storeId: null },
  };
}
