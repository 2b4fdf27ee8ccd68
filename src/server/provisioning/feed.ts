import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from 'pino';
import { JOB_CHANNEL } from './job-writes.ts';

/** Tells which jobs changed, wherever they run. */
export interface JobFeed {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Calls back at every change of the job, and whenever changes may have been missed. Returns how to end it. */
  watch(jobId: number, changed: () => void): () => void;
}

const LONGEST_WAIT_MS = 2_000;

/** One listening connection for all watchers of this central. When it breaks it is opened again, and all watchers look. */
export function createJobFeed(databaseUrl: string, log: Logger): JobFeed {
  const watchers = new Map<number, Set<() => void>>();
  const ended = new AbortController();
  let client: pg.Client | undefined;

  const tell = (jobId: number) => {
    for (const changed of watchers.get(jobId) ?? []) changed();
  };
  const tellAll = () => {
    for (const jobId of watchers.keys()) tell(jobId);
  };
  const open = async () => {
    const fresh = new pg.Client({ connectionString: databaseUrl, keepAlive: true, application_name: 'comptoir feed' });
    fresh.on('notification', ({ payload }) => tell(Number(payload)));
    const broken = new Promise<void>((resolve) => {
      fresh.on('error', () => resolve());
      fresh.on('end', () => resolve());
    });
    await fresh.connect();
    await fresh.query(`listen ${JOB_CHANNEL}`);
    client = fresh;
    tellAll();
    void broken.then(() => reopen());
  };
  const reopen = async () => {
    for (let wait = 100; !ended.signal.aborted; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
      try {
        return await open();
      } catch (err) {
        log.warn({ err }, 'job changes can not be listened to right now');
      }
      await delay(wait, undefined, { signal: ended.signal }).catch(() => undefined);
    }
  };
  return {
    start: open,
    async stop() {
      ended.abort();
      await client?.end().catch(() => undefined);
    },
    watch(jobId, changed) {
      const set = watchers.get(jobId) ?? new Set();
      watchers.set(jobId, set.add(changed));
      return () => {
        set.delete(changed);
        if (set.size === 0 && watchers.get(jobId) === set) watchers.delete(jobId);
      };
    },
  };
}
