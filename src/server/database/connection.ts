import { CamelCasePlugin, Kysely, PostgresDialect, type Transaction } from 'kysely';
import pg from 'pg';
import type { Database } from './schema.ts';

/** Reads and writes outside a transaction. Command handlers get a `Tx` instead and must not reach for this one. */
export type Db = Kysely<Database>;
export type Tx = Transaction<Database>;
/** Either: for reading functions, which run inside a command as well as outside. */
export type Reader = Db | Tx;

// Sums and ids fit a JavaScript number: amounts are minor units, ids are integers.
const INT8 = 20;
pg.types.setTypeParser(INT8, (text) => Number(text));

export interface Connection {
  readonly url: string;
  readonly db: Db;
  readonly pool: pg.Pool;
  close(): Promise<void>;
}

/** How long a request may wait for a connection, a statement or a lock before it is answered `unavailable`. */
const limits = {
  connectionTimeoutMillis: 5_000,
  statement_timeout: 60_000,
  lock_timeout: 20_000,
  idle_in_transaction_session_timeout: 60_000,
  // PostgreSQL itself ends what takes too long; this is for one that does not answer at all any more.
  query_timeout: 65_000,
};

/** For building an index over everything, for example: only reaching the server is limited. */
const patient = { connectionTimeoutMillis: limits.connectionTimeoutMillis };

/**
 * Opens a pool of at most `max` connections. Column names are snake_case in SQL and camelCase in code. `isPatient` is for
 * work that may take its time.
 */
export function connect(url: string, max = 20, isPatient = false): Connection {
  const pool = new pg.Pool({ connectionString: url, max, keepAlive: true, ...(isPatient ? patient : limits) });
  // An idle connection that breaks (PostgreSQL restarted) is dropped from the pool; without a listener it would end the process.
  pool.on('error', () => undefined);
  // The same for one that breaks while it is in use, between two queries: the next query tells.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const db = new Kysely<Database>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });
  return { url, db, pool, close: () => db.destroy() };
}
