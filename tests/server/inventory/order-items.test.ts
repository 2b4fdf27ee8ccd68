import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeItem } from '../../../src/server/inventory/change-item.ts';
import { getItem, listItemsOfCustomer, listItemsOfService } from '../../../src/server/inventory/item-rows.ts';
import {
  assignItem,
  claimForOrder,
  releaseOrderItems,
  releaseServiceItems,
} from '../../../src/server/inventory/order-items.ts';
import { extendReservation, releaseReservation, reserveItem } from '../../../src/server/inventory/reservations.ts';
import { ana, bob, draft, lyon, office, openStockRoom, type StockRoom } from './stock-room.ts';

let room: StockRoom;
beforeAll(async () => {
  room = await openStockRoom();
});
afterAll(() => room.close());

let orders = 0;
const newOrder = () => {
  orders += 1;
  return orders;
};
const inTx = <T>(work: Parameters<ReturnType<StockRoom['db']['transaction']>['execute']>[0]) =>
  room.db.transaction().execute(work) as Promise<T>;
const reserve = (itemId: number, draftId: string) =>
  inTx((tx) => reserveItem(tx, { itemId, draftId }, ana, room.now()));
const claim = (itemIds: number[], orderId: number, draftId = draft(), by: typeof ana = ana) =>
  inTx((tx) => {
    const items = itemIds.map((itemId) => ({ template: 'sim_card', itemId }));
    return claimForOrder(tx, { draftId, orderId, items }, by, room.now());
  });
const assign = (itemId: number, orderId: number, serviceId = orderId, customerId = 1) =>
  inTx((tx) => assignItem(tx, { itemId, orderId, serviceId, customerId }, ana, room.now()));
const undo = (orderId: number) => inTx<number[]>((tx) => releaseOrderItems(tx, orderId, ana, room.now()));
const statusOf = async (id: number) => (await getItem(room.db, id, room.now()))?.status;

