import { createHash, randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { sql } from 'kysely';
import type { Logger } from 'pino';
import type { Db } from '../database/connection.ts';

/** A central's right to work on jobs, kept alive by heartbeats. */
export interface Lease {
  /** Of this process. */
  readonly boot: string;
  /** Changes when the lease was lost and taken anew. */
  id(): string;
  /** Aborts when the lease is lost: long before others take the jobs over, so that nothing is done twice at once. */
  lost(): AbortSignal;
  start(): Promise<void>;
  /** Lets the jobs go to others at once. */
  stop(): Promise<void>;
}

export interface LeaseOptions {
  readonly heartbeatMs: number;
  readonly silenceMs: number;
}

/** Which machine, and which of its process tables: a process id means something only there. */
export function machineId(): string {
  const parts = [hostname(), readOr(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim())];
  parts.push(readOr(() => readlinkSync('/proc/self/ns/pid')));
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 16);
}

function readOr(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}

/** A central that could not beat for this part of the silence that costs it its jobs stops working on them by itself. */
const GIVE_UP_AFTER = 0.7;

export function createLease(db: Db, log: Logger, { heartbeatMs, silenceMs }: LeaseOptions): Lease {
  const boot = randomUUID();
  const machine = machineId();
  let id: string = boot;
  let lost = new AbortController();
  let lastBeat = performance.now();
  let timer: NodeJS.Timeout | undefined;
  let beating: Promise<void> | undefined;

  const register = async () => {
    await db.insertInto('executors').values({ id, boot, machine, pid: process.pid }).execute();
    lastBeat = performance.now();
  };
  const beat = async () => {
    const asked = performance.now();
    const { numUpdatedRows } = await db
      .updateTable('executors')
      .set({ beatAt: sql<Date>`now()` })
      .where('id', '=', id)
      .executeTakeFirst();
    if (numUpdatedRows === 1n && !lost.signal.aborted) {
      lastBeat = asked;
      return;
    }
    // Too late, or counted out by another central: what ran under the old name is over.
    lost.abort();
    const gone = id;
    id = randomUUID();
    await register();
    await db.deleteFrom('executors').where('id', '=', gone).execute();
    lost = new AbortController();
    log.warn({ executor: id }, 'the lease was lost and taken anew');
  };
  const tick = () => {
    if (performance.now() - lastBeat > silenceMs * GIVE_UP_AFTER && !lost.signal.aborted) {
      log.warn('no heartbeat reached the database for too long; this central lets its jobs go');
      lost.abort();
    }
    beating ??= beat()
      .catch((err) => log.warn({ err }, 'heartbeat failed'))
      .finally(() => {
        beating = undefined;
      });
  };
  return {
    boot,
    id: () => id,
    lost: () => lost.signal,
    async start() {
      await register();
      timer = setInterval(tick, heartbeatMs);
    },
    async stop() {
      clearInterval(timer);
      await beating;
      lost.abort();
      await db
        .deleteFrom('executors')
        .where('boot', '=', boot)
        .execute()
        .catch((err) => log.warn({ err }, 'the lease could not be given back'));
    },
  };
}
