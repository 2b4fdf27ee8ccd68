import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { connect, isDamage } from './connection.ts';

/** What `copyReadable` copies; tables that only this version has are made by its migrations. */
const tables = [
  'outbox',
  'outbox_set_aside',
  'journal',
  'local_number',
  'local_hold',
  'given_back',
  'counter',
] as const;

/** SQLite's own files beside a database. */
const companions = ['-wal', '-shm'];

/**
 * Replaces a damaged file by a new one with everything that can be read of it, and keeps the damaged one under the name
 * returned. Whatever moment it is stopped at, the next start finishes it (`finishRebuild`) or does it again:
 * the original stays in its place until its successor is whole.
 */
export function rebuild(file: string, migrations: Readonly<Record<string, string>>, now: Date): string {
  const { aside, reading, rebuilding } = beginRebuild(file, now);
  copyReadable(reading, rebuilding, migrations);
  endRebuild(file);
  return aside;
}

/** Keeps the damaged file as it is under `aside`, and makes room: what can be read of `reading` goes into `rebuilding`. */
export function beginRebuild(file: string, now: Date) {
  const aside = `${file}.damaged-${now.toISOString().replace(/[:.]/g, '')}`;
  for (const end of ['', '-wal']) if (existsSync(file + end)) copyFileSync(file + end, aside + end);
  const rebuilding = `${file}.rebuilding`;
  removeDatabase(rebuilding);
  // A copy of the copy is read: reading may change a database, and the damaged one is kept as it was.
  const reading = `${file}.reading`;
  removeDatabase(reading);
  for (const end of ['', '-wal']) if (existsSync(aside + end)) copyFileSync(aside + end, reading + end);
  return { aside, reading, rebuilding };
}

/** The successor is whole and closed: it takes the file's place. */
export function endRebuild(file: string): void {
  removeDatabase(`${file}.reading`);
  renameSync(`${file}.rebuilding`, `${file}.rebuilt`);
  finishRebuild(file);
}

/** A successor that is whole takes its place; leftovers of one that is not are removed. */
export function finishRebuild(file: string): void {
  for (const leftover of [`${file}.rebuilding`, `${file}.reading`]) removeDatabase(leftover);
  if (!existsSync(`${file}.rebuilt`)) return;
  // Before the new file is there, or SQLite would apply the old one's log to it.
  for (const end of companions) rmSync(file + end, { force: true });
  renameSync(`${file}.rebuilt`, file);
}

function removeDatabase(file: string): void {
  for (const end of ['', ...companions]) rmSync(file + end, { force: true });
}

function copyReadable(from: string, to: string, migrations: Readonly<Record<string, string>>): void {
  const target = connect(to, migrations);
  try {
    const source = new Database(from);
    try {
      target.db.transaction(() => {
        for (const table of tables) copyTable(source, target.db, table);
      })();
    } finally {
      source.close();
    }
    target.db.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    target.close();
  }
}

type Row = Record<string, unknown>;

/** Copies the rows that can still be read; a row that is no row of this version is left out. */
export function copyTable(source: Database.Database, target: Database.Database, table: string): void {
  const columns = target.prepare('select name from pragma_table_info(?)').pluck().all(table) as string[];
  const insert = target.prepare(
    `insert or ignore into ${table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`,
  );
  for (const row of readableRows(source, table)) {
    try {
      insert.run(...columns.map((column) => row[column] ?? null));
    } catch (error) {
      // A row that lost what it can't be without.
      if (!(error instanceof Database.SqliteError)) throw error;
    }
  }
}

const LOWEST = -9_007_199_254_740_991;
const HIGHEST = 9_007_199_254_740_991;
const MOST_SKIPPED = 20_000;

/** Rows from both ends up to what can't be read, then one by one those between. No index is trusted. */
function readableRows(source: Database.Database, table: string): Row[] {
  const one = `select rowid as at, * from ${table} not indexed`;
  const up = walk(source, `${one} where rowid > ? order by rowid limit 1`, LOWEST);
  if (up.ended) return up.rows;
  const down = walk(source, `${one} where rowid < ? order by rowid desc limit 1`, HIGHEST, up.last);
  if (down.ended) return [...up.rows, ...down.rows.reverse()];
  // With no end in sight it is looked for where ids begin.
  const from = up.rows.length > 0 ? up.last + 1 : down.rows.length > 0 ? down.last - MOST_SKIPPED : 1;
  const to = Math.min(down.rows.length > 0 ? down.last : Number.POSITIVE_INFINITY, from + MOST_SKIPPED);
  const between: Row[] = [];
  const statement = tried(() => source.prepare(`${one} where rowid = ?`)) as Database.Statement | 'damaged';
  for (let id = from; id < to && statement !== 'damaged'; id += 1) {
    const row = tried(() => statement.get(id));
    if (row !== undefined && row !== 'damaged') between.push(row as Row);
  }
  return [...up.rows, ...between, ...down.rows.reverse()];
}

interface Walk {
  readonly rows: Row[];
  readonly last: number;
  readonly ended: boolean;
}

/** Row after row, up or down. A damaged tree may lead in circles: a row that is no further on is damage too. */
function walk(source: Database.Database, sql: string, start: number, until?: number): Walk {
  const rows: Row[] = [];
  const isUp = start === LOWEST;
  let last = start;
  for (;;) {
    const at = last;
    const row = tried(() => source.prepare(sql).get(at)) as (Row & { at: number }) | undefined | 'damaged';
    if (row === undefined) return { rows, last, ended: true };
    const isOnward = row !== 'damaged' && (isUp ? row.at > at : row.at < at);
    if (row === 'damaged' || !isOnward) return { rows, last, ended: false };
    if (until !== undefined && row.at <= until) return { rows, last, ended: true };
    last = row.at;
    rows.push(row);
  }
}

function tried(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    if (isDamage(error) || error instanceof Database.SqliteError) return 'damaged';
    throw error;
  }
}
