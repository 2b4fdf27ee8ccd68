import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeItem } from '../../../src/server/inventory/change-item.ts';
import { listItemHistory } from '../../../src/server/inventory/item-history.ts';
import { getItem } from '../../../src/server/inventory/item-rows.ts';
import { claimForOrder } from '../../../src/server/inventory/order-items.ts';
import {
  extendReservation,
  forgetEnded,
  releaseReservation,
  reserveItem,
  sweepExpired,
} from '../../../src/server/inventory/reservations.ts';
import { ana, bob, draft, lyon, office, openStockRoom, type StockRoom } from './stock-room.ts';

let room: StockRoom;
beforeAll(async () => {
  room = await openStockRoom();
});
afterAll(() => room.close());

const reserve = (itemId: number, draftId: string, by: typeof ana | typeof office = ana) =>
  room.db.transaction().execute((tx) => reserveItem(tx, { itemId, draftId }, by, room.now()));
const extend = (id: string, by = ana) =>
  room.db.transaction().execute((tx) => extendReservation(tx, id, by, room.now()));
const release = (id: string, by = ana) =>
  room.db.transaction().execute((tx) => releaseReservation(tx, id, by, room.now()));
const statusOf = async (id: number) => (await getItem(room.db, id, room.now()))?.status;
const eventsOf = async (id: number) =>
  (await listItemHistory(room.db, { id, limit: 50 })).items.map(({ event }) => event).reverse();

describe('a hold on an item', () => {
  it('lasts ten minutes by central’s clock and then holds nothing, swept or not', async () => {
    const item = await room.sim();
    const held = await reserve(item, draft());
    expect(Date.parse(held.expiresAt) - room.now().getTime()).toBe(600_000);
    expect(await statusOf(item)).toBe('reserved');
    room.advance(599);
    expect(await statusOf(item)).toBe('reserved');
    room.advance(1);
    expect(await statusOf(item)).toBe('in_stock');
    expect((await reserve(item, draft(), bob)).id).not.toBe(held.id);
    expect(await eventsOf(item)).toEqual(['received', 'reserved', 'hold_lapsed', 'reserved']);
  });

  it('is refused to another draft, with who holds it and until when', async () => {
    const item = await room.sim();
    const held = await reserve(item, draft());
    await expect(reserve(item, draft(), bob)).rejects.toMatchObject({
      code: 'item_not_available',
      data: {
        itemId: item,
        reason: 'held_by_other',
        heldBy: { id: held.id, userName: 'Ana', expiresAt: held.expiresAt },
      },
    });
  });

  it('asked again by its draft is the same hold, extended', async () => {
    const item = await room.sim();
    const mine = draft();
    const first = await reserve(item, mine);
    room.advance(100);
    const again = await reserve(item, mine, bob);
    expect(again.id).toBe(first.id);
    expect(Date.parse(again.expiresAt) - Date.parse(first.expiresAt)).toBe(100_000);
  });

  it('of an unknown item is not found', async () => {
    await expect(reserve(999_999, draft())).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is refused to staff of another store, and given to those of none', async () => {
    const item = await room.sim();
    await expect(reserve(item, draft(), lyon)).rejects.toMatchObject({ data: { reason: 'other_store' } });
    const held = await reserve(item, draft(), office);
    await expect(release(held.id, lyon)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(extend(held.id, lyon)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await statusOf(item)).toBe('reserved');
  });

  it('released frees the item at once, and twice is no error', async () => {
    const item = await room.sim();
    const held = await reserve(item, draft());
    await release(held.id);
    await release(held.id);
    expect(await statusOf(item)).toBe('in_stock');
    expect(await eventsOf(item)).toEqual(['received', 'reserved', 'released']);
    await expect(extend(held.id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(release(draft())).rejects.toMatchObject({ code: 'not_found' });
  });

  it('that was released late does not free what someone else holds by now', async () => {
    const item = await room.sim();
    const held = await reserve(item, draft());
    room.advance(700);
    await reserve(item, draft(), bob);
    await release(held.id);
    expect(await getItem(room.db, item, room.now())).toMatchObject({
      status: 'reserved',
      reservation: { userName: 'Bob' },
    });
  });
});

describe('extending a hold', () => {
  it('gives it the full time again', async () => {
    const held = await reserve(await room.sim(), draft());
    room.advance(500);
    const extended = await extend(held.id);
    expect(extended.id).toBe(held.id);
    expect(Date.parse(extended.expiresAt) - room.now().getTime()).toBe(600_000);
  });

  it('after it lapsed takes the item anew when it is free, swept or not', async () => {
    for (const sweep of [true, false]) {
      const item = await room.sim();
      const held = await reserve(item, draft());
      room.advance(700);
      if (sweep) await sweepExpired(room.db, room.now());
      expect(await extend(held.id)).toMatchObject({ id: held.id, itemId: item });
      expect(await statusOf(item)).toBe('reserved');
    }
  });

  it('after it lapsed and someone else took the item says so', async () => {
    const item = await room.sim();
    const held = await reserve(item, draft());
    room.advance(700);
    await reserve(item, draft(), bob);
    await expect(extend(held.id)).rejects.toMatchObject({ code: 'reservation_lapsed', data: { itemId: item } });
  });

  it('of an item that was retired meanwhile says that it lapsed', async () => {
    const item = await room.sim();
    const held = await reserve(item, draft());
    await room.db.transaction().execute((tx) => changeItem(tx, { id: item, status: 'retired' }, office, room.now()));
    await expect(extend(held.id)).rejects.toMatchObject({ code: 'reservation_lapsed' });
  });
});

describe('the sweep', () => {
  it('ends what expired and nothing else, once, whoever sweeps', async () => {
    room.advance(601);
    await sweepExpired(room.db, room.now());
    const expired = [];
    for (let count = 0; count < 450; count += 1) expired.push(await room.sim());
    for (const item of expired) await reserve(item, draft());
    const ordered = await room.sim();
    const claim = { draftId: draft(), orderId: 77, items: [{ template: 'sim_card', itemId: ordered }] };
    await room.db.transaction().execute((tx) => claimForOrder(tx, claim, ana, room.now()));
    room.advance(601);
    const fresh = await room.sim();
    await reserve(fresh, draft());
    const sweeps = await Promise.all([1, 2, 3].map(() => sweepExpired(room.db, room.now())));
    expect(sweeps.reduce((sum, swept) => sum + swept, 0)).toBe(450);
    expect(await statusOf(ordered)).toBe('reserved');
    expect(await statusOf(fresh)).toBe('reserved');
    expect(await eventsOf(expired[0] ?? 0)).toEqual(['received', 'reserved', 'hold_lapsed']);
  });

  it('forgets holds that ended long ago, and only those', async () => {
    const held = await reserve(await room.sim(), draft());
    const gone = await reserve(await room.sim(), draft());
    await release(gone.id);
    await forgetEnded(room.db, new Date(room.now().getTime() + 1));
    await expect(release(gone.id)).rejects.toMatchObject({ code: 'not_found' });
    await release(held.id);
  });
});
