import { hashPassword } from '../access/passwords.ts';
import type { Tx } from '../database/connection.ts';

/** Portal accounts of the seed's contacts who have a login; all with one password. */
export async function insertDemoAccounts(tx: Tx, password: string, now: Date): Promise<void> {
  const contacts = await tx
    .selectFrom('contacts')
    .select(['id', 'customerId', 'email'])
    .where('hasLogin', '=', true)
    .where('email', 'is not', null)
    .orderBy('id')
    .execute();
  for (const { id: contactId, customerId, email } of contacts) {
    if (email === null) continue;
    const passwordHash = await hashPassword(password);
    await tx
      .insertInto('portalAccounts')
      .values({ contactId, customerId, email: email.toLowerCase(), passwordHash, createdAt: now })
      .execute();
  }
}
