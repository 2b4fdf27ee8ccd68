import type { Reader } from '../database/connection.ts';
import { fail } from '../http/errors.ts';
import type { PortalCaller } from '../self-care/context.ts';
import { deviceTokensOf, setDeviceCookie, setSessionCookie } from '../self-care/cookies.ts';
import { portalMe } from '../self-care/me.ts';
import type { PortalParts } from '../self-care/router.ts';
import { callerOfSession } from '../self-care/sessions.ts';
import { requirePassword } from './attempts.ts';
import { askForNewEmail, cancelNewEmail, confirmNewEmail } from './change-email.ts';
import { ownerOf, type Person, personOf } from './owners.ts';
import { askForReset } from './reset-requests.ts';
import { beginTwoFactor, confirmTwoFactor, disableTwoFactor, renewBackupCodes, twoFactorOf } from './second-step.ts';
import { endOtherSessions, endOwnSession, listOwnSessions } from './sessions.ts';
import { changeOwnPassword, checkPasswordLink, setPasswordByLink } from './set-password.ts';
import { signInToPortal } from './sign-in.ts';

/** The customer's way in, and what protects their account. */
export function accountsPortalRoutes(parts: PortalParts) {
  const { stack } = parts;
  return {
    auth: authRoutes(parts),
    account: {
      ...ownAccountRoutes(parts),
      twoFactor: twoFactorRoutes(parts),
      sessions: {
        list: stack.queries.account.sessions.list.handler(({ context }) =>
          listOwnSessions(context.db, context.clock.now(), mineOf(context.caller)),
        ),
        end: stack.commands.account.sessions.end.handler(({ context, input }) =>
          endOwnSession(context, mineOf(context.caller).accountId, input.id),
        ),
        endOthers: stack.commands.account.sessions.endOthers.handler(async ({ context }) => ({
          ended: await endOtherSessions(context, mineOf(context.caller)),
        })),
      },
    },
  };
}

function authRoutes({ csrf, stack, accounts }: PortalParts) {
  const { auth } = stack.open;
  return {
    login: auth.login.handler(async ({ context, input }) => {
      const { token, expires, deviceTokens } = await signInToPortal(context, accounts, input);
      setSessionCookie(context.resHeaders, token, { secure: context.secureCookies, expires });
      setDeviceCookie(context.resHeaders, deviceTokens, context.secureCookies);
      const caller = await callerOfSession(context, token, { ...context, viewKey: undefined, active: true });
      return portalMe(context.db, csrf, caller, context.clock.now());
    }),
    forgot: auth.forgot.handler(async ({ context, input }) => {
      await askForReset(context, accounts, { door: 'customer', ...input });
      return { accepted: true as const };
    }),
    checkReset: auth.checkReset.handler(({ context, input }) => checkPasswordLink(context, input.token)),
    reset: auth.reset.handler(({ context, input }) => setPasswordByLink(context, accounts, input)),
    verifyEmail: auth.verifyEmail.handler(({ context, input }) => confirmNewEmail(context, accounts, input.token)),
  };
}

function ownAccountRoutes({ stack, accounts }: PortalParts) {
  const { account } = stack.ownTransactions;
  return {
    changeEmail: account.changeEmail.handler(async ({ context, input }) => {
      const person = await ownerOfSession(context.db, context.caller);
      await requirePassword(context, accounts, person, input.password);
      return askForNewEmail(context, accounts, person, input.email);
    }),
    cancelEmail: stack.commands.account.cancelEmail.handler(async ({ context }) =>
      cancelNewEmail(context, await ownerOfSession(context.tx, context.caller)),
    ),
    changePassword: account.changePassword.handler(async ({ context, input }) => {
      const person = await ownerOfSession(context.db, context.caller);
      await requirePassword(context, accounts, person, input.password);
      const { sessionId } = mineOf(context.caller);
      const keep = { sessionId, deviceTokens: deviceTokensOf(context.headers) };
      await changeOwnPassword(context, accounts, person, { password: input.newPassword, keep });
    }),
  };
}

function twoFactorRoutes({ stack, accounts }: PortalParts) {
  const { twoFactor } = stack.ownTransactions.account;
  return {
    get: stack.queries.account.twoFactor.get.handler(async ({ context }) =>
      twoFactorOf(context, accounts, await ownerOfSession(context.db, context.caller)),
    ),
    begin: twoFactor.begin.handler(async ({ context, input }) =>
      beginTwoFactor(context, accounts, await ownerOfSession(context.db, context.caller), input.password),
    ),
    confirm: twoFactor.confirm.handler(async ({ context, input }) =>
      confirmTwoFactor(context, accounts, await ownerOfSession(context.db, context.caller), input.code),
    ),
    renewBackupCodes: twoFactor.renewBackupCodes.handler(async ({ context, input }) =>
      renewBackupCodes(context, accounts, await ownerOfSession(context.db, context.caller), input.code),
    ),
    disable: twoFactor.disable.handler(async ({ context, input }) =>
      disableTwoFactor(context, accounts, await ownerOfSession(context.db, context.caller), input),
    ),
  };
}

function mineOf({ accountId, session }: PortalCaller): { accountId: number; sessionId: string } {
  if (accountId === null || session === null) throw fail('no_account');
  return { accountId, sessionId: session.id };
}

async function ownerOfSession(reader: Reader, caller: PortalCaller): Promise<Person> {
  const person = await personOf(reader, ownerOf('customer', mineOf(caller).accountId));
  if (!person?.usable) throw fail('no_account');
  return person;
}
