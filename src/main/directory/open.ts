import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { CamelCasePlugin, type DatabaseConnection, type Driver, Kysely, SqliteDialect } from 'kysely';
import type { DirectoryTables } from './schema.ts';

export const DIRECTORY_FILE = 'directory.sqlite';

/** The directory as the main thread sees it: it can't write. */
export type DirectoryReader = Pick<Kysely<DirectoryTables>, 'selectFrom' | 'getExecutor' | 'destroy'>;

const CACHE_KIB = 8 * 1024;

/**
 * Opens the directory in the desk's folder for reading; the worker writes it at the same time. Throws when there is none.
 * It is closed and opened again when the directory is rebuilt, so nobody keeps it: ask `Directory.reader()` each time.
 */
export function openDirectoryReader(folder: string): DirectoryReader {
  return openForReading(folder, () => undefined).reader;
}

/** The same, with the way to close it at any time; `failed` hears of every query that fails. */
export function openForReading(
  folder: string,
  failed: (error: unknown) => void,
): { readonly reader: DirectoryReader; close(): void } {
  const database = new Database(path.join(folder, DIRECTORY_FILE), { readonly: true, fileMustExist: true });
  database.pragma('query_only = ON');
  database.pragma(`cache_size = -${CACHE_KIB}`);
  const reader = new Kysely<DirectoryTables>({
    dialect: new GivingWayDialect({ database }),
    plugins: [new CamelCasePlugin()],
    log: (event) => {
      if (event.level === 'error') failed(event.error);
    },
  });
  return { reader, close: () => void database.close() };
}

/** A read of several questions takes the main thread for so long at most, before scans, keys and answers have their turn. */
const TURN_MS = 4;

/** A single question takes a moment; a search has a dozen, and would hold up whatever waits behind all of them. */
class GivingWayDialect extends SqliteDialect {
  override createDriver(): Driver {
    const driver = super.createDriver();
    const acquire = driver.acquireConnection.bind(driver);
    /** When questions began in this turn of the event loop; null in one that has had none. */
    let began: number | null = null;
    driver.acquireConnection = async () => {
      const connection = await acquire();
      return {
        async executeQuery(query) {
          if (began !== null && performance.now() - began > TURN_MS) await nextTurn();
          if (began === null) {
            began = performance.now();
            setImmediate(() => {
              began = null;
            });
          }
          return connection.executeQuery(query);
        },
        streamQuery: connection.streamQuery.bind(connection),
      } satisfies DatabaseConnection;
    };
    return driver;
  }
}
