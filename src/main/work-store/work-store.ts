import { mkdirSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import type { SyncState } from '#core/contract/desk/work.ts';
import { fail } from '../failures.ts';
import { type Connection, connect, isDamage, type Sql, type Trace } from './connection.ts';
import { migrations } from './migrations/index.ts';
import { finishRebuild, rebuild } from './salvage.ts';

export const WORK_FILE = 'work.sqlite';

type SetAside = NonNullable<SyncState['setAside']>;

export interface WorkStoreOptions {
  readonly now: () => Date;
  /** The damaged file was set aside and what is readable copied into a new one. */
  readonly onSetAside?: (aside: SetAside) => void;
  /** Hears of every statement before it runs. */
  readonly trace?: Trace;
  /** Other migrations than this version's. */
  readonly migrations?: Readonly<Record<string, string>>;
}

/**
 * The outbox, the journal and what belongs to them, in a file of their own. Nothing waits inside: a task runs from begin
 * to end before anything else of this program, so that no other act ever sees half of it.
 */
export interface WorkStore {
  /** Runs a task in one transaction, on the disk when this returns. Throws `not_saved`; then nothing of it was kept. */
  write<T>(task: (sql: Sql) => T): T;
  read<T>(task: (sql: Sql) => T): T;
  readonly now: () => Date;
  /** The damaged file of this run; null when none was. */
  setAside(): SetAside | null;
  close(): void;
}

/** Opens `work.sqlite` in the desk's folder. Throws StoreFromTheFuture; a damaged file is replaced. */
export function openWorkStore(folder: string, options: WorkStoreOptions): WorkStore {
  const { now, trace } = options;
  const steps = options.migrations ?? migrations;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, WORK_FILE);
  let aside: SetAside | null = null;
  finishRebuild(file);

  const replace = (): Connection => {
    const at = now();
    aside = { file: path.basename(rebuild(file, steps, at)), at: at.toISOString(), what: 'work' };
    const opened = connect(file, steps, trace);
    options.onSetAside?.(aside);
    return opened;
  };
  const open = (): Connection => {
    try {
      return connect(file, steps, trace);
    } catch (error) {
      if (!isDamage(error)) throw error;
      return replace();
    }
  };
  let connection: Connection | null = open();
  const current = (): Connection => {
    connection ??= open();
    return connection;
  };

  /** Damage found in use is met as at the start, once; then the task runs on what could be read. */
  const safely = <T>(task: () => T): T => {
    try {
      return task();
    } catch (error) {
      if (!isDamage(error)) throw error;
      connection?.close();
      // Without a new one, for a full disk, the next task tries again.
      connection = null;
      connection = replace();
      return task();
    }
  };
  const inOne = <T>(task: (sql: Sql) => T): T =>
    safely(() =>
      current()
        .db.transaction(() => task(current()))
        .immediate(),
    );
  /** On a full disk the log can't grow, but what is in it may go into the file, and its room be used again. */
  const withRoom = <T>(task: (sql: Sql) => T): T => {
    try {
      return inOne(task);
    } catch (error) {
      if (!isFull(error) || !emptyLog(current())) throw error;
      return inOne(task);
    }
  };
  return {
    now,
    setAside: () => aside,
    read: (task) => safely(() => task(current())),
    write: (task) => {
      try {
        return withRoom(task);
      } catch (error) {
        throw error instanceof Database.SqliteError ? fail('not_saved', { reason: reasonOf(error.code) }) : error;
      }
    },
    close: () => connection?.close(),
  };
}

const isFull = (error: unknown) => error instanceof Database.SqliteError && error.code.startsWith('SQLITE_FULL');

/** False when that can't be done either. */
function emptyLog({ db }: Connection): boolean {
  try {
    const [{ busy } = { busy: 1 }] = db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
    return busy === 0;
  } catch {
    return false;
  }
}

/** Why it was not kept: a code, as staff's words for it are translated by it. */
function reasonOf(code: string): 'disk_full' | 'read_only' | 'disk_error' {
  if (code.startsWith('SQLITE_FULL')) return 'disk_full';
  return /^SQLITE_(READONLY|PERM|CANTOPEN)/.test(code) ? 'read_only' : 'disk_error';
}
