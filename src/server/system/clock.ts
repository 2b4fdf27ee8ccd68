import { sql } from 'kysely';
import type { Clock } from '../context.ts';
import type { Db } from '../database/connection.ts';
import { readSetting } from './settings.ts';

const OFFSET = 'clock_offset_ms';
const REFRESH_MS = 1_000;

/** Central's time, which a demo can move forward for all centrals of one database. */
export interface MovableClock extends Clock {
  /** Moves it forward; others on the same database follow within a second. */
  advance(seconds: number): Promise<Date>;
  /** Takes over what another central moved. */
  refresh(): Promise<void>;
  close(): void;
}

/** `follow` keeps reading what others moved; only a demo needs that. */
export async function openClock(db: Db, follow: boolean): Promise<MovableClock> {
  let offset = 0;
  const refresh = async () => {
    offset = Number((await readSetting(db, OFFSET)) ?? 0);
  };
  await refresh();
  const timer = follow ? setInterval(() => refresh().catch(() => undefined), REFRESH_MS).unref() : undefined;
  const now = () => new Date(Date.now() + offset);
  return {
    now,
    refresh,
    async advance(seconds) {
      const step = Math.round(seconds * 1000);
      const { rows } = await sql<{ value: number }>`
        insert into settings (key, value) values (${OFFSET}, to_jsonb(${step}::bigint))
        on conflict (key) do update set value = to_jsonb((settings.value)::bigint + ${step}::bigint)
        returning value`.execute(db);
      offset = Number(rows[0]?.value ?? 0);
      return now();
    },
    close: () => clearInterval(timer),
  };
}
