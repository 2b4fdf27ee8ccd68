import type { PortalMe } from '#core/domain/portal.ts';
import type { Reader } from '../database/connection.ts';
import { fail } from '../http/errors.ts';
import type { PortalCaller } from './context.ts';
import type { CsrfTokens } from './sessions.ts';

/** What a page needs to know of its own session. Throws unauthorized for a program's key. */
export async function portalMe(reader: Reader, csrf: CsrfTokens, caller: PortalCaller, now: Date): Promise<PortalMe> {
  const { session } = caller;
  if (session === null) throw fail('unauthorized');
  const customer = await reader
    .selectFrom('customers')
    .select(['id', 'name', 'type', 'email', 'phone', 'createdAt'])
    .where('id', '=', caller.customerId)
    .executeTakeFirstOrThrow();
  const impersonating = caller.impersonation !== null;
  return {
    mode: caller.mode === 'key' ? 'own' : caller.mode,
    account: await accountOf(reader, caller.accountId),
    contact: await contactOf(reader, caller.contactId),
    customer: { ...customer, createdAt: customer.createdAt.toISOString() },
    language: caller.language,
    impersonation: impersonationOf(caller, now),
    csrfToken: csrf.of(session.id),
    expiresAt: session.expiresAt.toISOString(),
    idleSeconds: session.idleSeconds,
    may: {
      change: caller.mayChange,
      changeSecurity: !impersonating && caller.accountId !== null,
      useApiKeys: caller.customerType === 'business',
    },
  };
}

function impersonationOf({ impersonation, session, mayChange }: PortalCaller, now: Date): PortalMe['impersonation'] {
  if (impersonation === null || session === null) return null;
  const { id, staffName, reason, expiresAt, inDesk } = impersonation;
  const idleAt = new Date(Math.max(now.getTime(), session.lastSeenAt.getTime() + (session.idleSeconds ?? 0) * 1000));
  return { id, staffName, reason, mayChange, inDesk, expiresAt: expiresAt.toISOString(), idleAt: idleAt.toISOString() };
}

async function accountOf(reader: Reader, id: number | null): Promise<PortalMe['account']> {
  if (id === null) return null;
  const row = await reader
    .selectFrom('portalAccounts')
    .select(['email', 'pendingEmail', 'lastSignInAt'])
    .select((select) =>
      select
        .exists(
          select
            .selectFrom('twoFactors')
            .select('owner')
            .where('owner', '=', `customer:${id}`)
            .where('confirmedAt', 'is not', null),
        )
        .as('twoFactor'),
    )
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) return null;
  const { email, pendingEmail, lastSignInAt, twoFactor } = row;
  return { email, pendingEmail, twoFactor: Boolean(twoFactor), lastSignInAt: lastSignInAt?.toISOString() ?? null };
}

async function contactOf(reader: Reader, id: number | null): Promise<PortalMe['contact']> {
  if (id === null) return null;
  const row = await reader
    .selectFrom('contacts')
    .select(['id', 'name', 'phone'])
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}
