import { type HeldBy, type ItemRefusal, type ItemStatus, refuseItem } from '#core/domain/inventory.ts';
import type { Tx } from '../database/connection.ts';
import { fail } from '../http/errors.ts';
import type { ItemRow, ReservationRow } from './item-rows.ts';

/** An item whose row this transaction holds, with its open reservation, which may have expired. */
export interface LockedItem {
  readonly item: ItemRow;
  readonly open: ReservationRow | null;
}

/**
 * Locks items in ascending order of id, so that two transactions that want several never wait for each other in a ring.
 * Every change of an item or a reservation begins here. Unknown ids are left out.
 */
export async function lockItems(tx: Tx, ids: readonly number[]): Promise<Map<number, LockedItem>> {
  const wanted = [...new Set(ids)].sort((a, b) => a - b);
  if (wanted.length === 0) return new Map();
  const items = await tx
    .selectFrom('items')
    .selectAll()
    .where('id', 'in', wanted)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
  const open = await tx
    .selectFrom('reservations')
    .selectAll()
    .where('itemId', 'in', wanted)
    .where('endedAt', 'is', null)
    .execute();
  return new Map(items.map((item) => [item.id, { item, open: open.find(({ itemId }) => itemId === item.id) ?? null }]));
}

/** Locks one item; throws not_found when there is none. */
export async function lockItem(tx: Tx, id: number): Promise<LockedItem> {
  const locked = (await lockItems(tx, [id])).get(id);
  if (locked === undefined) throw fail('not_found', { what: 'item' });
  return locked;
}

/** True when the reservation holds at `now`: an order's always, a draft's until it expires. */
export function holds(open: ReservationRow | null, now: Date): open is ReservationRow {
  return open !== null && (open.orderId !== null || (open.expiresAt !== null && open.expiresAt > now));
}

export function statusOf({ item, open }: LockedItem, now: Date): ItemStatus {
  return holds(open, now) ? 'reserved' : item.status;
}

/** Who holds it, for a colleague to be asked; null when an order does, or nobody. */
export function holderOf({ open }: LockedItem, now: Date): HeldBy | null {
  if (!holds(open, now) || open.expiresAt === null) return null;
  return { id: open.id, draftId: open.draftId, expiresAt: open.expiresAt.toISOString(), userName: open.userName };
}

/** PA-9 for a locked item; see `refuseItem`. */
export function refusal(
  locked: LockedItem,
  wish: { readonly template?: string; readonly draftId?: string; readonly storeId: number | null; readonly now: Date },
): ItemRefusal | null {
  const { storeId, ...context } = wish;
  const { template, storeId: at } = locked.item;
  const view = { template, storeId: at, status: statusOf(locked, wish.now), reservation: holderOf(locked, wish.now) };
  return refuseItem(view, storeId === null ? context : { ...context, storeId });
}

/** The error for an item that can't be had. */
export function notAvailable(itemId: number, reason: ItemRefusal, heldBy: HeldBy | null = null) {
  return fail('item_not_available', { itemId, reason, heldBy });
}
