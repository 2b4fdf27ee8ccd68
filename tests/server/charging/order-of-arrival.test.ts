import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { destinationSchema } from '#core/domain/charging.ts';
import { openAccount, removeAccount, topUp } from '../../../src/server/charging/accounts.ts';
import type { BucketInput } from '../../../src/server/charging/buckets.ts';
import { type NewUsage, recordUsage } from '../../../src/server/charging/record-usage.ts';
import { rollOver } from '../../../src/server/charging/roll-over.ts';
import { type Connection, connect } from '../../../src/server/database/connection.ts';
import { createTestDatabase, type TestDatabase } from '../../parts/database.ts';
import { bucket, checkSums, inTx, openedAccount, stateOf } from './usage-room.ts';

const HOUR = 3_600_000;
const start = new Date('2026-06-01T00:00:00.000Z');
const at = (hour: number) => new Date(start.getTime() + hour * HOUR);
const renewsAt = at(60);

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

type Use = Pick<NewUsage, 'type' | 'destination' | 'quantity'> & { hour: number; name: string };

const plan = [
  bucket({ name: 'plan', amount: 100, weight: 30, validity: 'month' }),
  bucket({ name: 'plan abroad', amount: 20, weight: 25, destinations: ['international'], validity: 'month' }),
  bucket({ name: 'plan minutes', type: 'voice', amount: 50, validity: 'month' }),
  bucket({ name: 'promo', amount: 15, weight: 10, validity: '1d' }),
];
const record = (account: string, use: Use): NewUsage => {
  const { hour, name, ...rest } = use;
  return { ...rest, id: `${account} ${name}`.replace(' ', ':'), at: at(hour), account, subscriber: 'id:1', peer: null };
};
const recordAll = (records: NewUsage[]) =>
  inTx(connection.db, (tx) => recordUsage(tx, records, { now: at(100), by: 'test' }));

/** The account's state with its own name taken out, so that two accounts can be compared. */
async function comparable(account: string) {
  const state = await stateOf(connection.db, account);
  checkSums(state);
  return JSON.parse(JSON.stringify(state).replaceAll(account, 'account'));
}

const someUse: fc.Arbitrary<Use[]> = fc
  .array(
    fc.record({
      hour: fc.integer({ min: 0, max: 99 }),
      type: fc.constantFrom('data' as const, 'data' as const, 'voice' as const),
      destination: fc.constantFrom(...destinationSchema.options),
      quantity: fc.integer({ min: 0, max: 40 }),
    }),
    { minLength: 1, maxLength: 14 },
  )
  .map((uses) => uses.map((use, index) => ({ ...use, name: `r${index}` })));

type Step = { records: number[] } | 'boost' | 'renewal';

/** The same uses in any order and any batches, some more than once, with the boost and the renewal anywhere between. */
const steps = (uses: Use[]): fc.Arbitrary<Step[]> =>
  fc
    .tuple(
      fc.shuffledSubarray([...uses.keys()], { minLength: uses.length }),
      fc.array(fc.nat({ max: uses.length - 1 }), { maxLength: 4 }),
      fc.array(fc.integer({ min: 1, max: 5 }), { minLength: uses.length + 4, maxLength: uses.length + 4 }),
      fc.nat(),
      fc.nat(),
    )
    .map(([order, repeated, sizes, boost, renewal]) => {
      const left = [...order, ...repeated];
      const all: Step[] = [];
      for (const size of sizes) if (left.length > 0) all.push({ records: left.splice(0, size) });
      all.splice(boost % (all.length + 1), 0, 'boost');
      all.splice(renewal % (all.length + 1), 0, 'renewal');
      return all;
    });

