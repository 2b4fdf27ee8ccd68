import { afterAll, beforeAll, expect, test } from 'vitest';
import { ChargingRefusal, topUp } from '../../../src/server/charging/accounts.ts';
import { listBalances } from '../../../src/server/charging/balances.ts';
import { KeyReused } from '../../../src/server/charging/operations.ts';
import { recordUsage } from '../../../src/server/charging/record-usage.ts';
import { rollOver } from '../../../src/server/charging/roll-over.ts';
import { type Connection, connect } from '../../../src/server/database/connection.ts';
import { createTestDatabase, type TestDatabase } from '../../parts/database.ts';
import { bucket, inTx, openedAccount } from './usage-room.ts';

let database: TestDatabase;
let connection: Connection;
beforeAll(async () => {
  database = await createTestDatabase();
  connection = connect(database.url, 8);
});
afterAll(async () => {
  await connection?.close();
  await database?.drop();
});

const day = (text: string) => new Date(`${text}T12:00:00.000Z`);
const plan = [
  bucket({ name: 'plan', amount: 1_000, validity: 'month' }),
  bucket({ name: 'promo', amount: 50, weight: 10, validity: '60d' }),
];
const renewal = (account: string, given: { key?: string; renewsAt?: Date; periodEnd?: Date } = {}) => ({
  ...{ key: `renew ${account}`, account, now: day('2026-02-28') },
  ...{ renewsAt: day('2026-02-28'), periodEnd: day('2026-03-31'), buckets: null },
  ...given,
});
const use = (account: string, id: string, at: Date, quantity: number) =>
  inTx(connection.db, (tx) =>
    recordUsage(
      tx,
      [
        {
          ...{ id: `${account}:${id}`, account, at, quantity, subscriber: 'id:1', peer: null },
          ...{ type: 'data', destination: 'on_net' },
        },
      ],
      { now: at, by: 'test' },
    ),
  );
const balances = async (account: string, at: Date) =>
  (await listBalances(connection.db, account, at)).map(({ name, total, used, order }) => [name, total, used, order]);

test('ends the plan’s buckets, opens them anew in full, and leaves promotions and top-ups to their own expiry', async () => {
  const account = await openedAccount(connection.db, day('2026-01-31'), plan);
  await use(account, 'a', day('2026-02-10'), 300);
  const boost = bucket({ name: 'boost', amount: 200, weight: 20, validity: '30d' });
  await inTx(connection.db, (tx) => topUp(tx, { key: `t ${account}`, account, now: day('2026-02-20'), bucket: boost }));
  await inTx(connection.db, (tx) => rollOver(tx, renewal(account)));
  expect(await balances(account, day('2026-02-28'))).toEqual([
    ['promo', 50, 50, 1],
    ['boost', 200, 0, 2],
    ['plan', 1_000, 0, 3],
  ]);
});

test('the same renewal at the same moment five times is done once', async () => {
  const account = await openedAccount(connection.db, day('2026-01-31'), plan);
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => inTx(connection.db, (tx) => rollOver(tx, renewal(account)))),
  );
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(await balances(account, day('2026-03-01'))).toHaveLength(2);
});

test('one that is done late gives what was used since the renewal to the new period', async () => {
  const account = await openedAccount(connection.db, day('2026-01-31'), [bucket({ name: 'plan', validity: 'month' })]);
  await use(account, 'before', day('2026-02-27'), 900);
  await use(account, 'after', day('2026-03-02'), 400);
  await inTx(connection.db, (tx) => rollOver(tx, { ...renewal(account), now: day('2026-03-05') }));
  expect(await balances(account, day('2026-03-05'))).toEqual([['plan', 1_000, 400, 1]]);
});

test('one before the plan’s buckets expire ends them then: what was left is gone, what was used later is of the next', async () => {
  const account = await openedAccount(connection.db, day('2026-01-31'), [bucket({ name: 'plan', validity: 'month' })]);
  await use(account, 'late', day('2026-02-20'), 400);
  await inTx(connection.db, (tx) => rollOver(tx, renewal(account, { renewsAt: day('2026-02-15') })));
  expect(await balances(account, day('2026-02-20'))).toEqual([['plan', 1_000, 400, 1]]);
  const used = await connection.db
    .selectFrom('chargingBuckets')
    .select(({ fn }) => fn.sum<number>('used').as('sum'))
    .where('serviceUuid', '=', account)
    .executeTakeFirstOrThrow();
  expect(Number(used.sum)).toBe(400);
});

test('a plan that changes gives from then on what it is told', async () => {
  const account = await openedAccount(connection.db, day('2026-01-31'), plan);
  const bigger = [bucket({ name: 'bigger', amount: 5_000, validity: 'month' }), bucket({ amount: 7, validity: '3d' })];
  await inTx(connection.db, (tx) => rollOver(tx, { ...renewal(account), buckets: bigger }));
  const ends = (await listBalances(connection.db, account, day('2026-03-01'))).map(({ name, expiresAt }) => [
    name,
    expiresAt?.slice(0, 10),
  ]);
  expect(ends).toEqual([
    ['promo', '2026-04-01'],
    ['Data', '2026-03-03'],
    ['bigger', '2026-03-31'],
  ]);
});

test.each([
  ['before the running period', { renewsAt: day('2026-01-31') }],
  ['that ends before it begins', { periodEnd: day('2026-02-28') }],
])('a period %s is refused', async (_, given) => {
  const account = await openedAccount(connection.db, day('2026-01-31'), plan);
  const attempt = inTx(connection.db, (tx) => rollOver(tx, renewal(account, given)));
  await expect(attempt).rejects.toThrow(ChargingRefusal);
});

test('a key that stands for another renewal is refused', async () => {
  const account = await openedAccount(connection.db, day('2026-01-31'), plan);
  await inTx(connection.db, (tx) => rollOver(tx, renewal(account)));
  const other = renewal(account, { periodEnd: day('2026-04-30') });
  await expect(inTx(connection.db, (tx) => rollOver(tx, other))).rejects.toThrow(KeyReused);
});