describe('an order’s items', () => {
  it('come from the draft’s holds and then never lapse', async () => {
    const [item, mine] = [await room.sim(), draft()];
    await reserve(item, mine);
    await claim([item], newOrder(), mine);
    room.advance(3600);
    expect(await getItem(room.db, item, room.now())).toMatchObject({ status: 'reserved', reservation: null });
    await expect(reserve(item, draft())).rejects.toMatchObject({ data: { reason: 'not_available', heldBy: null } });
    await expect(reserve(item, mine)).rejects.toMatchObject({ data: { reason: 'not_available' } });
  });

  it('may come straight from stock, or from a hold that lapsed and nobody took', async () => {
    const [item, lapsed, mine] = [await room.sim(), await room.sim(), draft()];
    await reserve(lapsed, mine);
    room.advance(700);
    await claim([item, lapsed], newOrder(), mine);
    expect([await statusOf(item), await statusOf(lapsed)]).toEqual(['reserved', 'reserved']);
  });

  it('are all claimed or none, and the refusal names the item, the reason and the holder', async () => {
    const [free, held] = [await room.sim(), await room.sim()];
    await reserve(held, draft());
    await expect(claim([free, held], newOrder())).rejects.toMatchObject({
      code: 'item_not_available',
      data: { itemId: held, reason: 'held_by_other', heldBy: { userName: 'Ana' } },
    });
    expect(await statusOf(free)).toBe('in_stock');
  });

  it('refuse an unknown item, a wrong template, another store, the same item twice', async () => {
    const item = await room.sim();
    await expect(claim([999_999], newOrder())).rejects.toMatchObject({ data: { reason: 'unknown_item' } });
    await expect(claim([item], newOrder(), draft(), lyon)).rejects.toMatchObject({ data: { reason: 'other_store' } });
    await expect(claim([item, item], newOrder())).rejects.toMatchObject({ code: 'item_not_available' });
    const wrong = { draftId: draft(), orderId: newOrder(), items: [{ template: 'modem', itemId: item }] };
    await expect(inTx((tx) => claimForOrder(tx, wrong, ana, room.now()))).rejects.toMatchObject({
      data: { reason: 'wrong_template' },
    });
  });

  it('refuse an item that was retired between choosing and claiming', async () => {
    const [item, mine] = [await room.sim(), draft()];
    await reserve(item, mine);
    await inTx((tx) => changeItem(tx, { id: item, status: 'retired', reason: 'broken' }, office, room.now()));
    await expect(claim([item], newOrder(), mine)).rejects.toMatchObject({ data: { reason: 'not_available' } });
  });

  it('claimed again for the same order change nothing', async () => {
    const [item, order] = [await room.sim(), newOrder()];
    await claim([item], order);
    await claim([item], order);
    await assign(item, order);
    await claim([item], order);
    expect(await statusOf(item)).toBe('assigned');
  });

  it('are no longer the draft’s to release or extend', async () => {
    const [item, mine] = [await room.sim(), draft()];
    const held = (await reserve(item, mine)) as { id: string };
    await claim([item], newOrder(), mine);
    await inTx((tx) => releaseReservation(tx, held.id, ana, room.now()));
    await expect(inTx((tx) => extendReservation(tx, held.id, ana, room.now()))).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(await statusOf(item)).toBe('reserved');
  });

  it('assigned are the service’s and the customer’s, once and for all repeats', async () => {
    const [item, order] = [await room.sim(), newOrder()];
    await claim([item], order);
    await assign(item, order, 500, 2);
    await assign(item, order, 500, 2);
    expect(await listItemsOfService(room.db, 500, room.now())).toMatchObject([
      { id: item, status: 'assigned', customerId: 2 },
    ]);
    expect((await listItemsOfCustomer(room.db, 2, room.now())).map(({ id }) => id)).toContain(item);
    await expect(assign(item, order, 501)).rejects.toMatchObject({ data: { reason: 'already_assigned' } });
    await expect(assign(item, newOrder(), 500)).rejects.toMatchObject({ data: { reason: 'already_assigned' } });
  });

  it('are not assigned to an order that does not own them', async () => {
    const [item, held] = [await room.sim(), await room.sim()];
    await reserve(held, draft());
    await expect(assign(item, newOrder())).rejects.toMatchObject({ code: 'item_not_available' });
    await expect(assign(held, newOrder())).rejects.toMatchObject({ data: { reason: 'held_by_other' } });
  });

  it('go back to stock when the order is undone, and may be claimed by it again', async () => {
    const [assigned, reserved, order] = [await room.sim(), await room.sim(), newOrder()];
    await claim([assigned, reserved], order);
    await assign(assigned, order);
    expect((await undo(order)).sort()).toEqual([assigned, reserved].sort());
    expect(await undo(order)).toEqual([]);
    expect([await statusOf(assigned), await statusOf(reserved)]).toEqual(['in_stock', 'in_stock']);
    await claim([assigned, reserved], order);
    await assign(assigned, order);
    expect(await statusOf(assigned)).toBe('assigned');
  });

  it('of an undone order that someone else has by now are left to them', async () => {
    const [item, order, other] = [await room.sim(), newOrder(), newOrder()];
    await claim([item], order);
    await undo(order);
    await claim([item], other);
    await assign(item, other);
    expect(await undo(order)).toEqual([]);
    expect(await statusOf(item)).toBe('assigned');
  });

  it('undone twice at once, while another order takes them, are never taken from that one', async () => {
    for (let count = 0; count < 15; count += 1) {
      const [item, order, other] = [await room.sim(), newOrder(), newOrder()];
      await claim([item], order);
      await assign(item, order);
      const takeOver = async () => {
        await undo(order);
        await claim([item], other);
        await assign(item, other);
      };
      await Promise.all([takeOver(), undo(order), undo(order), undo(order)]);
      expect(await getItem(room.db, item, room.now())).toMatchObject({ status: 'assigned', serviceId: other });
    }
  });

  it('go back to stock when their service ends', async () => {
    const [item, order] = [await room.sim(), newOrder()];
    await claim([item], order);
    await assign(item, order, 600);
    expect(await inTx((tx) => releaseServiceItems(tx, 600, ana, room.now()))).toEqual([item]);
    expect(await getItem(room.db, item, room.now())).toMatchObject({ status: 'in_stock', customerId: null });
  });
});

