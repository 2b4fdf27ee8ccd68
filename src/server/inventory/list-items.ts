import { type RawBuilder, sql } from 'kysely';
import type { Item, ItemStatus } from '#core/domain/inventory.ts';
import type { Reader } from '../database/connection.ts';
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

type Condition = RawBuilder<unknown>;
type Sort = NonNullable<ItemFilter['sort']>;

/** Items with an open reservation that holds at `now`; always few. */
function reservedIds(now: Date): Condition {
  return sql`(select item_id from reservations where ended_at is null and (order_id is not null or expires_at > ${now}))`;
}

function hasStatus(status: ItemStatus, now: Date): Condition {
  if (status === 'reserved') return sql`id in ${reservedIds(now)}`;
  if (status === 'new' || status === 'in_stock') return sql`status = ${status} and id not in ${reservedIds(now)}`;
  return sql`status = ${status}`;
}

/** PA-9: what a picker may show. What an order owns is as good as gone. */
const isPickable = sql`status in ('new', 'in_stock')
  and id not in (select item_id from reservations where ended_at is null and order_id is not null)`;

/** The rows after the cursor; the first comparison lets an index begin there. */
function isAfter(sort: Sort, cursor: string): Condition {
  const [key, id] = readCursor(cursor, sort);
  if (sort === 'newest') return sql`id < ${id}`;
  if (sort === 'label') return sql`label_key > ${String(key)}`;
  const score = Number(key);
  return sql`memorable <= ${score}::int and (memorable < ${score}::int or id > ${id})`;
}

const orders: Record<Sort, Condition> = {
  label: sql`items.label_key`,
  newest: sql`items.id desc`,
  memorable: sql`items.memorable desc, items.id`,
};

export interface ListScope {
  /** Of the member of staff who looks; null for all stores. */
  readonly storeId: number | null;
  readonly now: Date;
  readonly numbering: Numbering;
}

/** Where the items may be. Each place is a query of its own, in order by its own index. */
function placesOf({ pickable, storeId }: ItemFilter, scope: ListScope): Condition[] {
  const picked = storeId ?? scope.storeId;
  if (pickable && picked !== null) return [sql`store_id = ${picked}`, sql`store_id is null`];
  return [storeId === undefined ? sql`true` : sql`store_id = ${storeId}`];
}

/**
 * One page of items at `now`. A picker (`pickable`) of staff with a store sees that store's items and those of no store.
 * Pages are cut by the sort key, so rows that come or go meanwhile repeat none and hide none.
 */
export async function listItems(reader: Reader, filter: ItemFilter, scope: ListScope): Promise<ItemPage> {
  const { template, status, q = '', pickable = false, sort = 'label', limit, cursor } = filter;
  const conditions: Condition[] = [];
  if (template !== undefined) conditions.push(sql`template = ${template}`);
  if (status !== undefined) conditions.push(hasStatus(status, scope.now));
  if (pickable) conditions.push(isPickable);
  if (q.trim() !== '') conditions.push(await itemsMatching(reader, q, scope.numbering));
  if (cursor !== undefined) conditions.push(isAfter(sort, cursor));
  const pages = placesOf(filter, scope).map((place) => {
    const where = sql.join([place, ...conditions], sql` and `);
    return sql`(select id from items where ${where} order by ${orders[sort]} limit ${limit + 1})`;
  });
  const rows = await selectItems(reader, scope.now)
    .where('items.id', '=', sql<number>`any(array(${sql.join(pages, sql` union all `)}))`)
    .orderBy(orders[sort])
    .limit(limit + 1)
    .execute();
  const last = rows[limit - 1];
  return {
    items: rows.slice(0, limit).map(toItem),
    nextCursor: rows.length > limit && last !== undefined ? cursorOf(sort, keyOf(sort, last), last.id) : null,
  };
}

function keyOf(sort: Sort, row: { labelKey: string; memorable: number }): string | number {
  return sort === 'memorable' ? row.memorable : row.labelKey;
}
