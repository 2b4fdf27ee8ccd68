import { EventPublisher } from '@orpc/server';
import { isJobEnded } from '#core/domain/job-progress.ts';
import type { Job } from '#core/domain/provisioning.ts';
import type { Central } from '../central/client.ts';
import { statesOf } from './upstream.ts';

type News = { job: Job } | { end: true; error?: unknown };

interface Watched {
  last: Job | null;
  readers: number;
  readonly ending: AbortController;
}

export interface JobWatch {
  /** The job's last known state at once, then every change until it ends. All readers of a job share one stream. */
  read(id: number, signal?: AbortSignal): AsyncGenerator<Job>;
}

/** `ended` is waited for before anyone hears of a job's end: what it made is then here to be read. */
export function createJobWatch(central: Central, ended: () => Promise<void> = async () => undefined): JobWatch {
  const publisher = new EventPublisher<Record<string, News>>();
  const watched = new Map<number, Watched>();

  const pump = async (id: number, one: Watched) => {
    const end = (error?: unknown) => {
      if (watched.get(id) === one) watched.delete(id);
      publisher.publish(String(id), { end: true, error });
    };
    try {
      for await (const job of statesOf(central, id, one.ending.signal)) {
        const tell = (state: Job) => {
          one.last = state;
          publisher.publish(String(id), { job: state });
        };
        if (isJobEnded(job.status)) {
          // Only the end waits: what its tasks came to since, which is the revision before the end's, is told at once.
          const { tasks, progress, revision } = job;
          if (one.last !== null && revision - 1 > one.last.revision) {
            tell({ ...one.last, tasks, progress, revision: revision - 1 });
          }
          await ended();
        }
        tell(job);
      }
      end();
    } catch (error) {
      // Nobody reads any more: there is nobody to tell.
      if (!one.ending.signal.aborted) end(error);
    }
  };
  const open = (id: number): { one: Watched; isNew: boolean } => {
    const known = watched.get(id);
    const one = known ?? { last: null, readers: 0, ending: new AbortController() };
    if (known === undefined) watched.set(id, one);
    one.readers += 1;
    return { one, isNew: known === undefined };
  };
  const close = (id: number, one: Watched) => {
    one.readers -= 1;
    if (one.readers > 0) return;
    if (watched.get(id) === one) watched.delete(id);
    one.ending.abort();
  };
  return {
    async *read(id, signal) {
      const news = publisher.subscribe(String(id), { signal });
      const { one, isNew } = open(id);
      try {
        if (isNew) void pump(id, one);
        else if (one.last !== null) yield one.last;
        for await (const update of news) {
          if ('end' in update) {
            if (update.error !== undefined) throw update.error;
            return;
          }
          yield update.job;
          if (isJobEnded(update.job.status)) return;
        }
      } finally {
        close(id, one);
        await news.return?.();
      }
    },
  };
}
