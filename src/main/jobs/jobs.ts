import { isJobEnded } from '#core/domain/job-progress.ts';
import type { Job } from '#core/domain/provisioning.ts';
import type { StaffUser } from '#core/domain/user.ts';
import type { Events } from '../events.ts';
import { hasCode } from '../failures.ts';
import type { Log } from '../log.ts';
import { addKnownJob, endKnownJob, listRunningJobIds, removeEndedJobs, removeKnownJob } from '../store/jobs.ts';
import type { Store } from '../store/store.ts';
import type { JobWatch } from './watch.ts';

interface JobsOptions {
  readonly store: Store;
  readonly watch: JobWatch;
  readonly events: Events;
  readonly user: () => StaffUser | null;
  readonly now: () => Date;
  readonly log: Log;
}

export interface Jobs {
  /** Remembers the job and tells of its changes until it ends, whatever screen is open; also after a restart. */
  follow(id: number): Promise<void>;
  /** Goes on with the signed-in person's jobs; harmless to repeat. */
  resume(): Promise<void>;
  /** Ends all following; the jobs stay remembered. */
  pause(): Promise<void>;
  /** Forgets jobs that ended long ago. */
  tidy(): Promise<void>;
}

const ENDED_KEPT_MS = 30 * 24 * 60 * 60 * 1000;

/** The jobs that this desk started or works on. */
export function createJobs({ store, watch, events, user, now, log }: JobsOptions): Jobs {
  const following = new Map<number, { ending: AbortController; done: Promise<void> }>();

  /**
   * Only the end is kept, and told first: a desk that is killed meanwhile hears the same from head office again. Each
   * write waits for the disk, and the next task's mark would wait with it.
   */
  const tell = async (job: Job) => {
    const seen = events.readers() > 0;
    events.publish({ type: 'job', job });
    if (seen && isJobEnded(job.status)) await endKnownJob(store, job.id, now().toISOString());
  };
  const run = async (id: number, ending: AbortController) => {
    try {
      for await (const job of watch.read(id, ending.signal)) {
        await tell(job);
        if (isJobEnded(job.status)) return;
      }
    } catch (error) {
      if (ending.signal.aborted) return;
      if (hasCode(error, 'not_found', 'forbidden')) await removeKnownJob(store, id);
      else log.warn({ jobId: id, error: String(error) }, 'following a job stopped');
    } finally {
      if (following.get(id)?.ending === ending) following.delete(id);
    }
  };
  const start = (id: number) => {
    if (following.has(id)) return;
    const ending = new AbortController();
    following.set(id, { ending, done: run(id, ending) });
  };
  return {
    async follow(id) {
      const person = user();
      if (person === null) return;
      await addKnownJob(store, id, person.id, now().toISOString());
      start(id);
    },
    async resume() {
      const person = user();
      if (person === null) return;
      for (const id of await listRunningJobIds(store, person.id)) start(id);
    },
    async pause() {
      const running = [...following.values()];
      for (const { ending } of running) ending.abort();
      await Promise.all(running.map(({ done }) => done));
    },
    tidy: () => removeEndedJobs(store, new Date(now().getTime() - ENDED_KEPT_MS).toISOString()),
  };
}
