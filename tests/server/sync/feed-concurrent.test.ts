import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import pg from 'pg';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { syncEntities } from '#core/sync/rows.ts';
import { retryable, violatedConstraint } from '../../../src/server/database/failures.ts';
import { compactMarks } from '../../../src/server/sync/marks.ts';
import { type Directory, expected, type FeedRoom, openFeedRoom, settled } from './feed-room.ts';

const SEED = Number(process.env.COMPTOIR_SEED ?? Date.now() % 1_000_000);

let room: FeedRoom;
let pool: pg.Pool;
beforeAll(async () => {
  console.log(`seed of the feed under concurrent writers: ${SEED} (COMPTOIR_SEED)`);
  room = await openFeedRoom();
  pool = new pg.Pool({ connectionString: room.url, max: 20 });
});
afterAll(async () => {
  await pool?.end();
  await room?.close();
});

/** Small pages, so that a pull is many of them and everything changes in between. */
const small = { characters: 2_000, rows: () => 20 };

/** What a writer does in a transaction; `$1` and `$2` are numbers drawn for it. */
const writes = {
  newCustomer: `insert into customers (name, type, created_at, search_text) values ('C' || $1, 'individual', now(), $2)`,
  renameCustomer: `update customers set name = 'R' || $1 where id = 1001 + $2::int % 8`,
  newContact: `insert into contacts (customer_id, name, roles) values (1001 + $2::int % 8, 'N' || $1, '{billing}')`,
  dropContact: `delete from contacts where id = (select max(id) from contacts where id % 7 = $1::int % 7 and $2::int > 0)`,
  newSite: `insert into sites (customer_id, name, address) values (1001 + $2::int % 8, 'S' || $1, 'there')`,
  pays: `insert into payment_methods (customer_id, brand, last_four, is_default)
    select 1001 + $2::int % 8, 'Visa', '4242', true where $1::int > 0 on conflict do nothing`,
  paysNoMore: `delete from payment_methods where customer_id = 1001 + $2::int % 8 and $1::int > 0`,
  moveItem: `update items set store_id = case $2::int % 3 when 0 then null else $2::int % 3 end
    where id = (select id from items where status = 'in_stock' and id % 9 = $1::int % 9 limit 1)`,
  assignItem: `update items set status = 'assigned', service_id = s.id, customer_id = s.customer_id
    from (select id, customer_id from services order by id limit 1 offset $1::int % 3) s
    where items.id = (select id from items where status = 'in_stock' and id % 9 = $2::int % 9 limit 1)`,
  freeItem: `update items set status = 'in_stock', service_id = null, customer_id = null
    where id = (select id from items where status = 'assigned' and id % 5 = $1::int % 5 and $2::int > 0 limit 1)`,
  hold: `insert into reservations (id, item_id, draft_id, order_id, user_name, created_at)
    select gen_random_uuid(), id, gen_random_uuid(), 1 + $1::int, 'Sam', now() from items i
    where status = 'in_stock' and id % 9 = $2::int % 9
      and not exists (select from reservations where item_id = i.id and ended_at is null) limit 1`,
  endHold: `update reservations set ended_at = now(), end_reason = 'undone'
    where id = (select id from reservations where ended_at is null and $1::int > 0 and item_id % 3 = $2::int % 3 limit 1)`,
  forgetHolds: `delete from reservations where ended_at is not null and item_id % 3 = $1::int % 3 and $2::int > 0`,
  addon: `insert into orders (draft_id, status, customer_id, product_id, service_id, created_by_kind, created_by_id,
      created_by_name, created_at)
    select gen_random_uuid(), 'active', s.customer_id, p.id, s.id, 'system', $1::int, 'x', now()
    from (select id, customer_id from services order by id limit 1 offset $2::int % 3) s,
      (select id from products where category = 'addon' limit 1) p`,
  renameProduct: `update products set name = 'P' || $1 where id = 1 + $2::int % 9`,
  renameStore: `update stores set name = 'S' || id || '-' || $1 where id = 1 + $2::int % 2`,
  renameTemplate: `update inventory_templates set name = slug || $1 where slug = 'sim_card' and $2::int > 0`,
};

interface Transaction {
  /** How long after the last of this writer it begins, and how long before it ends after its writes. */
  readonly waits: number;
  readonly lingers: number;
  readonly isKept: boolean;
  readonly writes: readonly { readonly what: keyof typeof writes; readonly one: number; readonly two: number }[];
}

