import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import type { Item } from '#core/domain/inventory.ts';
import type { Actor } from '../context.ts';
import type { Reader, Tx } from '../database/connection.ts';
import { writeHistory } from './history.ts';
import { getItems } from './item-rows.ts';
import {
  holderOf,
  holds,
  type LockedItem,
  lockItem,
  lockItems,
  notAvailable,
  refusal,
  refused,
  type Taker,
} from './locks.ts';
import { endIfLapsed, endLeftover, endReservation, takenBy, withoutLeftover } from './reservations.ts';

export interface Claim {
  /** Slug the product asked for. */
  readonly template: string;
  readonly itemId: number;
}

export interface OrderClaim {
  readonly draftId: string;
  readonly orderId: number;
  readonly items: readonly Claim[];
}

/**
 * Makes the items an order's: from the draft's leases, from the share of the desk it comes from, or straight from stock.
 * What an order owns does not expire, and is in nobody's share any more. What another draft of that desk still holds of the
 * desk's share ends: which of its drafts has an item is the desk's to say (docs/decisions/0012). Asking
 * again for the same order changes nothing, so a retry may claim what an undo let go. Throws item_not_available for the
 * first item that can't be had, and then has claimed none. Returns the items in ascending order of id.
 */
export async function claimForOrder(tx: Tx, claim: OrderClaim, by: Taker, now: Date): Promise<Item[]> {
  const ids = claim.items.map(({ itemId }) => itemId);
  const locked = await lockItems(tx, ids);
  const taken: LockedItem[] = [];
  for (const [index, wanted] of claim.items.entries()) {
    const item = locked.get(wanted.itemId);
    if (item === undefined) throw notAvailable(wanted.itemId, 'unknown_item');
    if (ids.indexOf(wanted.itemId) !== index) throw notAvailable(wanted.itemId, 'not_available');
    if (isOrders(item, claim.orderId) && item.item.template === wanted.template) continue;
    const { draftId } = claim;
    const wish = { template: wanted.template, draftId, storeId: by.storeId, deskId: by.desk?.id ?? null, now };
    const reason = refusal(withoutLeftover(item, draftId, by), wish);
    if (reason !== null) throw await refused(tx, item, reason, now);
    taken.push(item);
  }
  for (const item of taken) await own(tx, await endLeftover(tx, item, claim.draftId, by, now), claim, by, now);
  return getItems(tx, ids, now);
}

function isOrders({ item, open }: LockedItem, orderId: number): boolean {
  return open === null ? item.orderId === orderId : open.orderId === orderId;
}

async function own(tx: Tx, locked: LockedItem, { draftId, orderId }: OrderClaim, by: Taker, now: Date): Promise<void> {
  const { item, open } = locked;
  const ownership = { orderId, expiresAt: null, ...takenBy(by) };
  if (open?.draftId === draftId) {
    await tx.updateTable('reservations').set(ownership).where('id', '=', open.id).execute();
  } else {
    await endIfLapsed(tx, locked, now);
    const fresh = { id: uuidv7(), itemId: item.id, draftId, createdAt: now, endedAt: null, endReason: null };
    await tx
      .insertInto('reservations')
      .values({ ...fresh, ...ownership })
      .execute();
  }
  if (item.deskId !== null) await tx.updateTable('items').set({ deskId: null }).where('id', '=', item.id).execute();
  const from = holds(open, now) ? 'reserved' : item.status;
  const entry = { itemId: item.id, event: 'ordered', from, to: 'reserved', userName: by.name } as const;
  await writeHistory(tx, now, [{ ...entry, detail: { orderId, draftId } }]);
}

export interface Assignment {
  readonly itemId: number;
  readonly orderId: number;
  readonly serviceId: number;
  readonly customerId: number;
}

/**
 * Ties an item that the order owns to its service and customer (PA-18). Doing it again for the same service changes
 * nothing. Throws item_not_available when the order does not own it.
 */
export async function assignItem(tx: Tx, assignment: Assignment, by: Pick<Actor, 'name'>, now: Date): Promise<void> {
  const { itemId, orderId, serviceId, customerId } = assignment;
  const locked = await lockItem(tx, itemId);
  const { item, open } = locked;
  if (item.status === 'assigned') {
    if (item.serviceId === serviceId && item.orderId === orderId) return;
    throw notAvailable(itemId, 'already_assigned');
  }
  if (open?.orderId !== orderId) throw notAvailable(itemId, refusalOfAssignment(locked, now), holderOf(locked, now));
  await endReservation(tx, locked, { reason: 'assigned', userName: by.name, now });
  await tx
    .updateTable('items')
    .set({ status: 'assigned', orderId, serviceId, customerId })
    .where('id', '=', itemId)
    .execute();
  const entry = { itemId, event: 'assigned', from: 'reserved', to: 'assigned', userName: by.name } as const;
  await writeHistory(tx, now, [{ ...entry, detail: { orderId, serviceId, customerId } }]);
}

function refusalOfAssignment(locked: LockedItem, now: Date) {
  return refusal(locked, { storeId: null, deskId: locked.item.deskId, now }) ?? 'not_available';
}

/**
 * Gives back everything an order owns or has assigned: undo of a failed or cancelled order. Items go back to where they
 * came from, assigned ones to stock. Does nothing when there is nothing left. Returns the ids freed.
 */
export async function releaseOrderItems(
  tx: Tx,
  orderId: number,
  by: Pick<Actor, 'name'>,
  now: Date,
): Promise<number[]> {
  const ids = await idsOf(
    tx,
    sql`
    select item_id as id from reservations where order_id = ${orderId} and ended_at is null
    union select id from items where order_id = ${orderId}`,
  );
  return unassign(tx, ids, (locked) => isOrders(locked, orderId), by, now);
}

/** Gives back the items of a service that ended (its deprovisioning). Returns the ids freed. */
export async function releaseServiceItems(
  tx: Tx,
  serviceId: number,
  by: Pick<Actor, 'name'>,
  now: Date,
): Promise<number[]> {
  const ids = await idsOf(tx, sql`select id from items where service_id = ${serviceId}`);
  return unassign(tx, ids, ({ item }) => item.serviceId === serviceId, by, now);
}

async function idsOf(reader: Reader, query: ReturnType<typeof sql>): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`${query}`.execute(reader);
  return rows.map(({ id }) => id);
}

async function unassign(
  tx: Tx,
  ids: readonly number[],
  stillTheirs: (locked: LockedItem) => boolean,
  by: Pick<Actor, 'name'>,
  now: Date,
): Promise<number[]> {
  const freed: number[] = [];
  for (const locked of (await lockItems(tx, ids)).values()) {
    if (!stillTheirs(locked)) continue;
    freed.push(locked.item.id);
    if (locked.open !== null) await endReservation(tx, locked, { reason: 'undone', userName: by.name, now });
    else await backToStock(tx, locked, by, now);
  }
  return freed;
}

async function backToStock(tx: Tx, { item }: LockedItem, by: Pick<Actor, 'name'>, now: Date): Promise<void> {
  const { id, orderId, serviceId, customerId } = item;
  await tx
    .updateTable('items')
    .set({ status: 'in_stock', orderId: null, serviceId: null, customerId: null })
    .where('id', '=', id)
    .execute();
  const entry = { itemId: id, event: 'unassigned', from: item.status, to: 'in_stock', userName: by.name } as const;
  await writeHistory(tx, now, [{ ...entry, detail: { orderId, serviceId, customerId } }]);
}
