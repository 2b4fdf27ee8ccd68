import { withEventMeta } from '@orpc/server';
import { isJobEnded } from '#core/domain/job-progress.ts';
import type { Job } from '#core/domain/provisioning.ts';
import type { Db } from '../database/connection.ts';
import type { JobFeed } from './feed.ts';
import { getJobSoon } from './job-reads.ts';

/**
 * The job at once, then at every change until it ends. Each event carries the whole job and its revision as its id, so
 * one that was missed is made up by the next, and changes in quick succession may come as one. Throws not_found.
 */
export async function* followJob(
  db: Db,
  feed: JobFeed,
  id: number,
  ended: AbortSignal,
): AsyncGenerator<Job, void, void> {
  let wake = () => {};
  let changed = true;
  const note = () => {
    changed = true;
    wake();
  };
  const unwatch = feed.watch(id, note);
  ended.addEventListener('abort', note);
  try {
    for (let sent = -1; !ended.aborted; ) {
      changed = false;
      const job = await getJobSoon(db, id);
      if (job.revision > sent) {
        sent = job.revision;
        yield withEventMeta(job, { id: String(job.revision) });
      }
      if (isJobEnded(job.status)) return;
      if (!changed) await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    unwatch();
    ended.removeEventListener('abort', note);
  }
}
