import type { Selectable } from 'kysely';
import { PIN_TRIES } from '#core/domain/pin.ts';
import { type StaffUser, staffUserSchema } from '#core/domain/user.ts';
import type { StoreTables } from './schema.ts';
import type { Store } from './store.ts';

type Row = Selectable<StoreTables['staffMember']>;

export interface StaffMember extends Omit<Row, 'user'> {
  readonly user: StaffUser;
}

/** Someone signed in with a line: permissions, tries and days are fresh. The PIN stays, and the token that is kept. */
export async function saveStaffSeen(store: Store, user: StaffUser, signedInAt: string): Promise<void> {
  const row = { user: JSON.stringify(user), signedInAt, triesLeft: PIN_TRIES };
  await store
    .insertInto('staffMember')
    .values({ userId: user.id, pin: null, refreshToken: null, ...row })
    .onConflict((conflict) => conflict.column('userId').doUpdateSet(row))
    .execute();
}

/** Null for someone never seen here, or whose row can't be read any more. */
export async function getStaffMember(store: Store, userId: number): Promise<StaffMember | null> {
  const row = await store.selectFrom('staffMember').selectAll().where('userId', '=', userId).executeTakeFirst();
  return row === undefined ? null : readable(row);
}

/** Everyone who signed in since that instant, by name. */
export async function listStaff(store: Store, since: string): Promise<StaffMember[]> {
  const rows = await store.selectFrom('staffMember').selectAll().where('signedInAt', '>=', since).execute();
  const members = rows.map(readable).filter((member) => member !== null);
  return members.sort((a, b) => a.user.name.localeCompare(b.user.name));
}

/** What central says of the person now; neither days nor tries change. */
export async function saveStaffUser(store: Store, user: StaffUser): Promise<void> {
  await store
    .updateTable('staffMember')
    .set({ user: JSON.stringify(user) })
    .where('userId', '=', user.id)
    .execute();
}

export async function saveRefreshToken(store: Store, userId: number, refreshToken: string | null): Promise<void> {
  await store.updateTable('staffMember').set({ refreshToken }).where('userId', '=', userId).execute();
}

/** The token that took the place of the one kept; nothing when that sign-in was ended meanwhile. */
export async function replaceRefreshToken(store: Store, userId: number, refreshToken: string): Promise<void> {
  await store
    .updateTable('staffMember')
    .set({ refreshToken })
    .where('userId', '=', userId)
    .where('refreshToken', 'is not', null)
    .execute();
}

export async function listSignedInIds(store: Store): Promise<number[]> {
  const rows = await store.selectFrom('staffMember').select('userId').where('refreshToken', 'is not', null).execute();
  return rows.map(({ userId }) => userId);
}

export async function savePin(store: Store, userId: number, pin: string | null): Promise<void> {
  await store.updateTable('staffMember').set({ pin }).where('userId', '=', userId).execute();
}

/**
 * Takes one try, durably, before it is known whether it is right: cutting the power gives no further ones. Returns those
 * left, or null when there was none.
 */
export async function takeTry(store: Store, userId: number): Promise<number | null> {
  const row = await store
    .updateTable('staffMember')
    .set(({ eb }) => ({ triesLeft: eb('triesLeft', '-', 1) }))
    .where('userId', '=', userId)
    .where('triesLeft', '>', 0)
    .returning('triesLeft')
    .executeTakeFirst();
  return row?.triesLeft ?? null;
}

export async function giveTriesBack(store: Store, userId: number): Promise<void> {
  await store.updateTable('staffMember').set({ triesLeft: PIN_TRIES }).where('userId', '=', userId).execute();
}

/** Forgets every PIN of this desk. */
export async function removeAllPins(store: Store): Promise<void> {
  await store.updateTable('staffMember').set({ pin: null }).execute();
}

/** Forgets who has not signed in since that instant and is not signed in now. */
export async function removeOldStaff(store: Store, before: string): Promise<void> {
  await store
    .deleteFrom('staffMember')
    .where('signedInAt', '<', before)
    .where('userId', 'not in', store.selectFrom('session').select('userId'))
    .execute();
}

/** Notes that central is to be told of the end of this person's sign-in, and forgets it here, in one. */
export async function endSignIn(store: Store, userId: number): Promise<void> {
  await store.transaction().execute(async (tx) => {
    const row = await tx
      .selectFrom('staffMember')
      .select('refreshToken')
      .where('userId', '=', userId)
      .executeTakeFirst();
    if (!row?.refreshToken) return;
    await tx.insertInto('endedSignIn').values({ refreshToken: row.refreshToken }).execute();
    await tx.updateTable('staffMember').set({ refreshToken: null }).where('userId', '=', userId).execute();
  });
}

export function listEndedSignIns(store: Store) {
  return store.selectFrom('endedSignIn').selectAll().orderBy('id').execute();
}

export async function removeEndedSignIn(store: Store, id: number): Promise<void> {
  await store.deleteFrom('endedSignIn').where('id', '=', id).execute();
}

function readable({ user, ...row }: Row): StaffMember | null {
  try {
    return { ...row, user: staffUserSchema.parse(JSON.parse(user)) };
  } catch {
    return null;
  }
}