type What = keyof typeof writes;
/** Renaming sends hundreds of rows again, so it is done seldom. */
const whats = (Object.keys(writes) as What[]).flatMap((what) =>
  what.startsWith('rename') ? [what] : [what, what, what],
);
const number = fc.integer({ min: 1, max: 10_000 });
const transaction: fc.Arbitrary<Transaction> = fc.record({
  waits: fc.integer({ min: 0, max: 4 }),
  // Few are long: the others overtake them.
  lingers: fc.oneof(
    { weight: 6, arbitrary: fc.constant(0) },
    { weight: 2, arbitrary: fc.integer({ min: 1, max: 60 }) },
  ),
  isKept: fc.oneof({ weight: 9, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
  writes: fc.array(
    fc.record({
      what: fc.constantFrom(...whats),
      one: number,
      two: number,
    }),
    { minLength: 1, maxLength: 4 },
  ),
});

async function perform({ waits, lingers, isKept, writes: all }: Transaction): Promise<void> {
  await pause(waits);
  const client = await pool.connect();
  try {
    await client.query('begin');
    for (const { what, one, two } of all) {
      // The driver sends each as text; the statement says what it is.
      await client.query(writes[what], [String(one), String(two)]);
    }
    await pause(lingers);
    await client.query(isKept ? 'commit' : 'rollback');
  } catch (error) {
    await client.query('rollback');
    if (!retryable(error) && violatedConstraint(error) === undefined) throw error;
  } finally {
    client.release();
  }
}

/** Pulls again and again until told to end. */
function pulling(directory: Directory) {
  let isEnding = false;
  const work = (async () => {
    while (!isEnding) {
      await directory.step();
      await pause(3);
    }
  })();
  return async () => {
    isEnding = true;
    await work;
  };
}

test('whatever order transactions end in, desks that pull meanwhile end with what there is', async () => {
  const veteran = room.directory(1, small);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(transaction, { minLength: 3, maxLength: 10 }), { minLength: 2, maxLength: 6 }),
      async (writers) => {
        const fresh = [room.directory(1, small), room.directory(2, small), room.directory(1)];
        const ends = [veteran, ...fresh].map(pulling);
        await Promise.all([
          ...writers.map(async (transactions) => {
            for (const each of transactions) await perform(each);
          }),
          compactMarks(room.db),
        ]);
        for (const end of ends) await end();
        await settled(room.db);
        for (const directory of [veteran, ...fresh]) await directory.pull();
        const now = new Date();
        const [first, second] = [await expected(room.db, 1, now), await expected(room.db, 2, now)];
        for (const entity of syncEntities) {
          for (const directory of [veteran, fresh[0], fresh[2]]) {
            expect(directory?.held[entity], entity).toEqual(first[entity]);
          }
          expect(fresh[1]?.held[entity], entity).toEqual(second[entity]);
        }
      },
    ),
    { seed: SEED, numRuns: 3, endOnFailure: true },
  );
});

test('a row committed long after later ones were pulled still comes, by itself', async () => {
  const directory = await room.directory(1).pull();
  const late = await pool.connect();
  try {
    await late.query('begin');
    await late.query(writes.newCustomer, ['late', uuid()]);
    for (const name of ['one', 'two', 'three']) {
      await pool.query(writes.newCustomer, [name, uuid()]);
      await directory.pull();
    }
    await late.query('commit');
  } finally {
    late.release();
  }
  await settled(room.db);
  await directory.pull();
  const names = Object.values(directory.held.customers).map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['Clate', 'Cone', 'Ctwo', 'Cthree']));
});

test('a large change comes in pages of bounded size, each row once', async () => {
  const directory = await room.directory(1).pull();
  await pool.query(`update customers set name = name || '+'`);
  await pool.query(`update contacts set name = name || '+'`);
  await settled(room.db);
  const before = directory.came.length;
  const paged = room.directory(1, small);
  paged.cursor = directory.cursor;
  paged.isWhole = true;
  await paged.pull();
  const { customers, contacts } = await expected(room.db, 1, new Date());
  const rows = Object.keys(customers).length + Object.keys(contacts).length;
  expect(before).toBe(directory.came.length);
  expect(paged.came.length).toBe(rows);
  expect(paged.pages.length).toBeGreaterThan(rows / 40);
  for (const { tables } of paged.pages) expect(JSON.stringify(tables).length).toBeLessThan(8_000);
});
