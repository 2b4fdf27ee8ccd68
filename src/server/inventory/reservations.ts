import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { RESERVATION_SECONDS, type Reservation } from '#core/domain/inventory.ts';
import type { Actor } from '../context.ts';
import type { Db, Tx } from '../database/connection.ts';
import { fail } from '../http/errors.ts';
import { writeHistory } from './history.ts';
import type { ReservationRow } from './item-rows.ts';
import { holds, type LockedItem, lockItem, lockItems, refusal, refused, type Taker } from './locks.ts';
import type { ReservationEnd } from './tables.ts';

function leaseEnd(now: Date): Date {
  return new Date(now.getTime() + RESERVATION_SECONDS * 1000);
}

function toReservation(row: ReservationRow): Reservation {
  if (row.expiresAt === null) throw new Error(`reservation ${row.id} belongs to an order`);
  const { id, itemId, draftId } = row;
  return { id, itemId, draftId, expiresAt: row.expiresAt.toISOString() };
}

/** Ends an open reservation of a locked item and says so in the item's history. */
export async function endReservation(
  tx: Tx,
  { item, open }: LockedItem,
  ending: { readonly reason: ReservationEnd; readonly userName: string | null; readonly now: Date },
): Promise<void> {
  if (open === null) return;
  const { reason, userName, now } = ending;
  await tx
    .updateTable('reservations')
    .set({ endedAt: now, endReason: reason })
    .where('id', '=', open.id)
    .where('endedAt', 'is', null)
    .execute();
  if (reason === 'assigned') return;
  const event = reason === 'lapsed' ? 'hold_lapsed' : reason === 'withdrawn' ? 'hold_withdrawn' : 'released';
  const detail = { draftId: open.draftId, orderId: open.orderId };
  await writeHistory(tx, now, [{ itemId: item.id, event, from: 'reserved', to: item.status, userName, detail }]);
}

/** Clears away an expired lease that the sweep has not come to yet. */
export async function endIfLapsed(tx: Tx, locked: LockedItem, now: Date): Promise<void> {
  if (locked.open === null || holds(locked.open, now)) return;
  await endReservation(tx, locked, { reason: 'lapsed', userName: null, now });
}

async function prolong(tx: Tx, id: string, by: Taker, now: Date): Promise<Reservation> {
  const row = await tx
    .updateTable('reservations')
    .set({ expiresAt: leaseEnd(now), endedAt: null, endReason: null, ...takenBy(by) })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
  return toReservation(row);
}

