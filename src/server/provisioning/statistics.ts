import { sql } from 'kysely';
import type { Reader } from '../database/connection.ts';

/** Durations in ms of a task so far. */
export interface Usual {
  readonly usualMs: number;
  readonly slowMs: number;
}

const LATEST = 200;
/** Fewer runs tell nothing. */
const ENOUGH = 5;

/** Median and 95th percentile of the latest successful runs, by task key; tasks with too few runs are left out. */
export async function usualDurations(
  reader: Reader,
  playbook: string,
  keys: readonly string[],
): Promise<Map<string, Usual>> {
  const { rows } = await sql<{ key: string; usual: number; slow: number }>`
    select wanted.key, round(percentile_cont(0.5) within group (order by duration_ms))::int as usual,
      round(percentile_cont(0.95) within group (order by duration_ms))::int as slow
    from unnest(${keys}::text[]) as wanted (key)
    cross join lateral (
      select duration_ms from job_tasks
      where playbook = ${playbook} and key = wanted.key and status = 'succeeded' and duration_ms is not null
      order by ended_at desc limit ${LATEST}
    ) as latest
    group by wanted.key
    having count(*) >= ${ENOUGH}`.execute(reader);
  return new Map(rows.map(({ key, usual, slow }) => [key, { usualMs: usual, slowMs: slow }]));
}