describe('the database itself refuses', () => {
  const write = (statement: ReturnType<typeof sql>) => statement.execute(room.db);

  it('to give an assigned item to another service or customer', async () => {
    const [item, order] = [await room.sim(), newOrder()];
    await claim([item], order);
    await assign(item, order, 700);
    await expect(write(sql`update items set service_id = 701 where id = ${item}`)).rejects.toThrow(
      /assigned to service 700/,
    );
    await expect(write(sql`update items set customer_id = 3 where id = ${item}`)).rejects.toThrow(
      /assigned to service 700/,
    );
  });

  it('to assign an item that is held, or to say assigned without a service', async () => {
    const item = await room.sim();
    await expect(write(sql`update items set status = 'assigned' where id = ${item}`)).rejects.toThrow(
      /assigned_to_a_service/,
    );
    await expect(write(sql`update items set service_id = 1, customer_id = 1 where id = ${item}`)).rejects.toThrow(
      /assigned_to_a_service/,
    );
    await reserve(item, draft());
    const steal = sql`update items set status = 'assigned', service_id = 1, customer_id = 1 where id = ${item}`;
    await expect(write(steal)).rejects.toThrow(/is reserved/);
  });

  it('two open holds on one item, and a hold on an item that is gone', async () => {
    const item = await room.sim();
    await reserve(item, draft());
    const hold = (id: number) => sql`
      insert into reservations (id, item_id, draft_id, expires_at, user_name, created_at)
      values (gen_random_uuid(), ${id}, gen_random_uuid(), now() + interval '1 hour', 'x', now())`;
    await expect(write(hold(item))).rejects.toThrow(/one_open_reservation/);
    const gone = await room.sim();
    await inTx((tx) => changeItem(tx, { id: gone, status: 'faulty' }, ana, room.now()));
    await expect(write(hold(gone))).rejects.toThrow(/can not be reserved/);
  });
});

describe('desks that want the same items at the same time', () => {
  const settle = async (tries: Promise<unknown>[]) => {
    const results = await Promise.allSettled(tries);
    const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    return { won: results.length - refused.length, refused };
  };

  it('two that want one SIM: one gets it, the other hears who has it (200 times, 50 at once)', async () => {
    const sims: number[] = [];
    for (let count = 0; count < 200; count += 1) sims.push(await room.sim());
    const race = async (item: number) => {
      const hold = (by: typeof ana) =>
        inTx((tx) => reserveItem(tx, { itemId: item, draftId: draft() }, by, room.now()));
      const { won, refused } = await settle([hold(ana), hold(bob)]);
      expect(won).toBe(1);
      expect(refused[0]).toMatchObject({ code: 'item_not_available', data: { itemId: item, reason: 'held_by_other' } });
      const holder = (await getItem(room.db, item, room.now()))?.reservation?.userName;
      expect(refused[0]).toMatchObject({ data: { heldBy: { userName: holder } } });
    };
    for (let start = 0; start < 200; start += 50) await Promise.all(sims.slice(start, start + 50).map(race));
  });

  it('twenty orders for overlapping sets in any order: no deadlock, no item in two orders', async () => {
    const sims = [await room.sim(), await room.sim(), await room.sim(), await room.sim()];
    const wishes = Array.from({ length: 20 }, (_, index) => {
      const turned = [...sims.slice(index % 4), ...sims.slice(0, index % 4)].slice(0, 2 + (index % 3));
      return { order: newOrder(), items: turned };
    });
    const { refused } = await settle(wishes.map(({ order, items }) => claim(items, order)));
    for (const reason of refused) expect(reason).toMatchObject({ code: 'item_not_available' });
    const { rows } = await sql<{ owners: number }>`
      select count(distinct order_id) as owners from reservations
      where item_id = any(${sims}::int[]) and ended_at is null group by item_id`.execute(room.db);
    expect(rows.every(({ owners }) => owners === 1)).toBe(true);
    expect(rows.length).toBeGreaterThan(0);
  });

  it('an order’s claim and another draft’s hold: exactly one has it', async () => {
    for (let count = 0; count < 20; count += 1) {
      const item = await room.sim();
      const { won } = await settle([claim([item], newOrder()), reserve(item, draft())]);
      expect(won).toBe(1);
    }
  });
});
