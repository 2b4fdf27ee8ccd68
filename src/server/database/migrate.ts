import { sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import type { Db } from './connection.ts';
import { migrations } from './migrations/index.ts';

/** The database holds a migration this program doesn't know: a newer central has been here. */
export class DatabaseFromTheFuture extends Error {}

/**
 * Brings the database to this program's version; forward only. Several centrals may start at once: Kysely's migrator
 * takes an advisory lock. Throws DatabaseFromTheFuture, or the error of the migration that failed.
 */
export async function migrate(db: Db, all: Record<string, Migration> = migrations): Promise<string[]> {
  await refuseFuture(db, all);
  const migrator = new Migrator({ db, provider: { getMigrations: async () => all } });
  const { error, results = [] } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
  return results.map(({ migrationName }) => migrationName);
}

async function refuseFuture(db: Db, all: Record<string, Migration>): Promise<void> {
  const { rows: tables } = await sql<{ found: boolean }>`
    select to_regclass('kysely_migration') is not null as found`.execute(db);
  if (!tables[0]?.found) return;
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  const unknown = rows.filter(({ name }) => !(name in all)).map(({ name }) => name);
  if (unknown.length > 0) {
    throw new DatabaseFromTheFuture(
      `The database was made by a newer version of Comptoir (it has ${unknown.join(', ')}). Start that version, or restore a backup.`,
    );
  }
}
