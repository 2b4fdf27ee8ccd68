import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from 'pino';
import type { Part } from '../deps.ts';

export interface ListenerOptions {
  readonly url: string;
  readonly log: Logger;
  /** What the connection calls itself in pg_stat_activity. */
  readonly name: string;
  /** Names of our own, safe in SQL as they are. */
  readonly channels: readonly string[];
  heard(channel: string, payload: string): void;
  /** Called when the connection stands, at first and after it broke: what was said meanwhile is lost. */
  opened(): void;
}

const LONGEST_WAIT_MS = 2_000;

/** One connection that listens to PostgreSQL's notifications and is opened again when it breaks. */
export function createListener({ url, log, name, channels, heard, opened }: ListenerOptions): Part {
  const ended = new AbortController();
  let client: pg.Client | undefined;
  let reviving: Promise<void> = Promise.resolve();

  const open = async () => {
    const fresh = new pg.Client({ connectionString: url, keepAlive: true, application_name: name });
    const broken = new Promise<void>((resolve) => {
      fresh.on('error', () => resolve());
      fresh.on('end', () => resolve());
    });
    fresh.on('notification', ({ channel, payload }) => heard(channel, payload ?? ''));
    try {
      await fresh.connect();
      await fresh.query(channels.map((channel) => `listen ${channel}`).join(';'));
    } catch (error) {
      await fresh.end().catch(() => undefined);
      throw error;
    }
    client = fresh;
    void broken.then(() => {
      reviving = revive();
    });
    opened();
  };
  const revive = async () => {
    for (let wait = 100; !ended.signal.aborted; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
      try {
        return await open();
      } catch (err) {
        log.warn({ err, name }, 'notifications can not be listened to right now');
      }
      await delay(wait, undefined, { signal: ended.signal }).catch(() => undefined);
    }
  };
  return {
    start: open,
    async stop() {
      ended.abort();
      await reviving;
      await client?.end().catch(() => undefined);
    },
  };
}
