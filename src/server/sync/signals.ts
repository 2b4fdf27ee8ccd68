import { sql } from 'kysely';
import type { Logger } from 'pino';
import type { Reader } from '../database/connection.ts';
import { createListener } from '../database/listener.ts';
import type { Part } from '../deps.ts';

/** Said by triggers too (migration 0008) whenever something that desks hold changed. */
const CHANGES = 'comptoir_sync';
const GIVE_BACK = 'comptoir_give_back';
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

/** What an open event stream of a desk is called back with. */
export interface DeskListener {
  changes(): void;
  giveBack(itemIds: readonly number[]): void;
}

export interface SyncSignals extends Part {
  /** Returns how to end it. */
  subscribe(deskId: string, listener: DeskListener): () => void;
}

/** One listening connection for all desks of this central. When it was broken, all desks look for changes. */
export function createSyncSignals(databaseUrl: string, log: Logger): SyncSignals {
  const desks = new Map<string, Set<DeskListener>>();
  const tellAll = () => {
    for (const listeners of desks.values()) for (const listener of listeners) listener.changes();
  };
  const giveBack = (payload: string) => {
    const [deskId = '', ids = ''] = payload.split(' ');
    for (const listener of desks.get(deskId) ?? []) listener.giveBack(ids.split(',').map(Number));
  };
  const connection = createListener({
    ...{ url: databaseUrl, log, name: 'comptoir sync', channels: [CHANGES, GIVE_BACK] },
    heard: (channel, payload) => (channel === CHANGES ? tellAll() : giveBack(payload)),
    opened: tellAll,
  });
  return {
    start: () => connection.start(),
    stop: () => connection.stop(),
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
