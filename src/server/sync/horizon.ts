import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Reader } from '../database/connection.ts';
import { fail } from '../http/errors.ts';
import { readSetting } from '../system/settings.ts';

/** PostgreSQL's transactions as they stand. */
export interface Horizon {
  /** Names this very database: a copy, or one brought back from a backup, has another. */
  readonly database: string;
  /** Every transaction below it has ended: what they wrote can be read, and nothing is added to it any more. */
  readonly horizon: string;
  /** No transaction has this number or a higher one yet. */
  readonly next: string;
}

/** The name of the fact, made by migration 0008, that tells this database from all others. */
const IDENTITY = 'database_id';

/**
 * The identity holds what a restore changes: a dump makes new tables, a dump elsewhere has another cluster's identifier,
 * and a recovery to a point in time begins a timeline.
 */
export async function readHorizon(reader: Reader): Promise<Horizon> {
  const { rows } = await sql<{ identity: string; horizon: string; next: string }>`
    select concat_ws(' ', (select system_identifier from pg_control_system()),
        left(pg_walfile_name(pg_current_wal_insert_lsn()), 8),
        (select oid from pg_database where datname = current_database()), 'customers'::regclass::oid) as identity,
      pg_snapshot_xmin(pg_current_snapshot())::text as horizon, pg_snapshot_xmax(pg_current_snapshot())::text as next
    `.execute(reader);
  const [row] = rows;
  if (row === undefined) throw new Error('PostgreSQL did not say where it stands');
  const identity = `${await readSetting(reader, IDENTITY)} ${row.identity}`;
  const database = createHash('sha256').update(identity).digest('base64url').slice(0, 22);
  return { database, horizon: row.horizon, next: row.next };
}

/** Throws cursor_unknown for a cursor of another database or store, or of a future that this database does not have. */
export function refuseForeign(
  cursor: { readonly database: string; readonly store: number },
  known: readonly string[],
  { database, next }: Horizon,
  storeId: number,
): void {
  const isFuture = known.some((xid) => BigInt(xid) > BigInt(next));
  if (cursor.database !== database || cursor.store !== storeId || isFuture) throw fail('cursor_unknown');
}
