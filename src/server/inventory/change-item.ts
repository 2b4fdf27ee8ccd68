import type { Item, ItemStatus } from '#core/domain/inventory.ts';
import { canMove, itemTransitions } from '#core/domain/state-machine.ts';
import type { Tx } from '../database/connection.ts';
import { fail } from '../http/errors.ts';
import { writeHistory } from './history.ts';
import { getItem } from './item-rows.ts';
import { holderOf, holds, type LockedItem, lockItem, notAvailable, refused, statusOf, type Taker } from './locks.ts';
import { endIfLapsed, endReservation, refuseOtherStore } from './reservations.ts';
import type { StoredStatus } from './tables.ts';

export interface ItemChange {
  readonly id: number;
  readonly status?: ItemStatus | undefined;
  readonly storeId?: number | undefined;
  readonly reason?: string | undefined;
}

/**
 * Changes an item's state or store by hand. Reserved and assigned are not reached or left by hand: items that an order
 * or a service has are refused with item_not_available. A held item may be found faulty or be retired, which takes it
 * from its draft; it may not be moved. Nor may what is in a desk's share, or be sold elsewhere, as long as that desk is
 * known: it may have promised it without a line. Throws invalid_transition, item_not_available, forbidden, not_found.
 */
export async function changeItem(tx: Tx, change: ItemChange, by: Taker, now: Date): Promise<Item> {
  const locked = await lockItem(tx, change.id);
  refuseOtherStore(by, locked.item.storeId);
  const from = statusOf(locked, now);
  const to = targetOf(locked, change.status, now);
  const storeId = change.storeId ?? locked.item.storeId;
  if (to !== null || storeId !== locked.item.storeId) {
    refuseTaken(locked, to, now);
    await refuseLeased(tx, locked, { to, storeId }, by, now);
    await requireStore(tx, by, storeId, locked);
    await giveUpHold(tx, locked, by, now);
    await write(tx, { locked, from, to: to ?? locked.item.status, storeId, reason: change.reason }, by, now);
  }
  const item = await getItem(tx, change.id, now);
  if (item === null) throw fail('not_found', { what: 'item' });
  return item;
}

/** The new state, or null when it is to stay as it is. */
function targetOf(locked: LockedItem, wanted: ItemStatus | undefined, now: Date): StoredStatus | null {
  const from = statusOf(locked, now);
  if (wanted === undefined || wanted === from) return null;
  const byHand = wanted !== 'reserved' && wanted !== 'assigned';
  if (!byHand || !canMove(itemTransitions, from, wanted)) throw fail('invalid_transition', { from, to: wanted });
  return wanted;
}

function refuseTaken(locked: LockedItem, to: StoredStatus | null, now: Date): void {
  const { item, open } = locked;
  if (item.status === 'assigned') throw notAvailable(item.id, 'already_assigned');
  if (!holds(open, now)) return;
  if (open.orderId !== null) throw notAvailable(item.id, 'not_available');
  if (to !== 'faulty' && to !== 'retired') throw notAvailable(item.id, 'held_by_other', holderOf(locked, now));
}

interface Target {
  readonly to: StoredStatus | null;
  readonly storeId: number | null;
}

async function refuseLeased(tx: Tx, locked: LockedItem, { to, storeId }: Target, by: Taker, now: Date): Promise<void> {
  const { item } = locked;
  const isMove = storeId !== item.storeId;
  const isSale = to === 'sold' && item.deskId !== by.desk?.id;
  if (item.deskId === null || !(isMove || isSale)) return;
  const { revokedAt } = await tx
    .selectFrom('desks')
    .select('revokedAt')
    .where('id', '=', item.deskId)
    .executeTakeFirstOrThrow();
  if (revokedAt === null) throw await refused(tx, locked, 'of_other_desk', now);
}

async function requireStore(tx: Tx, by: Taker, storeId: number | null, { item }: LockedItem): Promise<void> {
  refuseOtherStore(by, storeId);
  if (storeId === null || storeId === item.storeId) return;
  const store = await tx.selectFrom('stores').select('id').where('id', '=', storeId).executeTakeFirst();
  if (store === undefined) throw fail('invalid_input', { issues: [{ path: 'storeId', message: 'unknown_store' }] });
}

async function giveUpHold(tx: Tx, locked: LockedItem, by: Taker, now: Date): Promise<void> {
  await endIfLapsed(tx, locked, now);
  if (holds(locked.open, now)) await endReservation(tx, locked, { reason: 'withdrawn', userName: by.name, now });
}

interface Written {
  readonly locked: LockedItem;
  readonly from: ItemStatus;
  readonly to: StoredStatus;
  readonly storeId: number | null;
  readonly reason: string | undefined;
}

async function write(tx: Tx, { locked, from, to, storeId, reason }: Written, by: Taker, now: Date): Promise<void> {
  const { item } = locked;
  const isMove = storeId !== item.storeId;
  const leavesCustomer = item.status === 'sold' && to !== 'sold';
  await tx
    .updateTable('items')
    .set({ status: to, storeId, ...(leavesCustomer ? { customerId: null } : {}), ...(isMove ? { deskId: null } : {}) })
    .where('id', '=', item.id)
    .execute();
  const moved = storeId === item.storeId ? {} : { fromStoreId: item.storeId, toStoreId: storeId };
  const detail = { ...moved, ...(reason ? { reason } : {}) };
  await writeHistory(tx, now, [{ itemId: item.id, event: 'changed', from, to, userName: by.name, detail }]);
}
