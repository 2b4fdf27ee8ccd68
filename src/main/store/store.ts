import { mkdirSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { CamelCasePlugin, Kysely, SqliteDialect, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { migrations } from './migrations/index.ts';
import type { StoreTables } from './schema.ts';

export type Store = Kysely<StoreTables>;

export const STORE_FILE = 'desk.sqlite';

/** The file holds a migration that this program doesn't know: a newer desk has been here. */
export class StoreFromTheFuture extends Error {}

/**
 * Opens the desk's database in a folder, made when missing, and brings it to this version; forward only.
 * Every commit is on the disk before it is answered: what staff see as saved survives a power cut.
 */
export function openStore(folder: string, all: Record<string, Migration> = migrations): Promise<Store> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return openStoreFile(path.join(folder, STORE_FILE), all);
}

export async function openStoreFile(file: string, all: Record<string, Migration> = migrations): Promise<Store> {
  const database = new Database(file);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  const store = new Kysely<StoreTables>({
    dialect: new SqliteDialect({ database }),
    plugins: [new CamelCasePlugin()],
  });
  try {
    await migrate(store, all);
    return store;
  } catch (error) {
    await store.destroy();
    throw error;
  }
}

async function migrate(store: Store, all: Record<string, Migration>): Promise<void> {
  const unknown = (await appliedMigrations(store)).filter((name) => !(name in all));
  if (unknown.length > 0) {
    throw new StoreFromTheFuture(
      `The desk's data was made by a newer version of Comptoir (it has ${unknown.join(', ')}). Start that version, or update this one.`,
    );
  }
  const migrator = new Migrator({ db: store, provider: { getMigrations: async () => all } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}

async function appliedMigrations(store: Store): Promise<string[]> {
  const { rows: tables } = await sql`select 1 from sqlite_master where name = 'kysely_migration'`.execute(store);
  if (tables.length === 0) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(store);
  return rows.map(({ name }) => name);
}
