import { changePolicy, isForced, policyState, readPolicy } from '../access/policy.ts';
import type { Actor } from '../context.ts';
import type { Reader } from '../database/connection.ts';
import { fail } from '../http/errors.ts';
import { commands, open, ownTransactions, queries } from '../http/implement.ts';
import type { Accounts } from './accounts.ts';
import { requirePassword } from './attempts.ts';
import {
  createContactAccount,
  disableContactAccount,
  findContactAccount,
  inviteContact,
  resetContactTwoFactor,
  unlockContactAccount,
} from './contact-accounts.ts';
import { ownerOf, type Person, personOf } from './owners.ts';
import { askForReset } from './reset-requests.ts';
import { beginTwoFactor, confirmTwoFactor, disableTwoFactor, renewBackupCodes, twoFactorOf } from './second-step.ts';
import { changeOwnPassword } from './set-password.ts';

/** A forgotten password of staff; merged into the routes of signing in. */
export function staffForgotRoute(accounts: Accounts) {
  return open.auth.forgot.handler(async ({ context, input }) => {
    await askForReset(context, accounts, { door: 'staff', ...input });
    return { accepted: true as const };
  });
}

/** What protects the sign-in of staff, and the accounts of contacts as staff see them. */
export function accountsStaffRoutes(accounts: Accounts) {
  return {
    ownAccess: ownAccessRoutes(accounts),
    accessPolicy: {
      get: queries.accessPolicy.get.handler(({ context }) => policyState(context.db)),
      change: commands.accessPolicy.change.handler(({ context, input }) => changePolicy(context, input)),
    },
    contactAccounts: contactAccountRoutes(accounts),
  };
}

function ownAccessRoutes(accounts: Accounts) {
  const { ownAccess } = ownTransactions;
  return {
    changePassword: ownAccess.changePassword.handler(async ({ context, input }) => {
      const person = await oneself(context.db, context.actor);
      await requirePassword(context, accounts, person, input.password);
      const keep = { sessionId: context.actor.signInId, deviceTokens: [] };
      await changeOwnPassword(context, accounts, person, { password: input.newPassword, keep });
    }),
    twoFactor: queries.ownAccess.twoFactor.handler(async ({ context }) => {
      const person = await oneself(context.db, context.actor);
      const state = await twoFactorOf(context, accounts, person);
      return { ...state, forced: isForced(await readPolicy(context.db), person.roles) };
    }),
    beginTwoFactor: ownAccess.beginTwoFactor.handler(async ({ context, input }) =>
      beginTwoFactor(context, accounts, await oneself(context.db, context.actor), input.password),
    ),
    confirmTwoFactor: ownAccess.confirmTwoFactor.handler(async ({ context, input }) =>
      confirmTwoFactor(context, accounts, await oneself(context.db, context.actor), input.code),
    ),
    renewBackupCodes: ownAccess.renewBackupCodes.handler(async ({ context, input }) =>
      renewBackupCodes(context, accounts, await oneself(context.db, context.actor), input.code),
    ),
    disableTwoFactor: ownAccess.disableTwoFactor.handler(async ({ context, input }) =>
      disableTwoFactor(context, accounts, await oneself(context.db, context.actor), input),
    ),
  };
}

function contactAccountRoutes(accounts: Accounts) {
  const { contactAccounts } = commands;
  return {
    get: queries.contactAccounts.get.handler(async ({ context, input }) => ({
      account: await findContactAccount(context.db, context.clock.now(), input),
    })),
    create: contactAccounts.create.handler(({ context, input }) => createContactAccount(context, accounts, input)),
    disable: contactAccounts.disable.handler(({ context, input }) => disableContactAccount(context, input)),
    invite: contactAccounts.invite.handler(({ context, input }) => inviteContact(context, accounts, input)),
    unlock: contactAccounts.unlock.handler(({ context, input }) => unlockContactAccount(context, accounts, input)),
    resetTwoFactor: contactAccounts.resetTwoFactor.handler(({ context, input }) =>
      resetContactTwoFactor(context, accounts, input),
    ),
  };
}

/** The signed-in member of staff; a program has no sign-in of its own. */
async function oneself(reader: Reader, { kind, id }: Actor): Promise<Person> {
  const person = kind === 'user' ? await personOf(reader, ownerOf('staff', id)) : undefined;
  if (!person) throw fail('forbidden');
  return person;
}
