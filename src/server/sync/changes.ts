import { type RawBuilder, sql } from 'kysely';
import type { CallingDesk, QueryContext } from '../context.ts';
import type { Db } from '../database/connection.ts';
import { type ChangesCursor, changesCursorSchema, readCursor, writeCursor } from './cursor.ts';
import { entitySql, type Viewpoint } from './entities.ts';
import { readHorizon, refuseForeign } from './horizon.ts';
import { isFull, type PageSizes, type PageText, pageSizes, type TableText } from './page.ts';
import { type Source, sources } from './sources.ts';

/** From one transaction, included, to another, which is not. */
interface Range {
  readonly from: string;
  readonly horizon: string;
}

/** The last row of a source that was sent. */
type After = { readonly xid: string; readonly key: number | string } | null;

/**
 * What changed after a cursor: the rows written by transactions from the cursor's up to the horizon, as they are now. All
 * of those have ended, so none can appear later; what is written while the pages are read is above the horizon, and comes
 * with the next changes. Throws cursor_unknown.
 */
export async function changesPage(
  { db, clock }: Pick<QueryContext, 'db' | 'clock'>,
  { storeId }: Pick<CallingDesk, 'storeId'>,
  text: string,
  sizes: PageSizes = pageSizes,
): Promise<PageText> {
  const now = clock.now();
  const view = { storeId, now };
  const cursor = readCursor(changesCursorSchema, text);
  const standing = await readHorizon(db);
  refuseForeign(cursor, [cursor.from, cursor.at?.horizon ?? '0'], standing, storeId);
  const range = { from: cursor.from, horizon: cursor.at?.horizon ?? standing.horizon };
  const { tables, at } = await readChanges({ db, view, range, sizes }, cursor.at);
  const next: ChangesCursor = at
    ? { ...cursor, at: { ...at, horizon: range.horizon } }
    : { ...cursor, from: later(range), at: null };
  // After several pages there may be more again, above the horizon that the first of them had.
  const complete = at === null && cursor.at === null;
  return { tables, cursor: writeCursor(next), complete, progress: null, at: now.toISOString() };
}

/** A horizon never goes back in one database; this is for a cursor that has it already. */
const later = ({ from, horizon }: Range) => (BigInt(horizon) > BigInt(from) ? horizon : from);

type Position = { readonly source: string } & NonNullable<After>;

/** What the slices of one page have in common. */
interface Pull {
  readonly db: Db;
  readonly view: Viewpoint;
  readonly range: Range;
  readonly sizes: PageSizes;
}

async function readChanges(pull: Pull, start: Position | null) {
  const { db, view, range, sizes } = pull;
  const tables: TableText[] = [];
  if (BigInt(range.from) >= BigInt(range.horizon)) return { tables, at: null };
  const first = start === null ? 0 : sources.findIndex(({ name }) => name === start.source);
  const left = sources.slice(Math.max(first, 0));
  const changed = await whichChanged(db, view, range, left);
  for (const source of left.filter(({ name }) => changed.has(name))) {
    let after: After = start?.source === source.name ? start : null;
    do {
      const slice: Slice = await readSlice(pull, source, after);
      if (slice.rows !== '' || slice.gone !== '[]') tables.push({ entity: source.entity, ...slice });
      after = slice.after;
      if (after !== null && isFull(tables, sizes)) return { tables, at: { source: source.name, ...after } };
    } while (after !== null);
  }
  return { tables, at: null };
}

/** Most of them have not, most of the time: one look at the ends of their indexes tells. */
async function whichChanged(db: Db, view: Viewpoint, range: Range, among: readonly Source[]): Promise<Set<string>> {
  const looks = among.map(
    ({ table, xid, only }) => sql`exists (select from ${table} c where ${only(view)} and ${within(xid, range)})`,
  );
  const { rows } = await sql<{ changed: boolean[] }>`select array[${sql.join(looks)}] as changed`.execute(db);
  return new Set(among.filter((_, index) => rows[0]?.changed[index]).map(({ name }) => name));
}

const within = (xid: RawBuilder<unknown>, { from, horizon }: Range) =>
  sql`${xid} >= ${from}::xid8 and ${xid} < ${horizon}::xid8`;

interface Slice extends Omit<TableText, 'entity'> {
  /** Null when the source is read to its end. */
  readonly after: After;
}

async function readSlice({ db, view, range, sizes }: Pull, source: Source, after: After): Promise<Slice> {
  const { table, key, visible, joins, row } = entitySql[source.entity];
  const limit = sizes.rows(source.entity);
  const entityKey = sql.ref(`e.${key}`);
  const { rows } = await sql<{ rows: string; gone: string; count: number; xid: string; key: number | string }>`
    with changed as materialized (${changedKeys(view, range, source, after, limit)}),
    made as (
      select k.key, ${entityKey} is not null as present, ${row}::text as row
      from (select distinct key from changed) k
      left join ${table} e on ${entityKey} = k.key and ${visible(view)}
      ${joins(view)}
    )
    select coalesce(string_agg(row, ',') filter (where present), '') as rows,
      coalesce(json_agg(made.key) filter (where not present), '[]')::text as gone,
      (select count(*)::integer from changed) as count, last.xid::text as xid, last.key
    from made, (select xid, key from changed order by xid desc, key desc limit 1) last group by last.xid, last.key
    `.execute(db);
  const [slice] = rows;
  if (slice === undefined) return { rows: '', gone: '[]', after: null };
  const isMore = slice.count === limit;
  return { rows: slice.rows, gone: slice.gone, after: isMore ? { xid: slice.xid, key: slice.key } : null };
}

function changedKeys(view: Viewpoint, range: Range, source: Source, after: After, limit: number) {
  const { table, xid, key, only, joins } = source;
  const behind = after === null ? sql`` : sql`and (${xid}, ${key}) > (${after.xid}::xid8, ${after.key})`;
  return sql`
    select ${xid} as xid, ${key} as key from ${table} c ${joins(view)}
    where ${only(view)} and ${within(xid, range)} ${behind} ${spared(source, range)}
    order by 1, 2 limit ${limit}`;
}

/** A row that changed itself was sent already. */
function spared({ entity, isOwn, name, key }: Source, range: Range) {
  if (isOwn || name.endsWith('<sync_marks')) return sql``;
  const { table, key: entityKey } = entitySql[entity];
  return sql`and not exists (
    select from ${table} self where ${sql.ref(`self.${entityKey}`)} = ${key} and ${within(sql`self.changed_xid`, range)})`;
}
