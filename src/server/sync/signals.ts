import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Logger } from 'pino';
import type { Db, Reader } from '../database/connection.ts';
import { createListener } from '../database/listener.ts';
import type { CentralDeps, Part } from '../deps.ts';
import { readHorizon } from './horizon.ts';

/** Said by triggers too (migration 0008) whenever something that desks hold changed. */
const CHANGES = 'comptoir_sync';
const GIVE_BACK = 'comptoir_give_back';
const WITHDRAWN = 'comptoir_desk_withdrawn';
/** A notification carries less than 8,000 bytes: a desk's id and so many items' of at most eleven characters. */
const IDS_AT_ONCE = 600;

/** Tells every central that there is something for desks to pull. For what the triggers do not see. */
export async function notifyChanges(db: Reader): Promise<void> {
  await sql`select pg_notify(${CHANGES}, '')`.execute(db);
}

/**
 * Asks a desk to give items of its share back, wherever it is connected. Goes out when the transaction of `db` commits, so
 * a command that is about to be refused passes `context.db`. A desk that is not connected never hears of it.
 */
export async function askBack(db: Reader, deskId: string, itemIds: readonly number[]): Promise<void> {
  for (let start = 0; start < itemIds.length; start += IDS_AT_ONCE) {
    const payload = `${deskId} ${itemIds.slice(start, start + IDS_AT_ONCE).join(',')}`;
    await sql`select pg_notify(${GIVE_BACK}, ${payload})`.execute(db);
  }
}

/** Tells every central that a desk's credential was withdrawn, once the transaction of `db` commits. */
export async function notifyWithdrawn(db: Reader, deskId: string): Promise<void> {
  await sql`select pg_notify(${WITHDRAWN}, ${deskId})`.execute(db);
}

/** What an open event stream of a desk is called back with. */
export interface DeskListener {
  changes(): void;
  giveBack(itemIds: readonly number[]): void;
  /** Its credential may be dead. */
  doubt(): void;
}

export interface SyncSignals extends Part {
  /** Returns how to end it. */
  subscribe(deskId: string, listener: DeskListener): () => void;
}

const LONGEST_PAUSE_MS = 250;

/**
 * One listening connection for all desks of this central. What a transaction wrote can be pulled once all that began before
 * it have ended, which may be after it was announced: desks are told when there is something, and again until all is there.
 * When the connection was broken, all desks look for changes.
 */
export function createSyncSignals({
  connection,
  db,
  log,
}: Pick<CentralDeps, 'connection' | 'db' | 'log'>): SyncSignals {
  const desks = new Map<string, Set<DeskListener>>();
  const tellAll = () => {
    for (const listeners of desks.values()) for (const listener of listeners) listener.changes();
  };
  const teller = createTeller(db, log, tellAll);
  const giveBack = (payload: string) => {
    const [deskId = '', ids = ''] = payload.split(' ');
    for (const listener of desks.get(deskId) ?? []) listener.giveBack(ids.split(',').map(Number));
  };
  const doubt = (deskId: string) => {
    for (const listener of desks.get(deskId) ?? []) listener.doubt();
  };
  const hearers: Record<string, (payload: string) => void> = {
    [CHANGES]: () => teller.changed(),
    [GIVE_BACK]: giveBack,
    [WITHDRAWN]: doubt,
  };
  const listener = createListener({
    ...{ url: connection.url, log, name: 'comptoir sync', channels: Object.keys(hearers) },
    heard: (channel, payload) => hearers[channel]?.(payload),
    opened: () => teller.changed(),
  });
  return {
    start: () => listener.start(),
    async stop() {
      await listener.stop();
      await teller.stop();
    },
    subscribe(deskId, listener) {
      const listeners = desks.get(deskId) ?? new Set();
      desks.set(deskId, listeners.add(listener));
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0 && desks.get(deskId) === listeners) desks.delete(deskId);
      };
    },
  };
}

/** Tells of changes at each step of the horizon, until it has passed all that ran when the last of them was announced. */
function createTeller(db: Db, log: Logger, tell: () => void) {
  const stopping = new AbortController();
  let isNew = false;
  let running: Promise<void> | undefined;

  const follow = async () => {
    let told = 0n;
    let target = 0n;
    for (let pause = 10; !stopping.signal.aborted; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      const wasNew = isNew;
      isNew = false;
      const { horizon, next } = await readHorizon(db);
      if (wasNew) {
        target = BigInt(next);
        pause = 10;
      }
      if (wasNew || BigInt(horizon) > told) tell();
      told = BigInt(horizon);
      if (told >= target && !isNew) return;
      await delay(isNew ? 0 : pause, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const changed = () => {
    isNew = true;
    running ??= follow()
      .catch((err) => {
        log.warn({ err }, 'how far changes can be pulled is not known right now');
        tell();
      })
      .finally(() => {
        running = undefined;
        if (isNew && !stopping.signal.aborted) changed();
      });
  };
  return {
    changed,
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