async function play(uses: Use[], all: Step[]) {
  const account = await openedAccount(connection.db, start, plan);
  for (const step of all) {
    if (step === 'boost') {
      const boost: BucketInput = bucket({ name: 'boost', amount: 25, weight: 20, validity: '2d' });
      await inTx(connection.db, (tx) => topUp(tx, { key: `boost ${account}`, account, now: at(30), bucket: boost }));
    } else if (step === 'renewal') {
      const next = { renewsAt, periodEnd: at(2_000), buckets: null };
      await inTx(connection.db, (tx) => rollOver(tx, { key: `renew ${account}`, account, now: at(70), ...next }));
    } else {
      const records = [...new Set(step.records)].map((index) => record(account, uses[index] as Use));
      await recordAll(records);
    }
  }
  return comparable(account);
}

test('any order, any batches and any repetition, with a top-up and a renewal anywhere between, come to one state', async () => {
  const scenes = someUse.chain((uses) => fc.tuple(fc.constant(uses), steps(uses)));
  await fc.assert(
    fc.asyncProperty(scenes, async ([uses, all]) => {
      const inTime = await play(uses, ['boost', 'renewal', { records: [...uses.keys()] }]);
      expect(await play(uses, all)).toEqual(inTime);
      expect(inTime.records).toHaveLength(uses.length);
    }),
    { numRuns: 25 },
  );
});

test('eight batches of the same records at the same moment, over the same accounts in other orders, count each once', async () => {
  const accounts = await Promise.all(Array.from({ length: 6 }, () => openedAccount(connection.db, start, plan)));
  const use = (name: string, hour: number): Use => ({ type: 'data', destination: 'on_net', quantity: 9, hour, name });
  const records = accounts.flatMap((account) =>
    Array.from({ length: 10 }, (_, n) => record(account, use(`r${n}`, 5 * n))),
  );
  const rotated = (by: number) => [...records.slice(by), ...records.slice(0, by)];
  const answers = await Promise.all(Array.from({ length: 8 }, (_, n) => recordAll(rotated(7 * n))));
  const accepted = answers.flatMap((answer) => [...answer.values()].filter((outcome) => outcome === 'accepted'));
  expect(accepted).toHaveLength(records.length);
  for (const account of accounts) {
    const state = await comparable(account);
    expect(state.buckets.map(({ name, used }: { name: string; used: number }) => [name, used])).toEqual([
      ['plan', 75],
      ['plan abroad', 0],
      ['plan minutes', 0],
      ['promo', 15],
    ]);
  }
});

test('one id under two accounts at the same moment: one is accepted, the other a conflict, and nobody waits for ever', async () => {
  const [a = '', b = ''] = await Promise.all([1, 2].map(() => openedAccount(connection.db, start, plan)));
  const shared = (account: string, ids: string[]) =>
    ids.map((id) => ({
      ...record(account, { type: 'data', destination: 'on_net', quantity: 1, hour: 1, name: id }),
      ...{ id: `shared-${a}-${id}`, subscriber: account },
    }));
  const names = Array.from({ length: 30 }, (_, n) => `x${n}`);
  const [first, second] = await Promise.all([recordAll(shared(a, names)), recordAll(shared(b, names.toReversed()))]);
  for (const [id, outcome] of first ?? []) {
    expect([outcome, second?.get(id)].sort()).toEqual(['accepted', 'conflict']);
  }
});

test('an account that is removed keeps what the network counted, as uncovered, and opened again it goes on', async () => {
  const account = await openedAccount(connection.db, start, plan);
  const use: Use = { type: 'data', destination: 'on_net', quantity: 30, hour: 3, name: 'r' };
  await recordAll([record(account, use)]);
  await inTx(connection.db, (tx) => removeAccount(tx, account, `open ${account}`));
  expect(await stateOf(connection.db, account)).toMatchObject({
    ...{ buckets: [], parts: [] },
    records: [{ quantity: 30, uncovered: 30 }],
  });
  const again = { key: `again ${account}`, account, now: at(2), currency: 'GBP', buckets: plan };
  await inTx(connection.db, (tx) => openAccount(tx, again));
  expect((await comparable(account)).records).toMatchObject([{ uncovered: 0 }]);
});
