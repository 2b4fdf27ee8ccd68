import { createHash, timingSafeEqual } from 'node:crypto';
import type { Config } from '../config.ts';
import type { Reader } from '../database/connection.ts';
import { fail } from '../http/errors.ts';

/** What lets a fleet's desks in without anyone's approval. */
export type Invitation = Pick<Config, 'deskInvitation' | 'deskInvitationStore'>;

const digest = (text: string) => createHash('sha256').update(text).digest();

/** True for the right invitation, compared in constant time; never when central has none. */
export function matchesInvitation({ deskInvitation }: Invitation, sent: string): boolean {
  if (deskInvitation === undefined) return false;
  return timingSafeEqual(digest(deskInvitation), digest(sent));
}

/** Where invited desks stand. Throws invalid_input when there is no such store. */
export async function storeOfInvitation(reader: Reader, { deskInvitationStore }: Invitation): Promise<number> {
  const store = await reader
    .selectFrom('stores')
    .select('id')
    .$if(deskInvitationStore !== undefined, (query) => query.where('id', '=', deskInvitationStore ?? 0))
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  if (!store) throw fail('invalid_input', { issues: [{ path: 'invitation', message: 'unknown_store' }] });
  return store.id;
}
