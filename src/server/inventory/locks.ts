import { type HeldBy, type ItemRefusal, type ItemStatus, refuseItem } from '#core/domain/inventory.ts';
import type { Actor, CallingDesk, QueryContext } from '../context.ts';
import type { Reader, Tx } from '../database/connection.ts';
import { isOnline } from '../desks/presence.ts';
import { fail } from '../http/errors.ts';
import type { ItemRow, ReservationRow } from './item-rows.ts';

/** Who wants an item, and at which enrolled desk they stand: `{ ...actor, desk }` of a command's context. */
export type Taker = Pick<Actor, 'name' | 'storeId'> & { readonly desk?: Pick<CallingDesk, 'id' | 'storeId'> | null };

export function takerOf({ actor: { name, storeId }, desk = null }: QueryContext): Taker {
  return { name, storeId, desk };
}

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

interface Wish {
  readonly template?: string;
  readonly draftId?: string;
  readonly storeId: number | null;
  /** Where the one who wants it stands. */
  readonly deskId: string | null;
  readonly now: Date;
}

/** PA-9 for a locked item; see `refuseItem`. What is in a desk's share is that desk's alone. */
export function refusal(locked: LockedItem, wish: Wish): ItemRefusal | null {
  const { storeId, deskId, ...context } = wish;
  const { template, storeId: at } = locked.item;
  const view = { template, storeId: at, status: statusOf(locked, wish.now), reservation: holderOf(locked, wish.now) };
  const reason = refuseItem(view, storeId === null ? context : { ...context, storeId });
  return reason ?? (isOfOtherDesk(locked, deskId) ? 'of_other_desk' : null);
}

function isOfOtherDesk({ item }: LockedItem, deskId: string | null): boolean {
  return item.deskId !== null && item.deskId !== deskId;
}

/** The error for a locked item that `refusal` refuses: it names who holds it, or whose share it is. */
export async function refused(reader: Reader, locked: LockedItem, reason: ItemRefusal, now: Date) {
  const { id, deskId } = locked.item;
  if (reason !== 'of_other_desk' || deskId === null) return notAvailable(id, reason, holderOf(locked, now));
  const { name, ...seen } = await reader
    .selectFrom('desks')
    .select(['name', 'lastSeenAt', 'revokedAt'])
    .where('id', '=', deskId)
    .executeTakeFirstOrThrow();
  const desk = { name, online: isOnline(seen, now) };
  return fail('item_not_available', { itemId: id, reason, heldBy: null, desk });
}

/** The error for an item that can't be had. */
export function notAvailable(itemId: number, reason: ItemRefusal, heldBy: HeldBy | null = null) {
  return fail('item_not_available', { itemId, reason, heldBy });
}
