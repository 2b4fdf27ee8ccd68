import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { violatedConstraint } from '../../../src/server/database/failures.ts';
import { reclaimStock } from '../../../src/server/desks/withdraw.ts';
import { changeItem } from '../../../src/server/inventory/change-item.ts';
import { releaseOrderItems } from '../../../src/server/inventory/order-items.ts';
import { releaseReservation } from '../../../src/server/inventory/reservations.ts';
import { waitUntil } from '../../parts/wait.ts';
import { ana, office } from '../inventory/stock-room.ts';
import { type Desk, type DeskRoom, listenForAsks, openDeskRoom } from './desk-room.ts';

let room: DeskRoom;
let asks: Awaited<ReturnType<typeof listenForAsks>>;
beforeEach(async () => {
  room = await openDeskRoom();
  asks = await listenForAsks(room.connection.url);
});
afterEach(async () => {
  await asks.stop();
  await room.close();
});

const sizes = (desks: readonly Desk[]) => Promise.all(desks.map(async (desk) => (await room.share(desk)).length));
const refusalOf = async (promise: Promise<unknown>) => {
  const error = await promise.then(
    () => null,
    (failure: { data?: { reason?: string } }) => failure,
  );
  return error === null ? null : (error.data?.reason ?? error);
};

describe('the split', () => {
  test('leases all free items, equal to within one; a new desk gets its share once the others gave back', async () => {
    const items = await room.sims(10);
    const [one, two] = [await room.desk('one'), await room.desk('two')];
    await room.rebalance();
    expect(await sizes([one, two])).toEqual([5, 5]);

    const three = await room.desk('three');
    await room.rebalance();
    expect(await sizes([one, two, three])).toEqual([5, 5, 0]);
    const asked = () => [...asks.of(one), ...asks.of(two)];
    await waitUntil(() => asked().length === 3, 'both to be asked');
    for (const desk of [one, two]) await room.giveBack(desk, asks.of(desk));
    await room.rebalance();
    expect((await sizes([one, two, three])).toSorted()).toEqual([3, 3, 4]);
    const all = (await Promise.all([one, two, three].map((desk) => room.share(desk)))).flat();
    expect(all.toSorted((a, b) => a - b)).toEqual(items);

    asks.clear();
    await room.rebalance();
    expect((await sizes([one, two, three])).toSorted()).toEqual([3, 3, 4]);
    expect(asked()).toEqual([]);
  });

  test('an offline desk keeps its share and gets no more; months later it is still its own, until it is withdrawn and reclaimed', async () => {
    const [here, away] = [await room.desk('here'), await room.desk('away')];
    await room.sims(6);
    await room.rebalance();
    const kept = await room.share(away);
    expect(kept).toHaveLength(3);
    await room.offline(away);
    await room.sims(4);
    await room.rebalance();
    expect(await sizes([here, away])).toEqual([7, 3]);

    room.advance(90 * 24 * 3600);
    await room.hear(here);
    await room.rebalance();
    expect(await room.share(away)).toEqual(kept);
    expect(asks.of(away)).toEqual([]);
    expect(await refusalOf(room.reserve(kept[0] ?? 0, here))).toBe('of_other_desk');

    await room.revoke(away);
    await room.rebalance();
    expect(await room.share(away)).toEqual(kept);
    const context = { actor: { ...ana, kind: 'user', id: 1, permissions: [] } as const, audit: () => undefined };
    const reclaimed = await room.inTx((tx) => reclaimStock({ ...context, tx } as never, away.id));
    expect(reclaimed).toEqual({ items: 3, storeId: 1 });
    await room.rebalance();
    expect(await sizes([here, away])).toEqual([10, 0]);
  });

  test('items of another store, held, ordered or out of use are in nobody’s share', async () => {
    const [free, held, ordered, faulty] = await room.sims(4);
    const [elsewhere] = await room.sims(1, 2);
    await room.reserve(held ?? 0, null);
    await room.order(ordered ?? 0, null);
    await room.inTx((tx) => changeItem(tx, { id: faulty ?? 0, status: 'faulty' }, ana, room.now()));
    const desk = await room.desk('one');
    await room.rebalance();
    expect(await room.share(desk)).toEqual([free]);
    expect(await room.holderOf(elsewhere ?? 0)).toBeNull();
  });

  test('while desks enrol all at once and items are sold meanwhile, no item is promised twice and all ends even', async () => {
    const items = await room.sims(60);
    const desks: Desk[] = [];
    const sold = new Map<number, string | null>();
    const sell = async (itemId: number, desk: Desk | null) => {
      try {
        await room.order(itemId, desk);
        expect(sold.has(itemId)).toBe(false);
        sold.set(itemId, desk?.id ?? null);
      } catch (error) {
        expect(error).toMatchObject({ code: 'item_not_available' });
      }
    };
    const enrolling = Array.from({ length: 6 }, async (_, index) => {
      desks.push(await room.desk(`desk ${index}`));
      await Promise.all([room.rebalance(), room.rebalance()]);
    });
    const selling = items
      .slice(0, 30)
      .flatMap((itemId, index) => [
        sell(itemId, null),
        ...(index % 3 === 0 ? [enrolling[0]?.then(() => sell(itemId, desks[0] ?? null))] : []),
      ]);
    await Promise.all([...enrolling, ...selling]);
    for (let turn = 0; turn < 3; turn++) {
      await room.rebalance();
      await Promise.all(desks.map((desk) => room.giveBack(desk, asks.of(desk))));
      asks.clear();
    }
    await room.rebalance();
    const counts = await sizes(desks);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(60 - sold.size);
  });

  test('a withdrawn desk gets nothing, also when it was withdrawn while the split was made', async () => {
    await room.sims(20);
    const [stays, goes] = [await room.desk('stays'), await room.desk('goes')];
    await Promise.all([room.rebalance(), room.revoke(goes), room.rebalance()]);
    const before = await room.share(goes);
    await room.sims(20);
    await room.rebalance();
    expect(await room.share(goes)).toEqual(before);
    expect((await room.share(stays)).length).toBe(40 - before.length);
  });
});

