import { setTimeout as delay } from 'node:timers/promises';
import type { Db, Tx } from '../database/connection.ts';
import { isDatabaseOutage, retryable } from '../database/failures.ts';
import { GivenUp } from './job-types.ts';

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 2_000;

/**
 * Runs a transaction until it commits: through deadlocks, and while PostgreSQL is away. A commit whose answer was lost is
 * run again, so `work` must find its own effect. Throws GivenUp once `lost` aborts.
 */
export async function persist<T>(db: Db, lost: AbortSignal, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    if (lost.aborted) throw new GivenUp('this central lost its lease');
    try {
      return await db.transaction().execute(work);
    } catch (error) {
      if (!isDatabaseOutage(error) && !retryable(error)) throw error;
    }
    await delay(wait, undefined, { signal: lost }).catch(() => undefined);
  }
}
