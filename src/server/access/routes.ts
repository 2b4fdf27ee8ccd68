import type { Accounts } from '../accounts/accounts.ts';
import { staffForgotRoute } from '../accounts/staff-routes.ts';
import { fail } from '../http/errors.ts';
import { commands, open, queries } from '../http/implement.ts';
import { createApiKey, listApiKeys, revokeApiKey } from './api-keys.ts';
import { refreshSession, signIn, signOut } from './sign-in.ts';
import type { AccessTokens } from './tokens.ts';
import { changeUser, createUser, listUsers, staffUser } from './users.ts';

export function accessRoutes(tokens: AccessTokens, accounts: Accounts) {
  return {
    auth: {
      login: open.auth.login.handler(({ context, input }) => signIn(context, { tokens, accounts }, input)),
      refresh: open.auth.refresh.handler(({ context, input }) => refreshSession(context, tokens, input.refreshToken)),
      logout: open.auth.logout.handler(({ context, input }) => signOut(context, input.refreshToken)),
      forgot: staffForgotRoute(accounts),
    },
    me: queries.me.handler(({ context: { db, actor } }) => {
      if (actor.kind !== 'user') throw fail('forbidden');
      return staffUser(db, actor.id);
    }),
    users: {
      list: queries.users.list.handler(({ context, input }) => listUsers(context.db, context.clock.now(), input)),
      create: commands.users.create.handler(({ context, input }) => createUser(context, input)),
      change: commands.users.change.handler(({ context, input }) => changeUser(context, accounts, input)),
    },
    apiKeys: {
      list: queries.apiKeys.list.handler(({ context, input }) => listApiKeys(context.db, context.clock.now(), input)),
      create: commands.apiKeys.create.handler(({ context, input }) => createApiKey(context, input)),
      revoke: commands.apiKeys.revoke.handler(({ context, input }) => revokeApiKey(context, input.id)),
    },
  };
}
