import { type Item, type ItemShare, RESERVATION_SECONDS } from '#core/domain/inventory.ts';
import { type StockItem, stockItemSchema } from '#core/sync/rows.ts';
import type { Asked } from './asked.ts';

/** An item of the store as the contract's `Item`: with this desk's own hold on it, and whose share it is. */
export function presentItem(document: string, asked: Asked): Item {
  const { deskId, deskName, ...row } = stockItemSchema.parse(JSON.parse(document));
  const reservation = heldBy(row, asked);
  return {
    ...row,
    customerId: null,
    serviceId: null,
    status: statusOf(row, reservation),
    reservation,
    share: shareOf(row.id, { deskId, deskName }, asked),
  };
}

function heldBy({ id, reservation }: Pick<StockItem, 'id' | 'reservation'>, { own, now }: Asked): Item['reservation'] {
  const held = own.holds.find(({ itemId }) => itemId === id);
  // Such a hold has no end: it is said to last as long as one that was taken just now.
  const expiresAt = new Date(now.getTime() + RESERVATION_SECONDS * 1000).toISOString();
  if (held !== undefined) return { id: held.draftId, draftId: held.draftId, expiresAt, userName: held.userName };
  return reservation !== null && reservation.expiresAt > now.toISOString() ? reservation : null;
}

function statusOf(row: Pick<StockItem, 'status' | 'reservation'>, held: Item['reservation']): Item['status'] {
  if (held !== null) return 'reserved';
  const isLapsed = row.status === 'reserved' && row.reservation !== null;
  return isLapsed ? 'in_stock' : row.status;
}

function shareOf(
  id: number,
  { deskId, deskName }: Pick<StockItem, 'deskId' | 'deskName'>,
  { desk, own }: Asked,
): ItemShare {
  if (deskId === null) return { kind: 'free', deskName: null };
  if (deskId !== desk.id) return { kind: 'other_desk', deskName };
  return own.givenBack.has(id) ? { kind: 'free', deskName: null } : { kind: 'own', deskName: null };
}