describe('an item of a desk’s share', () => {
  let desk: Desk;
  let other: Desk;
  let item: number;
  beforeEach(async () => {
    [item = 0] = await room.sims(1);
    desk = await room.desk('Front');
    await room.rebalance();
    other = await room.desk('Back');
    expect(await room.holderOf(item)).toBe(desk.id);
  });

  test('is refused to another desk and to callers without one, with its desk’s name', async () => {
    const refused = {
      code: 'item_not_available',
      data: { reason: 'of_other_desk', desk: { name: 'Front', online: true } },
    };
    await expect(room.reserve(item, other)).rejects.toMatchObject(refused);
    await expect(room.reserve(item, null)).rejects.toMatchObject(refused);
    await expect(room.order(item, other)).rejects.toMatchObject(refused);
    await room.offline(desk);
    await expect(room.order(item, null)).rejects.toMatchObject({ data: { desk: { name: 'Front', online: false } } });
  });

  test('is its desk’s with a hold or without, and is in no share once it is ordered', async () => {
    const orderId = await room.order(item, desk);
    expect(await room.holderOf(item)).toBeNull();
    await room.assign(item, orderId);
    const [second = 0] = await room.sims(1);
    const draftId = uuid();
    await room.reserve(second, desk, draftId);
    await room.order(second, desk, draftId);
  });

  test('comes back to the store’s free stock when its order is undone, and is leased anew', async () => {
    const orderId = await room.order(item, desk);
    await room.assign(item, orderId);
    await room.inTx((tx) => releaseOrderItems(tx, orderId, ana, room.now()));
    expect(await room.holderOf(item)).toBeNull();
    await room.offline(desk);
    await room.rebalance();
    expect(await room.holderOf(item)).toBe(other.id);
  });

  test('goes to its desk’s order whatever another draft of that desk left on it, and that hold is over', async () => {
    const left = uuid();
    const hold = await room.reserve(item, desk, left);
    await room.order(item, desk);
    const { endReason } = await room.db
      .selectFrom('reservations')
      .select('endReason')
      .where('id', '=', hold)
      .executeTakeFirstOrThrow();
    expect(endReason).toBe('released');
    // What the draft asks late, on a slow line, changes nothing any more.
    expect(await refusalOf(room.reserve(item, desk, left))).toBe('not_available');
    expect(await refusalOf(room.order(item, desk, left))).toBe('not_available');
  });

  test('is held for one draft of its desk at a time, until the desk says that the other has left it', async () => {
    await room.reserve(item, desk);
    expect(await refusalOf(room.reserve(item, desk))).toBe('held_by_other');
    const draftId = uuid();
    await room.reserve(item, desk, draftId, true);
    expect(await refusalOf(room.reserve(item, desk))).toBe('held_by_other');
    await room.order(item, desk, draftId);
    expect(await refusalOf(room.reserve(item, desk, uuid(), true))).toBe('not_available');
  });

  test('held by another desk stands, whatever a desk says of its own drafts', async () => {
    const [loose = 0] = await room.sims(1);
    await room.reserve(loose, null);
    expect(await refusalOf(room.reserve(loose, desk, uuid(), true))).toBe('held_by_other');
    expect(await refusalOf(room.order(loose, desk))).toBe('held_by_other');
    const [theirs = 0] = await room.sims(1);
    await room.reserve(theirs, other);
    expect(await refusalOf(room.reserve(theirs, desk, uuid(), true))).toBe('held_by_other');
    expect(await refusalOf(room.order(theirs, desk))).toBe('held_by_other');
  });

  test('can not be held or ordered elsewhere whatever the code does: the database refuses', async () => {
    const insert = (deskId: string | null, orderId: number | null) =>
      room.db
        .insertInto('reservations')
        .values({
          ...{ id: uuid(), itemId: item, draftId: uuid(), storeId: 1, userName: 'Nobody', createdAt: room.now() },
          ...{ endedAt: null, endReason: null, deskId, orderId, expiresAt: orderId === null ? room.now() : null },
        })
        .execute();
    const constraintOf = (work: Promise<unknown>) => work.then(() => 'none', violatedConstraint);
    expect(await constraintOf(insert(other.id, 7))).toBe('item_of_other_desk');
    expect(await constraintOf(insert(null, 7))).toBe('item_of_other_desk');
    expect(await constraintOf(insert(other.id, null))).toBe('item_of_other_desk');

    await room.reserve(item, desk);
    const open = room.db.updateTable('reservations').where('itemId', '=', item).where('endedAt', 'is', null);
    expect(await constraintOf(open.set({ deskId: other.id }).execute())).toBe('item_of_other_desk');
    const lease = room.db.updateTable('items').where('id', '=', item);
    expect(await constraintOf(lease.set({ deskId: other.id }).execute())).toBe('item_held_elsewhere');
    const far = await room.desk('Far', 2);
    await room.db.updateTable('reservations').set({ endedAt: room.now(), endReason: 'released' }).execute();
    expect(await constraintOf(lease.set({ deskId: far.id }).execute())).toBe('item_of_a_desk_of_its_store');
    expect(await constraintOf(lease.set({ storeId: null }).execute())).toBe('item_of_a_desk_has_a_store');
    expect(await constraintOf(lease.set({ storeId: 2 }).execute())).toBe('item_of_a_desk_of_its_store');
  });

  test('is moved or sold by nobody elsewhere until its desk is withdrawn; it may be found faulty', async () => {
    const change = (wish: object, by = office) =>
      room.inTx((tx) => changeItem(tx, { id: item, ...wish }, by, room.now()));
    expect(await refusalOf(change({ storeId: 2 }))).toBe('of_other_desk');
    expect(await refusalOf(change({ status: 'sold' }))).toBe('of_other_desk');
    await room.revoke(desk);
    expect(await change({ storeId: 2 })).toMatchObject({ storeId: 2 });
    expect(await room.holderOf(item)).toBeNull();
    const [second = 0] = await room.sims(1);
    await room.rebalance();
    expect(await room.holderOf(second)).toBe(other.id);
    await room.inTx((tx) => changeItem(tx, { id: second, status: 'faulty' }, office, room.now()));
    expect(await room.holderOf(second)).toBeNull();
  });

  test('two others want it at the same moment: both are refused, and once it was given back one of them has it', async () => {
    const third = await room.desk('Third');
    const tries = () => Promise.all([refusalOf(room.reserve(item, other)), refusalOf(room.reserve(item, third))]);
    expect(await tries()).toEqual(['of_other_desk', 'of_other_desk']);
    await room.giveBack(desk, [item]);
    expect((await tries()).toSorted()).toEqual(['held_by_other', null].toSorted());
    expect([other.id, third.id]).toContain(await room.holderOf(item));
  });

  test('given back while its desk’s order of it arrives: one of the two is first, and it is sold once at most', async () => {
    for (let round = 0; round < 10; round++) {
      const [one = 0] = await room.sims(1);
      await room.db.updateTable('items').set({ deskId: desk.id }).where('id', '=', one).execute();
      const [ordered] = await Promise.all([refusalOf(room.order(one, desk)), room.giveBack(desk, [one])]);
      expect(ordered).toBeNull();
      expect(await room.holderOf(one)).toBeNull();
      expect(await refusalOf(room.reserve(one, other))).toBe('not_available');
    }
  });

  test('given back after it was ordered changes nothing, however often', async () => {
    const orderId = await room.order(item, desk);
    expect(await room.giveBack(desk, [item, 999_999])).toEqual([item]);
    await room.assign(item, orderId);
    expect(await room.giveBack(desk, [item])).toEqual([item]);
    const { status } = await room.db
      .selectFrom('items')
      .select('status')
      .where('id', '=', item)
      .executeTakeFirstOrThrow();
    expect(status).toBe('assigned');
  });

  test('given back by a request that a later one overtook stays where it is: the desk may have promised it anew', async () => {
    expect(await room.giveBack(desk, [item], 2)).toEqual([item]);
    await room.offline(other);
    await room.rebalance();
    expect(await room.holderOf(item)).toBe(desk.id);
    // Sent before, cut off, and sent again under a higher number; now the first comes out of somebody's queue.
    expect(await room.giveBack(desk, [item], 1)).toEqual([]);
    expect(await room.giveBack(desk, [item], 2)).toEqual([]);
    expect(await room.holderOf(item)).toBe(desk.id);
    expect(await room.giveBack(desk, [item], 3)).toEqual([item]);
    expect(await room.holderOf(item)).toBeNull();
  });

  test('given back while a draft of its desk takes it stays its desk’s, and is answered as not given back', async () => {
    const draftId = uuid();
    const hold = await room.reserve(item, desk, draftId);
    expect(await room.giveBack(desk, [item], 1)).toEqual([]);
    expect(await room.holderOf(item)).toBe(desk.id);
    await room.inTx((tx) => releaseReservation(tx, hold, { ...ana, desk }, room.now()));
    expect(await room.giveBack(desk, [item], 2)).toEqual([item]);
  });

  test('is not given back by another desk', async () => {
    await room.giveBack(other, [item]);
    expect(await room.holderOf(item)).toBe(desk.id);
  });

  test('that somebody asked for stays out of the split for a moment after it was given back', async () => {
    await room.db
      .insertInto('itemWishes')
      .values({ itemId: item, until: new Date(room.now().getTime() + 10_000) })
      .execute();
    await room.giveBack(desk, [item]);
    await room.rebalance();
    expect(await room.holderOf(item)).toBeNull();
    room.advance(11);
    await room.hear(desk, other);
    await room.rebalance();
    expect(await room.holderOf(item)).not.toBeNull();
  });
});

