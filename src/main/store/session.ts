import { type StaffUser, staffUserSchema } from '#core/domain/user.ts';
import type { Store } from './store.ts';

export interface SavedSession {
  readonly user: StaffUser;
  /** Sealed by the shell's secret store. */
  readonly refreshToken: string;
}

const ONLY = 1;

/** Who was signed in when the desk stopped; null for nobody or for a row that can't be read any more. */
export async function getSavedSession(store: Store): Promise<SavedSession | null> {
  const row = await store.selectFrom('session').selectAll().where('id', '=', ONLY).executeTakeFirst();
  if (row === undefined) return null;
  try {
    return { user: staffUserSchema.parse(JSON.parse(row.user)), refreshToken: row.refreshToken };
  } catch {
    return null;
  }
}

export async function saveSession(store: Store, { user, refreshToken }: SavedSession): Promise<void> {
  const row = { user: JSON.stringify(user), refreshToken };
  await store
    .insertInto('session')
    .values({ id: ONLY, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute();
}

export async function removeSession(store: Store): Promise<void> {
  await store.deleteFrom('session').execute();
}
