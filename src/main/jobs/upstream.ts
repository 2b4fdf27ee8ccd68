import { setTimeout as wait } from 'node:timers/promises';
import { isJobEnded } from '#core/domain/job-progress.ts';
import type { Job } from '#core/domain/provisioning.ts';
import type { Central } from '../central/client.ts';
import { hasCode } from '../failures.ts';

const POLL_MS = 200;
const SLOWEST_POLL_MS = 2_000;
const STREAM_AGAIN_MS = 1_000;
const SLOWEST_STREAM_AGAIN_MS = 10_000;

/**
 * A job's states as they change, each newer than the one before, until it ends. Central's stream where it works; while
 * it doesn't, the poll of PA-17 (0.2 s, slower while nothing changes). Throws when the job is not there or not for us.
 */
export async function* statesOf(central: Central, id: number, signal: AbortSignal): AsyncGenerator<Job> {
  let revision = -1;
  let streamAgainMs = STREAM_AGAIN_MS;
  const isNews = (job: Job) => job.revision > revision;
  while (!signal.aborted) {
    try {
      for await (const job of await central.provisioning.events({ id }, { signal })) {
        streamAgainMs = STREAM_AGAIN_MS;
        if (isNews(job)) {
          revision = job.revision;
          yield job;
        }
        if (isJobEnded(job.status)) return;
      }
    } catch (error) {
      if (signal.aborted || isFinal(error)) throw error;
    }
    for await (const job of poll(central, id, streamAgainMs, signal)) {
      if (isNews(job)) {
        revision = job.revision;
        yield job;
      }
      if (isJobEnded(job.status)) return;
    }
    streamAgainMs = Math.min(streamAgainMs * 2, SLOWEST_STREAM_AGAIN_MS);
  }
}

async function* poll(central: Central, id: number, forMs: number, signal: AbortSignal): AsyncGenerator<Job> {
  const until = performance.now() + forMs;
  let delay = POLL_MS;
  let revision = -1;
  while (performance.now() < until && !signal.aborted) {
    await wait(delay, undefined, { signal });
    try {
      const job = await central.provisioning.get({ id }, { signal, context: { retry: 0 } });
      delay = job.revision > revision ? POLL_MS : Math.min(delay * 1.5, SLOWEST_POLL_MS);
      revision = job.revision;
      yield job;
    } catch (error) {
      if (signal.aborted || isFinal(error)) throw error;
      delay = Math.min(delay * 2, SLOWEST_POLL_MS);
    }
  }
}

function isFinal(error: unknown): boolean {
  return hasCode(error, 'not_found', 'forbidden', 'unauthorized', 'invalid_input');
}