describe('an item that a desk holds with a line', () => {
  test('becomes its share, and stays so when it is let go', async () => {
    const desk = await room.desk('Front');
    const [item = 0] = await room.sims(1);
    const [foreign = 0] = await room.numbers(1, null);
    const hold = await room.reserve(item, desk);
    await room.reserve(foreign, desk);
    expect(await room.holderOf(item)).toBe(desk.id);
    expect(await room.holderOf(foreign)).toBeNull();
    await room.inTx((tx) => releaseReservation(tx, hold, { ...ana, desk }, room.now()));
    expect(await room.holderOf(item)).toBe(desk.id);
  });

  test('lapsed there and leased to another meanwhile, it is not taken anew', async () => {
    const [desk, other] = [await room.desk('Front'), await room.desk('Back')];
    const [item = 0] = await room.sims(1);
    const draftId = uuid();
    await room.reserve(item, desk, draftId);
    room.advance(601);
    await room.giveBack(desk, [item]);
    await sql`update reservations set ended_at = now(), end_reason = 'lapsed' where ended_at is null`.execute(room.db);
    await room.db.updateTable('items').set({ deskId: other.id }).where('id', '=', item).execute();
    expect(await refusalOf(room.order(item, desk, draftId))).toBe('of_other_desk');
  });
});

