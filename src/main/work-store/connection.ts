import Database from 'better-sqlite3';
import { StoreFromTheFuture } from '../store/store.ts';

/** SQL on one connection; statements are prepared once. */
export interface Sql {
  /** How many rows it changed. */
  run(sql: string, ...values: readonly unknown[]): number;
  get<T>(sql: string, ...values: readonly unknown[]): T | undefined;
  all<T>(sql: string, ...values: readonly unknown[]): T[];
}

export interface Connection extends Sql {
  readonly db: Database.Database;
  close(): void;
}

/** The file is not whole: it is set aside, and what can be read of it is copied into a new one. */
export class Damaged extends Error {}

export function isDamage(error: unknown): boolean {
  if (error instanceof Damaged) return true;
  return error instanceof Database.SqliteError && /^SQLITE_(CORRUPT|NOTADB)/.test(error.code);
}

/** Hears of every statement before it runs. */
export type Trace = (sql: unknown) => void;

/**
 * Opens the file for writing and brings it to this version. Every commit is on the disk before it is answered. Throws
 * Damaged (or SQLite's own word for it) and StoreFromTheFuture.
 */
export function connect(file: string, migrations: Readonly<Record<string, string>>, trace?: Trace): Connection {
  const db = new Database(file, { verbose: trace });
  try {
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    // macOS: a plain fsync stops at the disk's own cache.
    db.pragma('fullfsync = ON');
    refuseTheFuture(db, migrations);
    const found = db.pragma('quick_check(1)', { simple: true });
    if (found !== 'ok') throw new Damaged(String(found));
    migrate(db, migrations);
    return withStatements(db);
  } catch (error) {
    db.close();
    throw error;
  }
}

/** For those who only look, also while the desk runs. */
export function connectToRead(file: string, migrations: Readonly<Record<string, string>>): Connection {
  const db = new Database(file, { readonly: true, fileMustExist: true });
  try {
    refuseTheFuture(db, migrations);
    return withStatements(db);
  } catch (error) {
    db.close();
    throw error;
  }
}

function withStatements(db: Database.Database): Connection {
  const prepared = new Map<string, Database.Statement>();
  const statement = (sql: string) => {
    const known = prepared.get(sql) ?? db.prepare(sql);
    prepared.set(sql, known);
    return known;
  };
  return {
    db,
    run: (sql, ...values) => statement(sql).run(...values).changes,
    get: <T>(sql: string, ...values: readonly unknown[]) => statement(sql).get(...values) as T | undefined,
    all: <T>(sql: string, ...values: readonly unknown[]) => statement(sql).all(...values) as T[],
    close: () => void db.close(),
  };
}

function appliedMigrations(db: Database.Database): string[] {
  const table = db.prepare(`select 1 from sqlite_master where type = 'table' and name = 'migration'`).get();
  return table === undefined ? [] : (db.prepare('select name from migration').pluck().all() as string[]);
}

function refuseTheFuture(db: Database.Database, migrations: Readonly<Record<string, string>>): void {
  const unknown = appliedMigrations(db).filter((name) => !(name in migrations));
  if (unknown.length === 0) return;
  throw new StoreFromTheFuture(
    `The desk's outbox and journal were made by a newer version of Comptoir (they have ${unknown.join(', ')}). Start that version, or update this one.`,
  );
}

function migrate(db: Database.Database, migrations: Readonly<Record<string, string>>): void {
  const applied = new Set(appliedMigrations(db));
  const missing = Object.entries(migrations).filter(([name]) => !applied.has(name));
  if (missing.length === 0) return;
  const runAll = db.transaction(() => {
    db.exec('create table if not exists migration (name text primary key)');
    for (const [name, sql] of missing) {
      db.exec(sql);
      db.prepare('insert into migration (name) values (?)').run(name);
    }
  });
  runAll.immediate();
}
