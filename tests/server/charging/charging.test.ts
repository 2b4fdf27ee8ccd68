import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  ChargingRefusal,
  openAccount,
  removeAccount,
  revertTopUp,
  topUp,
} from '../../../src/server/charging/accounts.ts';
import { listBalances } from '../../../src/server/charging/balances.ts';
import { type BucketInput, bucketInputSchema } from '../../../src/server/charging/buckets.ts';
import { KeyReused } from '../../../src/server/charging/operations.ts';
import { type Connection, connect, type Tx } from '../../../src/server/database/connection.ts';
import { createTestDatabase, type TestDatabase } from '../../parts/database.ts';

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

const now = new Date('2026-01-31T12:00:00.000Z');
const run = <T>(work: (tx: Tx) => Promise<T>) => connection.db.transaction().execute(work);
const bucket = (given: Partial<BucketInput> = {}): BucketInput =>
  bucketInputSchema.parse({ type: 'data', name: 'Data', amount: 1000, weight: 30, ...given });
const opened = async (buckets: BucketInput[] = []) => {
  const account = randomUUID();
  await run((tx) => openAccount(tx, { key: `open ${account}`, account, now, currency: 'GBP', buckets }));
  return account;
};

test('opening with the same key again, even at the same moment, gives one account with its buckets once', async () => {
  const account = randomUUID();
  const call = { key: `open ${account}`, account, now, currency: 'GBP', buckets: [bucket()] };
  const answers = await Promise.all(Array.from({ length: 5 }, () => run((tx) => openAccount(tx, call))));
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(await listBalances(connection.db, account, now)).toHaveLength(1);
});

test('an account that another operation opened is refused', async () => {
  const account = await opened();
  const call = { key: 'another', account, now, currency: 'GBP', buckets: [] };
  await expect(run((tx) => openAccount(tx, call))).rejects.toThrow(ChargingRefusal);
});

test('a key that was used for something else is refused', async () => {
  const account = await opened();
  await run((tx) => topUp(tx, { key: 'k1', account, now, bucket: bucket({ amount: 5 }) }));
  await expect(run((tx) => topUp(tx, { key: 'k1', account, now, bucket: bucket({ amount: 6 }) }))).rejects.toThrow(
    KeyReused,
  );
});

test('a top-up of no account is refused', async () => {
  const call = { key: 'k2', account: randomUUID(), now, bucket: bucket() };
  await expect(run((tx) => topUp(tx, call))).rejects.toThrow(ChargingRefusal);
});

test('top-ups repeated and reverted in any order leave each key’s bucket at most once', async () => {
  const steps = fc.array(fc.record({ key: fc.integer({ min: 0, max: 3 }), revert: fc.boolean() }), { maxLength: 15 });
  await fc.assert(
    fc.asyncProperty(steps, async (sequence) => {
      const account = await opened();
      const living = new Set<number>();
      for (const { key, revert } of sequence) {
        const name = `${account} ${key}`;
        if (revert) await run((tx) => revertTopUp(tx, name));
        else await run((tx) => topUp(tx, { key: name, account, now, bucket: bucket({ amount: 10 ** key }) }));
        if (revert) living.delete(key);
        else living.add(key);
      }
      const totals = (await listBalances(connection.db, account, now)).map(({ total }) => total);
      expect(totals.sort((a, b) => a - b)).toEqual([...living].sort().map((key) => 10 ** key));
    }),
    { numRuns: 25 },
  );
});

test('taking a top-up back leaves what was used of it', async () => {
  const account = await opened();
  await run((tx) => topUp(tx, { key: `used ${account}`, account, now, bucket: bucket() }));
  await connection.db.updateTable('chargingBuckets').set({ used: 400 }).where('serviceUuid', '=', account).execute();
  await run((tx) => revertTopUp(tx, `used ${account}`));
  expect(await listBalances(connection.db, account, now)).toMatchObject([{ total: 400, used: 400, remaining: 0 }]);
});

test('removing takes the account of its own operation only, and may be repeated', async () => {
  const account = await opened([bucket()]);
  await run((tx) => removeAccount(tx, account, 'somebody else'));
  expect(await listBalances(connection.db, account, now)).toHaveLength(1);
  await run((tx) => removeAccount(tx, account, `open ${account}`));
  await run((tx) => removeAccount(tx, account, `open ${account}`));
  expect(await listBalances(connection.db, account, now)).toEqual([]);
});

describe('balances', () => {
  test('are listed in the order they are used: lowest weight, then what ends first (domain.md 8 (1))', async () => {
    const account = await opened([
      bucket({ name: 'plan', weight: 30, validity: 'month' }),
      bucket({ name: 'late boost', weight: 20, validity: '60d' }),
      bucket({ name: 'forever', weight: 20 }),
      bucket({ name: 'promo', weight: 10, validity: 'week' }),
      bucket({ name: 'boost', weight: 20, validity: '30d' }),
    ]);
    const names = (await listBalances(connection.db, account, now)).map(({ name }) => name);
    expect(names).toEqual(['promo', 'boost', 'late boost', 'forever', 'plan']);
  });

  test('end by the calendar, and then are gone', async () => {
    const account = await opened([
      bucket({ validity: 'month' }),
      bucket({ validity: 'year' }),
      bucket({ validity: '36h' }),
    ]);
    const ends = (await listBalances(connection.db, account, now)).map(({ expiresAt }) => expiresAt);
    expect(ends).toEqual(['2026-02-02T00:00:00.000Z', '2026-02-28T12:00:00.000Z', '2027-01-31T12:00:00.000Z']);
    const later = new Date('2026-02-28T12:00:00.000Z');
    expect(await listBalances(connection.db, account, later)).toHaveLength(1);
  });

  test('a bucket of nothing is not made', async () => {
    expect(await listBalances(connection.db, await opened([bucket({ amount: 0 })]), now)).toEqual([]);
  });

  test.each(['never', '5', 'months', '-3d'])('the validity %s is refused', (validity) => {
    expect(bucketInputSchema.safeParse({ ...bucket(), validity }).success).toBe(false);
  });
});
