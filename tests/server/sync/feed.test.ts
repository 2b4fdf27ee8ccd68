import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { syncEntities } from '#core/sync/rows.ts';
import { releaseReservation, reserveItem } from '../../../src/server/inventory/reservations.ts';
import { compactMarks } from '../../../src/server/sync/marks.ts';
import { type EnrolledDesk, enrol } from './commands-room.ts';
import { type Directory, expected, type FeedRoom, openFeedRoom, settled } from './feed-room.ts';

let room: FeedRoom;
let desk: EnrolledDesk;
let directory: Directory;
beforeAll(async () => {
  room = await openFeedRoom();
  desk = await enrol(room.db, { storeId: 1 });
  await settled(room.db);
  directory = await room.directory(1).pull();
});
afterAll(() => room?.close());

const now = () => new Date();
const run = (statement: ReturnType<typeof sql>) => statement.execute(room.db);

/** Pulls what has been committed by now; gives what came by it. */
async function pulled(of = directory) {
  await settled(room.db);
  const before = of.came.length;
  await of.pull();
  return of.came.slice(before).map(({ entity, key, isGone }) => `${isGone ? '-' : '+'}${entity} ${key}`);
}

async function freeItem(template = 'sim_card', storeId = 1): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    select id from items i where template = ${template} and store_id = ${storeId} and status = 'in_stock' and desk_id is null
      and not exists (select from reservations where item_id = i.id and ended_at is null) order by id limit 1`.execute(
    room.db,
  );
  if (!rows[0]) throw new Error('no free item');
  return rows[0].id;
}

async function anyService(): Promise<{ id: number; customerId: number; productId: number }> {
  return room.db.selectFrom('services').select(['id', 'customerId', 'productId']).executeTakeFirstOrThrow();
}

describe('the snapshot', () => {
  test('holds what the routes of the screens show, for every entity', async () => {
    await pulled();
    const all = await expected(room.db, 1, now());
    for (const entity of syncEntities) {
      expect(Object.keys(all[entity]).length, entity).toBeGreaterThan(0);
      expect(directory.held[entity], entity).toEqual(all[entity]);
    }
  });

  test('says how far it is, and ends at the whole', async () => {
    const [first] = directory.pages;
    const last = directory.pages.find(({ complete }) => complete);
    expect(first?.progress?.total).toBeGreaterThan(100);
    expect(last?.progress?.done).toBe(last?.progress?.total);
    expect(directory.pages.at(-1)?.progress).toBeNull();
  });
});

describe('changes', () => {
  test('a row changed a hundred times travels once, and then no more', async () => {
    await pulled();
    for (let version = 0; version < 100; version += 1) {
      await run(sql`update customers set name = ${`Renamed ${version}`} where id = 1001`);
    }
    expect(await pulled()).toEqual(['+customers 1001']);
    expect(directory.held.customers[1001]?.name).toBe('Renamed 99');
    expect(await pulled()).toEqual([]);
  });

  test('an update that changes nothing travels not at all', async () => {
    await run(sql`update customers set name = name`);
    await run(sql`update inventory_templates set label_count = label_count + 1`);
    expect(await pulled()).toEqual([]);
  });

  test('a customer is sent again for a payment method that came, changed and went', async () => {
    await run(sql`delete from payment_methods where customer_id = 1002`);
    await pulled();
    await run(
      sql`insert into payment_methods (customer_id, brand, last_four, is_default) values (1002, 'Visa', '4242', true)`,
    );
    expect(await pulled()).toEqual(['+customers 1002']);
    expect(directory.held.customers[1002]?.hasPaymentMethod).toBe(true);
    await run(sql`update payment_methods set is_default = false where customer_id = 1002`);
    expect(await pulled()).toEqual(['+customers 1002']);
    expect(directory.held.customers[1002]?.hasPaymentMethod).toBe(false);
    await run(sql`delete from payment_methods where customer_id = 1002`);
    expect(await pulled()).toEqual(['+customers 1002']);
  });

  test('contacts and sites come, change and go', async () => {
    const { rows } = await sql<{ id: number }>`
      insert into contacts (customer_id, name, roles) values (1001, 'New Contact', '{billing}') returning id`.execute(
      room.db,
    );
    const contact = rows[0]?.id;
    expect(await pulled()).toEqual([`+contacts ${contact}`]);
    await run(sql`delete from contacts where id = ${contact}`);
    expect(await pulled()).toEqual([`-contacts ${contact}`]);
    await run(sql`with gone as (insert into sites (customer_id, name, address) values (1001, 'A', 'B') returning id)
      select id from gone`);
    const [came] = await pulled();
    expect(came).toMatch(/^\+sites \d+$/);
    await run(sql`delete from sites where id = ${Number(came?.split(' ')[1])}`);
    expect(await pulled()).toEqual([came?.replace('+', '-')]);
  });

  test('a customer who is deleted takes contacts and sites along', async () => {
    const { rows } = await sql<{ id: number }>`
      insert into customers (name, type, created_at, search_text) values ('Short Lived', 'individual', now(), '')
      returning id`.execute(room.db);
    const id = rows[0]?.id;
    await run(sql`insert into contacts (customer_id, name, roles) values (${id}, 'Of Short Lived', '{}')`);
    expect(await pulled()).toHaveLength(2);
    await run(sql`delete from customers where id = ${id}`);
    const gone = await pulled();
    expect(gone).toHaveLength(2);
    expect(gone).toContain(`-customers ${id}`);
    expect(gone.find((line) => line.startsWith('-contacts'))).toBeDefined();
  });
});

describe('items', () => {
  test('reserved, released: sent again with who holds it and until when', async () => {
    const id = await freeItem();
    await pulled();
    const by = { name: 'Sam', storeId: 1 };
    const wish = { itemId: id, draftId: uuid() };
    const held = await room.db.transaction().execute((tx) => reserveItem(tx, wish, by, now()));
    expect(await pulled()).toEqual([`+items ${id}`]);
    expect(directory.held.items[id]).toMatchObject({
      status: 'reserved',
      reservation: { id: held.id, expiresAt: held.expiresAt },
    });
    await room.db.transaction().execute((tx) => releaseReservation(tx, held.id, by, now()));
    expect(await pulled()).toEqual([`+items ${id}`]);
    expect(directory.held.items[id]).toMatchObject({ status: 'in_stock', reservation: null });
  });

  test('leased to a desk: it is told which', async () => {
    const id = await freeItem();
    await run(sql`update items set desk_id = ${desk.id} where id = ${id}`);
    expect(await pulled()).toEqual([`+items ${id}`]);
    expect(directory.held.items[id]).toMatchObject({ deskId: desk.id, deskName: desk.name });
    await run(sql`update items set desk_id = null where id = ${id}`);
    expect(await pulled()).toEqual([`+items ${id}`]);
  });

  test('moved to another store: gone here, new there, and back', async () => {
    const there = await room.directory(2).pull();
    const id = await freeItem();
    await pulled();
    await run(sql`update items set store_id = 2 where id = ${id}`);
    expect(await pulled()).toEqual([`-items ${id}`]);
    expect(await pulled(there)).toEqual([`+items ${id}`]);
    await run(sql`update items set store_id = null where id = ${id}`);
    expect(await pulled()).toEqual([]);
    expect(await pulled(there)).toEqual([`-items ${id}`]);
    await run(sql`update items set store_id = 1 where id = ${id}`);
    expect(await pulled()).toEqual([`+items ${id}`]);
    expect(await pulled(there)).toEqual([]);
  });

  test('assigned, sold, faulty or retired: gone', async () => {
    for (const status of ['sold', 'faulty', 'retired']) {
      const id = await freeItem();
      await run(sql`update items set status = ${status} where id = ${id}`);
      expect(await pulled(), status).toEqual([`-items ${id}`]);
      expect(directory.held.items[id]).toBeUndefined();
    }
  });

  test('another store’s never leak, nor do those of none', async () => {
    const ids = await room.db.selectFrom('items').select(['id', 'storeId']).execute();
    const own = new Set(ids.filter(({ storeId }) => storeId === 1).map(({ id }) => String(id)));
    const fresh = await room.directory(1).pull();
    expect(Object.keys(fresh.held.items).filter((id) => !own.has(id))).toEqual([]);
    const other = ids.find(({ storeId }) => storeId === 2)?.id;
    await run(sql`update items set label = label || '-x', label_key = label_key || '-x' where id = ${other}`);
    expect(await pulled()).toEqual([]);
  });

  test('a hold that ended and was forgotten while the desk was away is not left standing', async () => {
    const id = await freeItem();
    await run(sql`insert into reservations (id, item_id, draft_id, order_id, user_name, created_at)
      values (${uuid()}, ${id}, ${uuid()}, 1000000, 'Sam', now())`);
    await pulled();
    expect(directory.held.items[id]).toMatchObject({ status: 'reserved', reservation: null });
    await run(sql`update reservations set ended_at = now(), end_reason = 'undone' where item_id = ${id}`);
    await run(sql`delete from reservations where item_id = ${id}`);
    expect(await pulled()).toEqual([`+items ${id}`]);
    expect(directory.held.items[id]).toMatchObject({ status: 'in_stock', reservation: null });
  });

  test('a hold that was forgotten after everyone saw its end is sent to nobody', async () => {
    const id = await freeItem();
    await run(sql`insert into reservations (id, item_id, draft_id, expires_at, user_name, created_at, ended_at, end_reason)
      values (${uuid()}, ${id}, ${uuid()}, now(), 'Sam', now(), now(), 'released')`);
    await pulled();
    await run(sql`delete from reservations where item_id = ${id}`);
    expect(await pulled()).toEqual([]);
  });
});

describe('a service is sent again', () => {
  test('for an item that came and went', async () => {
    const service = await anyService();
    const id = await freeItem('modem');
    await run(sql`update items set status = 'assigned', service_id = ${service.id}, customer_id = ${service.customerId}
      where id = ${id}`);
    expect(await pulled()).toEqual([`-items ${id}`, `+services ${service.id}`]);
    const ids = () => (directory.held.services[service.id] as { items: { id: number }[] }).items.map((item) => item.id);
    expect(ids()).toContain(id);
    await run(sql`update items set status = 'in_stock', service_id = null, customer_id = null where id = ${id}`);
    expect(await pulled()).toEqual([`+items ${id}`, `+services ${service.id}`]);
    expect(ids()).not.toContain(id);
  });

  test('for an add-on, and for a job', async () => {
    const service = await anyService();
    const addon = await room.db
      .selectFrom('products')
      .select(['id', 'name'])
      .where('category', '=', 'addon')
      .executeTakeFirstOrThrow();
    const order = await room.db
      .insertInto('orders')
      .values({
        ...{ draftId: uuid(), status: 'accepted', customerId: service.customerId, productId: addon.id },
        ...{ serviceId: service.id, createdByKind: 'system', createdById: 0, createdByName: 'x', createdAt: now() },
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await pulled();
    await run(sql`update orders set status = 'active', ended_at = ${now()} where id = ${order.id}`);
    expect(await pulled()).toEqual([`+services ${service.id}`]);
    expect(directory.held.services[service.id]?.addons).toContainEqual(
      expect.objectContaining({ orderId: order.id, productName: addon.name }),
    );
    const job = await room.db
      .insertInto('jobs')
      .values({
        ...{ orderId: order.id, status: 'succeeded', playbook: 'x', program: '{}', variables: '{}' },
        ...{ customerId: service.customerId, productId: addon.id, serviceId: service.id, createdByName: 'x' },
        ...{ createdAt: now(), queuedAt: now() },
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    expect(await pulled()).toEqual([`+services ${service.id}`]);
    expect(directory.held.services[service.id]?.lastJobId).toBe(job.id);
    await run(sql`update jobs set revision = revision + 1 where id = ${job.id}`);
    expect(await pulled()).toEqual([]);
  });

  test('for its product’s new name, and not for its new description', async () => {
    const { productId } = await anyService();
    await run(sql`update products set description = description || '.' where id = ${productId}`);
    expect(await pulled()).toEqual([`+products ${productId}`]);
    await run(sql`update products set name = name || ' II' where id = ${productId}`);
    const came = await pulled();
    const services = await room.db.selectFrom('services').select('id').where('productId', '=', productId).execute();
    expect(came.filter((line) => line.startsWith('+services')).length).toBe(services.length);
  });

  test('and an item for its store’s and its template’s', async () => {
    await run(sql`update stores set name = name || ' II' where id = 1`);
    await run(sql`update inventory_templates set name = name || ' II' where slug = 'sim_card'`);
    await pulled();
    expect(directory.held).toEqual(await expected(room.db, 1, now()));
  });
});

test('marks of one row become one, and nobody misses any', async () => {
  const late = await room.directory(1).pull();
  const id = await freeItem();
  for (const store of [2, 1, 2, 1, 2]) {
    await run(sql`update items set store_id = ${store} where id = ${id}`);
    await pulled();
  }
  await compactMarks(room.db);
  const { rows } = await sql`select from sync_marks where entity = 'items' and key = ${String(id)}`.execute(room.db);
  expect(rows).toHaveLength(2);
  await pulled(late);
  expect(late.held).toEqual(await expected(room.db, 1, now()));
});
