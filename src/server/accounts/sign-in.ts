import type { CommandContext } from '../context.ts';
import { fail } from '../http/errors.ts';
import { inTransaction } from '../http/transaction.ts';
import type { PortalBase } from '../self-care/context.ts';
import { deviceTokensOf } from '../self-care/cookies.ts';
import { endPortalSessions, openPortalSession, sessionLives } from '../self-care/sessions.ts';
import { tryPassword, trySecondStep } from './attempts.ts';
import { recogniseDevice, whereabouts } from './devices.ts';
import { type Person, personByEmail } from './owners.ts';
import { type AccountParts, actorOf, forgotLink } from './parts.ts';

export interface SignedIn {
  /** The text of the session's cookie. */
  readonly token: string;
  /** Undefined: the cookie lasts until the browser is closed. */
  readonly expires: Date | undefined;
  /** By which the browser is known from now on. */
  readonly deviceTokens: readonly string[];
}

interface Given {
  readonly email: string;
  readonly password: string;
  readonly otp?: string | undefined;
  readonly remember: boolean;
}

/**
 * Signs a customer in (AU-1). Always a new session: whatever cookie the browser sent is worth nothing afterwards. Throws
 * invalid_credentials (also for unknown and disabled accounts, in the same time), account_locked (AU-6), and for who gave
 * the right password otp_required and otp_invalid.
 */
export async function signInToPortal(base: PortalBase, parts: AccountParts, given: Given): Promise<SignedIn> {
  const knock = { door: 'customer', email: given.email.trim().toLowerCase() } as const;
  const person = await personByEmail(base.db, 'customer', knock.email);
  const isRight = await tryPassword(base, parts, knock, { person, password: given.password });
  if (!person || !isRight) throw fail('invalid_credentials');
  await trySecondStep(base, parts, person, given.otp);
  const before = await base.identifyCaller().catch(() => null);
  return inTransaction(base, actorOf(person), async (context) => {
    if (before?.session && before.impersonation === null)
      await endPortalSessions(context.tx, context.clock.now(), 'signed_in_again', { id: before.session.id });
    const deviceTokens = await noteDevice(context, parts, person);
    return { ...(await openOwnSession(context, person, given.remember)), deviceTokens };
  });
}

/** Tells the customer of a browser not seen before, unless it is the first one ever. */
async function noteDevice(context: CommandContext, parts: AccountParts, person: Person): Promise<readonly string[]> {
  const { isKnown, tokens } = await recogniseDevice(context, person.owner, deviceTokensOf(context.headers));
  const { lastSignInAt } = await context.tx
    .selectFrom('portalAccounts')
    .select('lastSignInAt')
    .where('id', '=', person.id)
    .executeTakeFirstOrThrow();
  if (!isKnown && lastSignInAt !== null) {
    const { name, email, language } = person;
    await parts.mailer.post(context, {
      ...{ template: 'new-device', to: email, language: language ?? 'en' },
      values: { name, ...whereabouts(context), forgotLink: forgotLink(parts.publicUrl()) },
    });
  }
  return tokens;
}

async function openOwnSession(
  context: CommandContext,
  { id: accountId, contactId, customerId }: Person,
  remember: boolean,
): Promise<Omit<SignedIn, 'deviceTokens'>> {
  if (customerId === null) throw new Error('an account of the portal belongs to a customer');
  const life = remember ? sessionLives.remembered : sessionLives.own;
  const session = { mode: 'own', life, customerId, contactId, accountId } as const;
  const { token, expiresAt } = await openPortalSession(context, session);
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
