import { isJobEnded, type Job, jobSchema } from '#core/domain/provisioning.ts';
import type { Store } from './store.ts';

/** A job that this desk follows: known by its id until central has told more. */
export async function addKnownJob(store: Store, id: number, userId: number, now: string): Promise<void> {
  const row = { userId, ended: 0, updatedAt: now, document: 'null' };
  await store
    .insertInto('knownJob')
    .values({ id, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ userId, ended: 0, updatedAt: now }))
    .execute();
}

/** `seen` says that a window heard of the end; without it the job stays to be told after a restart. */
export async function saveKnownJob(store: Store, job: Job, seen: boolean, now: string): Promise<void> {
  const ended = isJobEnded(job.status) && seen ? 1 : 0;
  await store
    .updateTable('knownJob')
    .set({ ended, updatedAt: now, document: JSON.stringify(job) })
    .where('id', '=', job.id)
    .execute();
}

/** The last state seen of a job; null when none was or it can't be read any more. */
export async function getKnownJob(store: Store, id: number): Promise<Job | null> {
  const row = await store.selectFrom('knownJob').select('document').where('id', '=', id).executeTakeFirst();
  try {
    return row === undefined ? null : (jobSchema.safeParse(JSON.parse(row.document)).data ?? null);
  } catch {
    return null;
  }
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
