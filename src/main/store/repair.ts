import { existsSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import type { SyncState } from '#core/contract/desk/work.ts';
import type { Log } from '../log.ts';
import { isDamage } from '../work-store/connection.ts';
import { beginRebuild, copyTable, endRebuild, finishRebuild } from '../work-store/salvage.ts';
import { openStore, openStoreFile, STORE_FILE, type Store } from './store.ts';

export type SetAside = NonNullable<SyncState['setAside']>;

const tables = [
  'draft',
  'draft_set_aside',
  'setting',
  'known_job',
  'staff_member',
  'session',
  'enrolment',
  'ended_sign_in',
];

/**
 * Opens the desk's database. A damaged one is set aside and replaced by a new one with everything that can be read of it:
 * the desk opens in any case, and says so. Throws StoreFromTheFuture.
 */
export async function openOrRepairStore(
  folder: string,
  now: () => Date,
  log: Log,
): Promise<{ store: Store; setAside: SetAside | null }> {
  const file = path.join(folder, STORE_FILE);
  finishRebuild(file);
  try {
    if (isWhole(file)) return { store: await openStore(folder), setAside: null };
  } catch (error) {
    if (!isDamage(error)) throw error;
  }
  const at = now();
  const aside = path.basename(await rebuild(file, at));
  log.error({ file: aside }, 'the desk’s database was damaged; it is set aside and what was readable goes on');
  return { store: await openStore(folder), setAside: { file: aside, at: at.toISOString(), what: 'desk' } };
}

function isWhole(file: string): boolean {
  if (!existsSync(file)) return true;
  const database = new Database(file);
  try {
    return database.pragma('quick_check(1)', { simple: true }) === 'ok';
  } finally {
    database.close();
  }
}

/** Also one that was stopped half-way is done again, for the damaged file stays in its place until the end. */
async function rebuild(file: string, at: Date): Promise<string> {
  const { aside, reading, rebuilding } = beginRebuild(file, at);
  await (await openStoreFile(rebuilding)).destroy();
  const target = new Database(rebuilding);
  try {
    const source = new Database(reading);
    try {
      target.transaction(() => {
        for (const table of tables) copyTable(source, target, table);
      })();
    } finally {
      source.close();
    }
    target.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    target.close();
  }
  endRebuild(file);
  return aside;
}
