import type { Db } from '../database/connection.ts';

/** Throws away links of mail that lapsed, mail that went out or was given up, and portal sessions that are over, before a day. */
export async function tidyAccounts(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('mailLinks').where('expiresAt', '<', before).execute();
  await db
    .deleteFrom('mailOutbox')
    .where('createdAt', '<', before)
    .where((where) => where.or([where('sentAt', 'is not', null), where('givenUpAt', 'is not', null)]))
    .execute();
  await db
    .deleteFrom('portalSessions')
    .where('mode', '<>', 'impersonation')
    .where((where) => where.or([where('endedAt', '<', before), where('expiresAt', '<', before)]))
    .execute();
}
