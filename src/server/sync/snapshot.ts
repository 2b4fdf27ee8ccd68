import { sql } from 'kysely';
import { type SyncEntity, syncEntities } from '#core/sync/rows.ts';
import type { CallingDesk, QueryContext } from '../context.ts';
import type { Db } from '../database/connection.ts';
import { readCursor, type SnapshotCursor, snapshotCursorSchema, writeCursor } from './cursor.ts';
import { entitySql, type Viewpoint } from './entities.ts';
import { readHorizon, refuseForeign } from './horizon.ts';
import { isFull, type PageSizes, type PageText, pageSizes, type TableText } from './page.ts';

/**
 * A page of everything a desk holds, entity by entity, by key. The horizon is taken before the first row is read, so what
 * changes while the pages are read is among the changes from there on. Throws cursor_unknown.
 */
export async function snapshotPage(
  { db, clock }: Pick<QueryContext, 'db' | 'clock'>,
  { storeId }: Pick<CallingDesk, 'storeId'>,
  cursor?: string,
  sizes: PageSizes = pageSizes,
): Promise<PageText> {
  const now = clock.now();
  const view = { storeId, now };
  const start = await startOf(db, view, cursor);
  const tables: TableText[] = [];
  let at: SnapshotCursor | null = start;
  while (at !== null && !isFull(tables, sizes)) {
    const slice: Slice = await readSlice(db, view, at, sizes.rows(at.entity));
    if (slice.count > 0) tables.push({ entity: at.entity, rows: slice.rows, gone: '[]' });
    at = follow(at, slice, sizes.rows(at.entity));
  }
  return { tables, ...whereItIs(start, at), at: now.toISOString() };
}

function whereItIs(
  start: SnapshotCursor,
  at: SnapshotCursor | null,
): Pick<PageText, 'cursor' | 'complete' | 'progress'> {
  if (at !== null) {
    const { done, total } = at;
    return { cursor: writeCursor(at), complete: false, progress: { done, total: Math.max(total, done + 1) } };
  }
  const { v, database, store, horizon } = start;
  const next = { v, database, store, kind: 'changes' as const, from: horizon, at: null };
  return { cursor: writeCursor(next), complete: true, progress: { done: start.total, total: start.total } };
}

async function startOf(db: Db, view: Viewpoint, text: string | undefined): Promise<SnapshotCursor> {
  const standing = await readHorizon(db);
  if (text !== undefined) {
    const cursor = readCursor(snapshotCursorSchema, text);
    refuseForeign(cursor, [cursor.horizon], standing, view.storeId);
    return cursor;
  }
  const { database, horizon } = standing;
  const total = await estimateTotal(db, view);
  const position = { entity: 'stores' as const, key: null, done: 0, total };
  return { v: 1, kind: 'snapshot', database, store: view.storeId, horizon, ...position };
}

interface Slice {
  readonly rows: string;
  readonly count: number;
  readonly last: number | string | null;
}

async function readSlice(db: Db, view: Viewpoint, { entity, key }: SnapshotCursor, limit: number): Promise<Slice> {
  const { table, key: keyName, visible, joins, row } = entitySql[entity];
  const keyColumn = sql.ref(`e.${keyName}`);
  const after = key === null ? sql`` : sql`and ${keyColumn} > ${key}`;
  const { rows } = await sql<Slice>`
    select coalesce(string_agg(made.row, ','), '') as rows, count(*)::integer as count, max(made.key) as last
    from (
      select ${keyColumn} as key, ${row}::text as row
      from (select * from ${table} e where ${visible(view)} ${after} order by ${keyColumn} limit ${limit}) e
      ${joins(view)}
    ) made`.execute(db);
  return rows[0] ?? { rows: '', count: 0, last: null };
}

/** To the next row of the entity, else to the next entity; null behind the last. */
function follow(at: SnapshotCursor, { count, last }: Slice, limit: number): SnapshotCursor | null {
  const done = at.done + count;
  if (count === limit) return { ...at, key: last, done };
  const entity: SyncEntity | undefined = syncEntities[syncEntities.indexOf(at.entity) + 1];
  return entity === undefined ? null : { ...at, entity, key: null, done };
}

/** About how many rows there are, for a progress bar: the large tables as PostgreSQL last counted them. */
async function estimateTotal(db: Db, view: Viewpoint): Promise<number> {
  const counted = syncEntities.map((entity) => (large.includes(entity) ? estimate(entity) : count(entity, view)));
  const { rows } = await sql<{ total: number }>`
    select (${sql.join(counted, sql` + `)})::integer as total`.execute(db);
  return rows[0]?.total ?? 0;
}

const large: readonly SyncEntity[] = ['customers', 'contacts', 'sites', 'services'];

const count = (entity: SyncEntity, view: Viewpoint) =>
  sql`(select count(*) from ${entitySql[entity].table} e where ${entitySql[entity].visible(view)})`;

// A table that was never analysed is counted as -1.
function estimate(entity: SyncEntity) {
  const { table } = entitySql[entity];
  return sql`(select case when reltuples < 0 then (select count(*) from ${table}) else reltuples::bigint end
    from pg_class where oid = ${sql.lit(entity)}::regclass)`;
}