async function startLease(tx: Tx, locked: LockedItem, draftId: string, by: Taker, now: Date): Promise<Reservation> {
  const row = await tx
    .insertInto('reservations')
    .values({
      id: uuidv7(),
      itemId: locked.item.id,
      draftId,
      orderId: null,
      expiresAt: leaseEnd(now),
      ...takenBy(by),
      createdAt: now,
      endedAt: null,
      endReason: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  await keepAtDesk(tx, locked, by);
  await sayReserved(tx, locked, draftId, by, now);
  return toReservation(row);
}

/** By whom and where a reservation is taken. */
export function takenBy({ name, storeId, desk }: Taker) {
  return { userName: name, storeId, deskId: desk?.id ?? null };
}

/** What a desk holds becomes its share, so that the order can go on there when the line is cut. */
async function keepAtDesk(tx: Tx, { item }: LockedItem, { desk }: Taker): Promise<void> {
  if (!desk || item.deskId !== null || item.storeId !== desk.storeId) return;
  await tx.updateTable('items').set({ deskId: desk.id }).where('id', '=', item.id).execute();
}

async function sayReserved(tx: Tx, { item }: LockedItem, draftId: string, by: Taker, now: Date): Promise<void> {
  const entry = { event: 'reserved', from: item.status, to: 'reserved', userName: by.name } as const;
  await writeHistory(tx, now, [{ itemId: item.id, ...entry, detail: { draftId } }]);
}

/**
 * What is left of another draft of the same desk: its hold on an item of that desk's share. The desk alone keeps its drafts
 * apart, so what it says of such an item counts more than what it said before; a hold it let go without a line is one.
 */
function isLeftover({ item, open }: LockedItem, draftId: string, { desk }: Taker): boolean {
  if (!desk || item.deskId !== desk.id || open === null) return false;
  return open.orderId === null && open.draftId !== draftId;
}

/** The item as it is without what another draft of the same desk left on it. */
export function withoutLeftover(locked: LockedItem, draftId: string, by: Taker): LockedItem {
  return isLeftover(locked, draftId, by) ? { ...locked, open: null } : locked;
}

/** Ends what another draft of the same desk left on an item, if anything. */
export async function endLeftover(
  tx: Tx,
  locked: LockedItem,
  draftId: string,
  by: Taker,
  now: Date,
): Promise<LockedItem> {
  if (!isLeftover(locked, draftId, by)) return locked;
  const reason = holds(locked.open, now) ? 'released' : 'lapsed';
  await endReservation(tx, locked, { reason, userName: reason === 'lapsed' ? null : by.name, now });
  return { ...locked, open: null };
}

export interface ReservationWish {
  readonly itemId: number;
  readonly draftId: string;
  /** The desk says that no other draft of it has the item. */
  readonly alone?: boolean | undefined;
}

/**
 * Holds an item for a draft for RESERVATION_SECONDS (PA-10). For the draft that holds it already, the same reservation,
 * extended; in place of what another draft of the same desk left on its share, when the desk says so. Throws
 * item_not_available with the reason of PA-9 and who holds it or whose share it is, or not_found.
 */
export async function reserveItem(
  tx: Tx,
  { itemId, draftId, alone = false }: ReservationWish,
  by: Taker,
  now: Date,
): Promise<Reservation> {
  const found = await lockItem(tx, itemId);
  const locked = alone ? await endLeftover(tx, found, draftId, by, now) : found;
  const reason = refusal(locked, { draftId, storeId: by.storeId, deskId: by.desk?.id ?? null, now });
  if (reason !== null) throw await refused(tx, locked, reason, now);
  if (locked.open?.draftId === draftId) {
    const prolonged = await prolong(tx, locked.open.id, by, now);
    await keepAtDesk(tx, locked, by);
    return prolonged;
  }
  await endIfLapsed(tx, locked, now);
  return startLease(tx, locked, draftId, by, now);
}

async function findReservation(tx: Tx, id: string): Promise<ReservationRow | undefined> {
  return tx.selectFrom('reservations').selectAll().where('id', '=', id).executeTakeFirst();
}

/** The reservation, read again under its item's lock. Throws not_found, and forbidden for staff of another store. */
async function lockReservation(tx: Tx, id: string, by: Taker): Promise<[ReservationRow, LockedItem]> {
  const seen = await findReservation(tx, id);
  if (seen === undefined) throw fail('not_found', { what: 'reservation' });
  const locked = await lockItem(tx, seen.itemId);
  refuseOtherStore(by, seen.storeId ?? locked.item.storeId);
  return [(await findReservation(tx, id)) ?? seen, locked];
}

/** Staff of one store touch nothing of another; those without a store may. Throws forbidden. */
export function refuseOtherStore(by: Pick<Actor, 'storeId'>, storeId: number | null): void {
  if (by.storeId !== null && storeId !== null && storeId !== by.storeId) throw fail('forbidden');
}

/**
 * Holds the item for the full time again. A lease that lapsed is taken anew, under its old id, when the item is still
 * free. Throws reservation_lapsed when it is not, not_found when the draft let it go or became an order.
 */
export async function extendReservation(tx: Tx, id: string, by: Taker, now: Date): Promise<Reservation> {
  const [reservation, locked] = await lockReservation(tx, id, by);
  const { draftId, itemId } = reservation;
  const lapsed = reservation.endReason === 'lapsed' || reservation.endReason === 'withdrawn';
  if (reservation.orderId !== null || (reservation.endedAt !== null && !lapsed))
    throw fail('not_found', { what: 'reservation' });
  const wish = { draftId, storeId: null, deskId: by.desk?.id ?? null, now };
  if (refusal(locked, wish) !== null) throw fail('reservation_lapsed', { itemId });
  if (locked.open?.draftId !== draftId) {
    await endIfLapsed(tx, locked, now);
    await sayReserved(tx, locked, draftId, by, now);
  }
  const prolonged = await prolong(tx, locked.open?.draftId === draftId ? locked.open.id : id, by, now);
  await keepAtDesk(tx, locked, by);
  return prolonged;
}

/**
 * Lets the item of a draft go. Harmless when it is gone already, or when the draft became an order, which then decides
 * over the item. Throws not_found for an id that never was.
 */
export async function releaseReservation(tx: Tx, id: string, by: Taker, now: Date): Promise<void> {
  const [reservation, locked] = await lockReservation(tx, id, by);
  if (reservation.endedAt !== null || reservation.orderId !== null || locked.open?.id !== id) return;
  await endReservation(tx, locked, { reason: 'released', userName: by.name, now });
}

const SWEEP_SIZE = 200;

/**
 * Ends leases that expired by `now` and returns how many. Central's clock decides, so moving it forward frees items.
 * Several centrals may sweep at once: each takes rows the others have not locked.
 */
export async function sweepExpired(db: Db, now: Date): Promise<number> {
  let swept = 0;
  for (;;) {
    const ended = await db.transaction().execute(async (tx) => sweepSome(tx, now));
    swept += ended;
    if (ended < SWEEP_SIZE) return swept;
  }
}

async function sweepSome(tx: Tx, now: Date): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    select items.id from items join reservations r on r.item_id = items.id
    where r.ended_at is null and r.order_id is null and r.expires_at <= ${now}
    order by items.id limit ${SWEEP_SIZE} for no key update of items skip locked`.execute(tx);
  const locked = await lockItems(
    tx,
    rows.map(({ id }) => id),
  );
  let ended = 0;
  for (const item of locked.values()) {
    if (item.open === null || holds(item.open, now)) continue;
    await endReservation(tx, item, { reason: 'lapsed', userName: null, now });
    ended += 1;
  }
  return ended;
}

/** Forgets reservations that ended before `before`; what happened stays in the items' histories. */
export async function forgetEnded(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('reservations').where('endedAt', '<', before).execute();
}
