import type { SessionState } from '#core/contract/desk/own.ts';
import type { StaffUser } from '#core/domain/user.ts';
import { getStaffMember } from './staff.ts';
import type { Store } from './store.ts';

export type EnteredBy = NonNullable<SessionState['by']>;

export interface SavedSession {
  readonly user: StaffUser;
  readonly by: EnteredBy;
  /** Sealed by the shell's secret store; null for someone unlocked without a sign-in that lives. */
  readonly refreshToken: string | null;
}

const ONLY = 1;

/** Who was signed in when the desk stopped; null for nobody or for a row that can't be read any more. */
export async function getSavedSession(store: Store): Promise<SavedSession | null> {
  const row = await store.selectFrom('session').selectAll().where('id', '=', ONLY).executeTakeFirst();
  const member = row === undefined ? null : await getStaffMember(store, row.userId);
  if (row === undefined || member === null) return null;
  return { user: member.user, by: row.enteredBy === 'pin' ? 'pin' : 'password', refreshToken: member.refreshToken };
}

export async function saveSession(store: Store, userId: number, by: EnteredBy): Promise<void> {
  const row = { userId, enteredBy: by };
  await store
    .insertInto('session')
    .values({ id: ONLY, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute();
}

export async function removeSession(store: Store): Promise<void> {
  await store.deleteFrom('session').execute();
}