describe('a store’s pool of numbers', () => {
  const countOf = async (storeId: number | null) => {
    const { rows } = await sql<{ n: number }>`select count(*) as n from items
      where template = 'mobile_number' and store_id is not distinct from ${storeId}::int`.execute(room.db);
    return rows[0]?.n;
  };

  test('is topped up from the operator’s own to fifty, and leased', async () => {
    await room.numbers(80, null);
    const desk = await room.desk('Front');
    await room.rebalance();
    expect([await countOf(1), await countOf(null)]).toEqual([50, 30]);
    expect(await room.share(desk, 'mobile_number')).toHaveLength(50);
    await room.rebalance();
    expect([await countOf(1), await countOf(null)]).toEqual([50, 30]);
  });

  test('gives back what it has too much of, but none that a desk or a draft holds', async () => {
    const desk = await room.desk('Front');
    const numbers = await room.numbers(140, 1);
    const own = numbers.slice(0, 30);
    await room.db.updateTable('items').set({ deskId: desk.id }).where('id', 'in', own).execute();
    await room.reserve(numbers[30] ?? 0, null);
    await room.rebalance();
    expect([await countOf(1), await countOf(null)]).toEqual([51, 89]);
    expect((await room.share(desk, 'mobile_number')).slice(0, 30)).toEqual(own);
  });

  test('of two stores that want the last numbers at once: none is in both, and nothing is lost', async () => {
    await room.numbers(60, null);
    await room.desk('One', 1);
    await room.desk('Two', 2);
    await Promise.all([room.rebalance(1), room.rebalance(2), room.rebalance(1), room.rebalance(2)]);
    const counts = [(await countOf(1)) ?? 0, (await countOf(2)) ?? 0, (await countOf(null)) ?? 0];
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(60);
    expect(counts[0]).toBeLessThanOrEqual(50);
    expect(counts[1]).toBeLessThanOrEqual(50);
  });
});
