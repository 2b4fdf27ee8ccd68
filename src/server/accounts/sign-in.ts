import { clearFailures, countAttempt } from '../access/lockout.ts';
import { passwordMatches } from '../access/passwords.ts';
import type { Actor, CommandContext } from '../context.ts';
import { systemActor } from '../context.ts';
import { fail } from '../http/errors.ts';
import { inTransaction } from '../http/transaction.ts';
import type { PortalBase } from '../self-care/context.ts';
import { endPortalSessions, openPortalSession, sessionLives } from '../self-care/sessions.ts';
import { type AccountRow, accountByEmail } from './accounts.ts';

export interface SignedIn {
  /** The text of the session's cookie. */
  readonly token: string;
  /** Undefined: the cookie lasts until the browser is closed. */
  readonly expires: Date | undefined;
}

/**
 * Signs a customer in (AU-1). Always a new session: whatever cookie the browser sent is worth nothing afterwards. Throws
 * invalid_credentials (also for unknown and disabled accounts, in the same time) and account_locked (AU-6).
 */
export async function signInToPortal(
  base: PortalBase,
  input: { email: string; password: string; otp?: string; remember: boolean },
): Promise<SignedIn> {
  const knock = { door: 'customer', email: input.email.trim().toLowerCase() } as const;
  const { lockedUntil } = await inTransaction(base, systemActor, (context) => countAttempt(context, knock));
  if (lockedUntil) throw fail('account_locked', { until: lockedUntil.toISOString() });
  const account = await accountByEmail(base.db, knock.email);
  const matches = await passwordMatches(account?.passwordHash ?? undefined, input.password);
  if (!account || !matches || !account.usable) throw fail('invalid_credentials');
  const before = await base.identifyCaller().catch(() => null);
  return inTransaction(base, actorOf(account), async (context) => {
    await clearFailures(context.tx, knock);
    if (before?.session && before.impersonation === null)
      await endPortalSessions(context.tx, context.clock.now(), 'signed_in_again', { id: before.session.id });
    return openOwnSession(context, account, input.remember);
  });
}

async function openOwnSession(context: CommandContext, account: AccountRow, remember: boolean): Promise<SignedIn> {
  const { id: accountId, contactId, customerId } = account;
  const life = remember ? sessionLives.remembered : sessionLives.own;
  const { token, expiresAt } = await openPortalSession(context, {
    ...{ mode: 'own', life, customerId, contactId, accountId },
  });
  await context.tx
    .updateTable('portalAccounts')
    .set({ lastSignInAt: context.clock.now() })
    .where('id', '=', accountId)
    .execute();
  context.audit({
    action: 'portal.signed_in',
    subject: { type: 'customer', id: customerId },
    customerId,
    detail: { ip: context.ip, remember },
  });
  return { token, expires: remember ? expiresAt : undefined };
}

/** The contact whose account it is, as the one who acts. */
export function actorOf({ contactId, name }: Pick<AccountRow, 'contactId' | 'name'>): Actor {
  return { kind: 'contact', id: contactId, name, permissions: [], storeId: null };
}
