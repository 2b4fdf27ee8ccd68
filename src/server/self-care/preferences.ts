import {
  defaultPreferences,
  type NotificationPreferences,
  notificationPreferencesSchema,
} from '#core/domain/portal.ts';
import type { Reader } from '../database/connection.ts';
import type { PortalCaller, PortalCommandContext } from './context.ts';

/** The person who is signed in; the customer where nobody in particular is. */
function ownerOf({ contactId, customerId }: PortalCaller): `contact:${number}` | `customer:${number}` {
  return contactId === null ? `customer:${customerId}` : `contact:${contactId}`;
}

/** NO-3: what the caller wants to be told; the usual until it was changed. */
export async function readPreferences(reader: Reader, caller: PortalCaller): Promise<NotificationPreferences> {
  const found = await reader
    .selectFrom('notificationPreferences')
    .select('preferences')
    .where('owner', '=', ownerOf(caller))
    .executeTakeFirst();
  // What is kept may be older than the shape that it has now.
  const { data } = notificationPreferencesSchema.safeParse(found?.preferences);
  return data ?? defaultPreferences;
}

export async function changePreferences(
  { tx, clock, caller, audit }: PortalCommandContext,
  preferences: NotificationPreferences,
): Promise<NotificationPreferences> {
  const values = { preferences: JSON.stringify(preferences), changedAt: clock.now() };
  await tx
    .insertInto('notificationPreferences')
    .values({ owner: ownerOf(caller), ...values })
    .onConflict((conflict) => conflict.column('owner').doUpdateSet(values))
    .execute();
  audit({
    action: 'notifications.changed',
    subject: { type: 'customer', id: caller.customerId },
    customerId: caller.customerId,
    detail: { ...preferences },
  });
  return preferences;
}
