import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import type { Item, ItemStatus } from '#core/domain/inventory.ts';
import type { Reader } from '../database/connection.ts';
import type { Database } from '../database/schema.ts';
import { cursorOf, readCursor } from './cursor.ts';
import { selectItems, toItem } from './item-rows.ts';
import type { Numbering } from './phone-numbers.ts';
import { itemsMatching } from './search-items.ts';

export interface ItemFilter {
  readonly template?: string | undefined;
  readonly status?: ItemStatus | undefined;
  readonly storeId?: number | undefined;
  readonly q?: string | undefined;
  readonly pickable?: boolean | undefined;
  readonly sort?: 'label' | 'memorable' | 'newest' | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export interface ItemPage {
  readonly items: Item[];
  readonly nextCursor: string | null;
}

type Items = ExpressionBuilder<Database, 'items'>;

/** Items with an open reservation that holds at `now`; always few. */
function reservedIds(now: Date) {
  return sql<number>`(select item_id from reservations
    where ended_at is null and (order_id is not null or expires_at > ${now}))`;
}

const orderedIds = sql<number>`(select item_id from reservations where ended_at is null and order_id is not null)`;

function hasStatus(eb: Items, status: ItemStatus, now: Date): Expression<SqlBool> {
  if (status === 'reserved') return eb('items.id', 'in', reservedIds(now));
  const stored = eb('items.status', '=', status);
  return status === 'new' || status === 'in_stock'
    ? eb.and([stored, eb('items.id', 'not in', reservedIds(now))])
    : stored;
}

/** PA-9: what a picker of this store may show. What an order owns is as good as gone. */
function isPickable(eb: Items, storeId: number | null): Expression<SqlBool> {
  const free = [sql<SqlBool>`items.status in ('new', 'in_stock')`, eb('items.id', 'not in', orderedIds)];
  return eb.and(
    storeId === null ? free : [...free, eb.or([eb('items.storeId', '=', storeId), eb('items.storeId', 'is', null)])],
  );
}

/** The rows after the cursor; the first comparison lets an index begin there. */
function isAfter(eb: Items, sort: NonNullable<ItemFilter['sort']>, cursor: string): Expression<SqlBool> {
  const [key, id] = readCursor(cursor, sort);
  if (sort === 'newest') return eb('items.id', '<', id);
  if (sort === 'label') return sql<SqlBool>`lower(items.label) > ${key}`;
  return sql<SqlBool>`items.memorable <= ${key}::int and (items.memorable < ${key}::int or items.id > ${id})`;
}

const orders = {
  label: sql`lower(items.label)`,
  newest: sql`items.id desc`,
  memorable: sql`items.memorable desc, items.id`,
};

/**
 * One page of items at `now`. A picker (`pickable`) of staff with a store sees that store's items and those of no store.
 * Pages are cut by the sort key, so rows that come or go meanwhile repeat none and hide none.
 */
export async function listItems(
  reader: Reader,
  filter: ItemFilter,
  scope: { readonly storeId: number | null; readonly now: Date; readonly numbering: Numbering },
): Promise<ItemPage> {
  const { template, status, storeId, q, pickable = false, sort = 'label', limit, cursor } = filter;
  const { now } = scope;
  const matching = q === undefined || q.trim() === '' ? [] : [await itemsMatching(reader, q, scope.numbering)];
  const conditions = (eb: Items) =>
    eb.and([
      ...(template === undefined ? [] : [eb('items.template', '=', template)]),
      ...(status === undefined ? [] : [hasStatus(eb, status, now)]),
      ...(pickable ? [isPickable(eb, storeId ?? scope.storeId)] : []),
      ...(storeId === undefined || pickable ? [] : [eb('items.storeId', '=', storeId)]),
      ...matching,
      ...(cursor === undefined ? [] : [isAfter(eb, sort, cursor)]),
    ]);
  const page = reader
    .selectFrom('items')
    .select('items.id')
    .where(conditions)
    .orderBy(orders[sort])
    .limit(limit + 1);
  const rows = await selectItems(reader, now).where('items.id', 'in', page).orderBy(orders[sort]).execute();
  const last = rows[limit - 1];
  return {
    items: rows.slice(0, limit).map(toItem),
    nextCursor: rows.length > limit && last !== undefined ? cursorOf(sort, keyOf(sort, last), last.id) : null,
  };
}

function keyOf(sort: NonNullable<ItemFilter['sort']>, row: { label: string; memorable: number }): string | number {
  return sort === 'memorable' ? row.memorable : row.label.toLowerCase();
}
