import { type SqlBool, sql } from 'kysely';
import type { Item } from '#core/domain/inventory.ts';
import type { Central } from '../central/client.ts';
import type { Asked, Local, Read } from './asked.ts';
import { type Condition, hasStatus, isPickable, itemsCarrying, itemsMatching } from './item-conditions.ts';
import { presentItem } from './item-rows.ts';
import { unknown } from './of-customer.ts';
import { notACursor, PAGE_LIMIT, type Page, readCursor, writeCursor } from './page.ts';
import { serviceItemsOf } from './service-items.ts';

type ItemFilter = Parameters<Central['inventory']['items']>[0];
type Sort = NonNullable<ItemFilter['sort']>;

const orders = {
  label: sql`label_key`,
  newest: sql`id desc`,
  memorable: sql`memorable desc, id`,
} as const satisfies Record<Sort, unknown>;

/**
 * One page of this store's items, in central's order. Whole for the stock that a desk holds: what is free or reserved here.
 * Other stores, other states and no store at all are head office's to list.
 */
export const listItems: Read<ItemFilter, Page<Item>> = async (asked, filter) => {
  const { sort = 'label', limit = PAGE_LIMIT, cursor, q = '' } = filter;
  const conditions = await conditionsOf(asked, filter);
  const where = sql.join(conditions, sql` and `);
  const { rows } = await sql<Row>`select id, label_key, memorable, document from item where ${where}
    order by ${orders[sort]} limit ${limit + 1}`.execute(asked.reader);
  const last = rows[limit - 1];
  const more = rows.length > limit && last !== undefined;
  const page = {
    items: rows.slice(0, limit).map(({ document }) => presentItem(document, asked)),
    nextCursor: more ? writeCursor([sort, sort === 'memorable' ? last.memorable : last.labelKey, last.id]) : null,
  };
  const foundNothing = q.trim() !== '' && cursor === undefined && rows.length === 0;
  return isOwnStock(asked, filter) && !foundNothing ? { whole: page } : { some: page };
};

interface Row {
  readonly id: number;
  readonly labelKey: string;
  readonly memorable: number;
  readonly document: string;
}

const heldStates: readonly (string | undefined)[] = ['new', 'in_stock', 'reserved'];

function isOwnStock({ desk, person }: Asked, { pickable, status, storeId }: ItemFilter): boolean {
  const isPicker = pickable === true;
  const store = storeId ?? (isPicker ? person?.store?.id : undefined);
  return store === desk.storeId && (isPicker || heldStates.includes(status));
}

async function conditionsOf(asked: Asked, filter: ItemFilter): Promise<Condition[]> {
  const { template, status, storeId, q = '', pickable, sort = 'label', cursor } = filter;
  const holds = { heldHere: asked.own.holds.map(({ itemId }) => itemId), now: asked.now.toISOString() };
  return [
    sql<SqlBool>`true`,
    ...(template === undefined ? [] : [sql<SqlBool>`template = ${template}`]),
    ...(storeId === undefined ? [] : [sql<SqlBool>`store_id = ${storeId}`]),
    ...(status === undefined ? [] : [hasStatus(status, holds)]),
    ...(pickable === true ? [isPickable] : []),
    ...(q.trim() === '' ? [] : [itemsMatching(q, await asked.numbering())]),
    ...(cursor === undefined ? [] : [isAfter(sort, cursor)]),
  ];
}

/** The rows after the cursor. Throws invalid_input for one of another list. */
function isAfter(sort: Sort, cursor: string): Condition {
  const position = readCursor(cursor);
  const [madeFor, key, id] = Array.isArray(position) ? position : [];
  const isKey = typeof key === 'string' || typeof key === 'number';
  if (madeFor !== sort || !isKey || typeof id !== 'number' || !Number.isSafeInteger(id)) throw notACursor();
  if (sort === 'newest') return sql<SqlBool>`id < ${id}`;
  if (sort === 'label') return sql<SqlBool>`label_key > ${String(key)}`;
  return sql<SqlBool>`(memorable < ${Number(key)} or (memorable = ${Number(key)} and id > ${id}))`;
}

/** One item: of the store's stock as it is; in a customer's service as the service's row tells. */
export const getItem: Read<{ id: number }, Item> = async (asked, { id }) => {
  const row = await asked.reader.selectFrom('item').select('document').where('id', '=', id).executeTakeFirst();
  return row === undefined ? unknown(id, 'item') : { whole: presentItem(row.document, asked) };
};

/** The item that carries exactly this label or identifier; when two do, the one received first. */
export const lookupItem: Read<{ code: string }, { item: Item | null }> = async (asked, { code }) => {
  const inStock = await stockItemOf(asked, code);
  if (inStock !== null) return { whole: { item: inStock } };
  const [held] = await serviceItemsOf(asked, code);
  return held === undefined ? null : { some: { item: held.item } };
};

async function stockItemOf(asked: Asked, code: string): Promise<Item | null> {
  const { rows } = await sql<Row>`select document from item where ${itemsCarrying(code, await asked.numbering())}
    order by id limit 1`.execute(asked.reader);
  return rows[0] === undefined ? null : presentItem(rows[0].document, asked);
}

/** The item that a scan means, wherever it is known from: the store's stock, or a customer's service. */
export const findItem: Read<{ code: string }, Item> = async (asked, { code }): Promise<Local<Item>> => {
  const found = await lookupItem(asked, { code });
  const item = found === null ? null : 'whole' in found ? found.whole.item : found.some.item;
  return item === null ? null : { whole: item };
};

/** The first `limit` items of the store that `q` may mean, by label: for the global search. */
export async function searchStock(asked: Asked, q: string, limit: number): Promise<Item[]> {
  const { rows } = await sql<Row>`select document from item where ${itemsMatching(q, await asked.numbering())}
    order by label_key limit ${limit}`.execute(asked.reader);
  return rows.map(({ document }) => presentItem(document, asked));
}
