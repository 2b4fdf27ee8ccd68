import { sql } from 'kysely';
import { type ShareItem, splitShares } from '#core/inventory/shares.ts';
import type { Db, Tx } from '../database/connection.ts';
import { askBack } from '../sync/signals.ts';
import { ONLINE_MS } from './presence.ts';

/** More than this of one kind of item is no desk's to sell in a day without a line; the rest stays the store's. */
const MOST_PER_DESK = 2_000;
const GRANTS_AT_ONCE = 500;

/**
 * Splits a store's free stock among its desks that are online. What an offline desk holds stays its own; it gets no more
 * before it is back, for it would not know. One split of a store at a time. Returns how many items were leased.
 */
export async function splitStock(db: Db, storeId: number, now: Date): Promise<number> {
  const desks = await onlineDesks(db, storeId, now);
  if (desks.length === 0) return 0;
  let granted = 0;
  for (const template of await unevenTemplates(db, storeId, desks, now)) {
    const { grant, ask } = splitShares(await shareable(db, storeId, template, desks, now), desks);
    for (const some of batches(grant)) {
      granted += await db.transaction().execute((tx) => lease(tx, storeId, some));
    }
    for (const deskId of desks) {
      await askBack(
        db,
        deskId,
        ask.filter((item) => item.deskId === deskId).map(({ itemId }) => itemId),
      );
    }
  }
  return granted;
}

async function onlineDesks(db: Db, storeId: number, now: Date): Promise<string[]> {
  const rows = await db
    .selectFrom('desks')
    .select('id')
    .where('storeId', '=', storeId)
    .where('revokedAt', 'is', null)
    .where('lastSeenAt', '>=', new Date(now.getTime() - ONLINE_MS))
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** SQL for items of a store that are free: in stock, and held or ordered by nobody. */
function isFree(storeId: number) {
  return sql`items.store_id = ${storeId} and items.status in ('new', 'in_stock') and not exists (
    select from reservations where reservations.item_id = items.id and reservations.ended_at is null)`;
}

/** SQL for items that no desk holds and nobody has just asked of another desk. */
function isUnheld(now: Date) {
  return sql`items.desk_id is null and not exists (
    select from item_wishes where item_wishes.item_id = items.id and item_wishes.until > ${now})`;
}

/** Templates with something to lease, or with desks that hold unequal shares. */
async function unevenTemplates(db: Db, storeId: number, desks: readonly string[], now: Date): Promise<string[]> {
  const { rows } = await sql<{ template: string; deskId: string | null; count: number }>`
    select template, desk_id, count(*) from items
    where ${isFree(storeId)} and (desk_id = any(${desks}::uuid[]) or (${isUnheld(now)}))
    group by template, desk_id`.execute(db);
  const byTemplate = Map.groupBy(rows, ({ template }) => template);
  return [...byTemplate].flatMap(([template, counts]) => {
    const held = desks.map((id) => counts.find(({ deskId }) => deskId === id)?.count ?? 0);
    const isUneven = Math.max(...held) - Math.min(...held) > 1;
    const isShort = Math.min(...held) < MOST_PER_DESK && counts.some(({ deskId }) => deskId === null);
    return isUneven || isShort ? [template] : [];
  });
}

/** What the online desks hold and what is free to lease, as much as the shares may become; oldest first. */
async function shareable(
  db: Db,
  storeId: number,
  template: string,
  desks: readonly string[],
  now: Date,
): Promise<ShareItem[]> {
  const { rows } = await sql<{ id: number; deskId: string | null }>`
    select id, desk_id from items
    where template = ${template} and ${isFree(storeId)} and (desk_id = any(${desks}::uuid[]) or (${isUnheld(now)}))
    order by desk_id is null, id limit ${desks.length * MOST_PER_DESK}`.execute(db);
  return rows;
}

interface Grant {
  readonly itemId: number;
  readonly deskId: string;
}

function batches(grants: readonly Grant[]): Grant[][] {
  const sorted = grants.toSorted((a, b) => a.itemId - b.itemId);
  return Array.from({ length: Math.ceil(sorted.length / GRANTS_AT_ONCE) }, (_, index) =>
    sorted.slice(index * GRANTS_AT_ONCE, (index + 1) * GRANTS_AT_ONCE),
  );
}

/**
 * Leases items that are still free once they are locked, to desks that are still known. Those that somebody works on now are
 * left for the next turn. Returns how many.
 */
async function lease(tx: Tx, storeId: number, grants: readonly Grant[]): Promise<number> {
  const ids = grants.map(({ itemId }) => itemId);
  const deskIds = grants.map(({ deskId }) => deskId);
  // Withdrawing a desk waits for this, or this finds it withdrawn: no item goes to a desk that can't give it back.
  const { rows: known } = await sql<{ id: string }>`
    select id from desks where id = any(${deskIds}::uuid[]) and revoked_at is null order by id for share`.execute(tx);
  const { rows: locked } = await sql<{ id: number }>`
    select id from items where id = any(${ids}::int[]) and desk_id is null
    order by id for no key update skip locked`.execute(tx);
  const { numAffectedRows } = await sql`
    update items set desk_id = granted.desk_id
    from unnest(${ids}::int[], ${deskIds}::uuid[]) as granted (item_id, desk_id)
    where granted.desk_id = any(${known.map(({ id }) => id)}::uuid[]) and items.id = granted.item_id and items.id = any(${locked.map(({ id }) => id)}::int[])
      and items.desk_id is null and ${isFree(storeId)}`.execute(tx);
  return Number(numAffectedRows ?? 0);
}
