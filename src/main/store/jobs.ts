import type { Store } from './store.ts';

/** A job that this desk follows. */
export async function addKnownJob(store: Store, id: number, userId: number, now: string): Promise<void> {
  const row = { userId, ended: 0, updatedAt: now, document: 'null' };
  await store
    .insertInto('knownJob')
    .values({ id, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ userId, ended: 0, updatedAt: now }))
    .execute();
}

/** The job ended and a window heard of it: it is not told again after a restart. */
export async function endKnownJob(store: Store, id: number, now: string): Promise<void> {
  await store.updateTable('knownJob').set({ ended: 1, updatedAt: now }).where('id', '=', id).execute();
}

export async function listRunningJobIds(store: Store, userId: number): Promise<number[]> {
  const rows = await store
    .selectFrom('knownJob')
    .select('id')
    .where('userId', '=', userId)
    .where('ended', '=', 0)
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

export async function removeKnownJob(store: Store, id: number): Promise<void> {
  await store.deleteFrom('knownJob').where('id', '=', id).execute();
}

export async function removeEndedJobs(store: Store, before: string): Promise<void> {
  await store.deleteFrom('knownJob').where('ended', '=', 1).where('updatedAt', '<', before).execute();
}
