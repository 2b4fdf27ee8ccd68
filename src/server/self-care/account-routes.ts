import { listContacts } from '../customers/contacts.ts';
import { listSites } from '../customers/sites.ts';
import { createPortalKey, listPortalKeys, revokePortalKey } from './api-keys.ts';
import { changeAccount } from './change-account.ts';
import { changePreferences, readPreferences } from './preferences.ts';
import type { PortalParts } from './router.ts';

/** Lists that are shown whole. */
const WHOLE = 500;

/** What the customer is called and reached by, is told, and lets programs do. Sign-in and its protection are elsewhere. */
export function accountRoutes({ stack: { queries, commands }, csrf }: PortalParts) {
  return {
    change: commands.account.change.handler(({ context, input }) => changeAccount(context, csrf, input)),
    contacts: queries.account.contacts.handler(async ({ context: { db, caller } }) => {
      const { items, nextCursor } = await listContacts(db, { id: caller.customerId, limit: WHOLE });
      return {
        items: items.map(({ id, name, email, phone, roles }) => ({ id, name, email, phone, roles })),
        nextCursor,
      };
    }),
    sites: queries.account.sites.handler(async ({ context: { db, caller } }) => {
      const { items, nextCursor } = await listSites(db, { id: caller.customerId, limit: WHOLE });
      return {
        items: items.map(({ id, customerId, name, address }) => ({ id, customerId, name, address })),
        nextCursor,
      };
    }),
    notifications: {
      get: queries.account.notifications.get.handler(({ context: { db, caller } }) => readPreferences(db, caller)),
      change: commands.account.notifications.change.handler(({ context, input }) => changePreferences(context, input)),
    },
    apiKeys: {
      list: queries.account.apiKeys.list.handler(async ({ context: { db, caller, clock } }) => ({
        items: await listPortalKeys(db, caller, clock.now()),
        nextCursor: null,
      })),
      create: commands.account.apiKeys.create.handler(({ context, input }) => createPortalKey(context, input)),
      revoke: commands.account.apiKeys.revoke.handler(({ context, input }) => revokePortalKey(context, input.id)),
    },
  };
}
