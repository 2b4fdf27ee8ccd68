import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';

/** Any number, the same in every central. */
const START = 4_040_001;
const PAUSE_MS = 100;

/**
 * Runs `work` while no other central of this database does. Asks again and again instead of waiting inside PostgreSQL: an
 * index that is built there concurrently would wait for the waiting one, and the two for ever.
 */
export async function alone<T>(pool: pg.Pool, work: () => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    while (!(await tryLock(client))) await delay(PAUSE_MS);
    try {
      return await work();
    } finally {
      await client.query('select pg_advisory_unlock($1)', [START]);
    }
  } finally {
    client.release();
  }
}

async function tryLock(client: pg.PoolClient): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>('select pg_try_advisory_lock($1) as locked', [START]);
  return rows[0]?.locked ?? false;
}
