import path from 'node:path';
import BetterSqlite3, { type Database } from 'better-sqlite3';
import { CamelCasePlugin, Kysely, SqliteDialect } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { SyncEntity, SyncPage } from '#core/sync/rows.ts';
import { createEntityWriters, type EntityWriter } from './entities.ts';
import { createMeta, type Meta } from './meta.ts';
import { migrations } from './migrations/index.ts';
import { rowsOf, type SyncTable } from './page.ts';

/** The file holds a migration that this program doesn't know. It can be pulled anew, so nothing is lost with it. */
export class DirectoryFromTheFuture extends Error {}

/** The directory, open for writing; by one thread alone. */
export interface DirectoryFile {
  readonly meta: Meta;
  /**
   * Keeps a page and its cursor in one transaction: after a kill or a full disk either both are there or neither. Returns
   * the entities of which something changed. Throws PageNotUnderstood for a row that is none.
   */
  apply(page: SyncPage, whole: boolean): SyncEntity[];
  close(): void;
}

interface OpenOptions {
  /** Pages that the file may have at most. */
  readonly maxPages?: number | undefined;
}

const CACHE_KIB = 32 * 1024;
/** The log is copied into the file each 16 MiB: less often than usual, for a first pull writes a lot. */
const CHECKPOINT_PAGES = 4_096;

/** Opens the file in a folder, made when missing. Throws DirectoryFromTheFuture, or SQLite's error when it is damaged. */
export async function openDirectoryFile(
  folder: string,
  file: string,
  { maxPages }: OpenOptions = {},
): Promise<DirectoryFile> {
  const database = new BetterSqlite3(path.join(folder, file));
  try {
    database.pragma('journal_mode = WAL');
    // While it is filled a cut of the power may cost the last pages, which central still has; never the file.
    database.pragma('synchronous = NORMAL');
    database.pragma(`cache_size = -${CACHE_KIB}`);
    database.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    await migrate(database);
    if (maxPages !== undefined) database.pragma(`max_page_count = ${maxPages}`);
    return createFile(database);
  } catch (error) {
    database.close();
    throw error;
  }
}

async function migrate(database: Database): Promise<void> {
  // Never destroyed: that would close the connection, which goes on.
  const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database }), plugins: [new CamelCasePlugin()] });
  const unknown = appliedMigrations(database).filter((name) => !(name in migrations));
  if (unknown.length > 0) throw new DirectoryFromTheFuture(`it has ${unknown.join(', ')}`);
  const { error } = await new Migrator({ db, provider: { getMigrations: async () => migrations } }).migrateToLatest();
  if (error !== undefined) throw error;
}

function appliedMigrations(database: Database): string[] {
  const table = database.prepare("select 1 from sqlite_master where name = 'kysely_migration'").get();
  if (table === undefined) return [];
  return database.prepare<[], string>('select name from kysely_migration').pluck().all();
}

function createFile(database: Database): DirectoryFile {
  const meta = createMeta(database);
  let isLasting = false;
  /** What the desk has read here of its share of the stock it acts on, and must read again after a cut of the power. */
  const last = () => {
    if (isLasting || !meta.isWhole()) return;
    database.pragma('synchronous = FULL');
    isLasting = true;
  };
  last();
  const writers = createEntityWriters(database);
  const write = <E extends SyncEntity>(entity: E, table: SyncTable) => {
    const writer: EntityWriter<E> = writers[entity];
    for (const row of rowsOf(entity, table)) writer.keep(row);
    for (const key of table.gone) writer.forget(key);
  };
  const apply = database.transaction((page: SyncPage, whole: boolean) => {
    for (const table of page.tables) write(table.entity, table);
    meta.turn(page, whole);
  });
  return {
    meta,
    apply(page, whole) {
      apply.immediate(page, whole);
      last();
      const touched = page.tables.filter(({ rows, gone }) => rows.length + gone.length > 0);
      return [...new Set(touched.map(({ entity }) => entity))];
    },
    close() {
      // What is in the log goes into the file, which then stands alone.
      if (database.open) database.pragma('wal_checkpoint(TRUNCATE)');
      database.close();
    },
  };
}
