import { sql } from 'kysely';
import { poolChange } from '#core/inventory/shares.ts';
import type { Tx } from '../database/connection.ts';

/**
 * Keeps a store at its pool of telephone numbers: tops it up from the operator's own, which are of no store, and takes back
 * what it has too much of, of those that are free and no desk's. Returns by how many the pool changed.
 */
export async function keepNumberPool(tx: Tx, storeId: number): Promise<number> {
  let changed = 0;
  const templates = await tx
    .selectFrom('inventoryTemplates')
    .select('slug')
    .where(sql<string>`identifiers[1]`, '=', 'msisdn')
    .execute();
  for (const { slug } of templates) {
    const change = poolChange(await countFree(tx, storeId, slug));
    if (change > 0) changed += await move(tx, slug, { from: null, to: storeId, count: change });
    if (change < 0) changed -= await move(tx, slug, { from: storeId, to: null, count: -change });
  }
  return changed;
}

async function countFree(tx: Tx, storeId: number, template: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) from items where store_id = ${storeId} and template = ${template}
      and status in ('new', 'in_stock') and not exists (
        select from reservations where reservations.item_id = items.id and reservations.ended_at is null)`.execute(tx);
  return rows[0]?.count ?? 0;
}

interface Move {
  readonly from: number | null;
  readonly to: number | null;
  readonly count: number;
}

/** A store gets plain ones, so that memorable numbers stay where every store sees them, and gives up what it got last. */
async function move(tx: Tx, template: string, { from, to, count }: Move): Promise<number> {
  const order = to === null ? sql`id desc` : sql`memorable, id desc`;
  // In two forms, because an index serves each of them.
  const place = from === null ? sql`store_id is null` : sql`store_id = ${from}`;
  const { rows: locked } = await sql<{ id: number }>`
    select id from items where ${place} and template = ${template}
      and status in ('new', 'in_stock') and desk_id is null and not exists (
        select from reservations where reservations.item_id = items.id and reservations.ended_at is null)
    order by ${order} limit ${count} for no key update skip locked`.execute(tx);
  const { numAffectedRows } = await sql`
    update items set store_id = ${to} where id = any(${locked.map(({ id }) => id)}::int[]) and not exists (
      select from reservations where reservations.item_id = items.id and reservations.ended_at is null)`.execute(tx);
  return Number(numAffectedRows ?? 0);
}
