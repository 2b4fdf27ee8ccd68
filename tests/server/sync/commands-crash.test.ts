import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Connection, connect } from '../../../src/server/database/connection.ts';
import { type SpawnedCentral, signInTo, spawnCentral } from '../../parts/central.ts';
import { waitUntil } from '../../parts/wait.ts';
import { draftOrder, endOfJob } from '../provisioning/ordering.ts';
import { type Prepared, prepareDemo } from '../provisioning/prepared.ts';
import {
  commandOf,
  type EnrolledDesk,
  enrol,
  newCustomer,
  post,
  resultOf,
  rowCounts,
  send,
  staffAt,
  userId,
} from './commands-room.ts';

let prepared: Prepared;
let beside: Connection;
let desk: EnrolledDesk;
let sales: number;
const centrals: SpawnedCentral[] = [];
beforeAll(async () => {
  prepared = await prepareDemo();
  beside = connect(prepared.databaseUrl, 4);
  desk = await enrol(beside.db);
  sales = await userId(beside.db, 'sales@demo.comptoir.test');
});
afterEach(async () => {
  for (const central of centrals.splice(0)) await central.kill();
});
afterAll(async () => {
  await beside?.close();
  await prepared?.drop();
});

async function start(): Promise<SpawnedCentral> {
  const central = await spawnCentral(prepared.env);
  centrals.push(central);
  return central;
}

const isKept = (id: string) =>
  beside.db.selectFrom('syncCommands').select('id').where('id', '=', id).executeTakeFirst();

test('central killed between commit and answer: the same work again is one customer, one order, one job', async () => {
  const first = await start();
  const staff = await staffAt(first.url, 'sales@demo.comptoir.test', desk);
  const customer = newCustomer(sales);
  const order = commandOf('order.place', await draftOrder(staff, 'mobile-20gb'), sales);
  const blocked = commandOf('customer.change', { id: 456, taxIdentifier: 'GB 77' }, sales);
  const work = [customer, order, blocked];
  const before = await rowCounts(beside.db);

  // The last piece waits for a row, so the answer can not leave before the kill; the two before it are committed.
  await beside.db.transaction().execute(async (tx) => {
    await tx.selectFrom('customers').select('id').where('id', '=', 456).forUpdate().execute();
    const answer = post(first.url, desk, work).then(
      ({ status }) => status,
      () => 'no answer',
    );
    await waitUntil(() => isKept(order.id), 'the order to be committed');
    await first.kill();
    expect(await answer).toBe('no answer');
  });

  const second = await start();
  const outcomes = await send(second.url, desk, work);
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted', 'accepted']);
  const after = await rowCounts(beside.db);
  const grown = Object.entries(after).map(([table, count]) => [table, count - before[table as keyof typeof before]]);
  expect(Object.fromEntries(grown)).toMatchObject({ customers: 1, orders: 1, jobs: 1, services: 1, syncCommands: 3 });
  const { client } = await signInTo(second.url, 'sales@demo.comptoir.test');
  expect((await endOfJob(client, Number(resultOf(outcomes[1]).provisioningJobId))).status).toBe('succeeded');
});

test('central killed before the commit: nothing of the command is there, and it has its effect the next time', async () => {
  const first = await start();
  const command = commandOf('customer.change', { id: 456, taxIdentifier: 'GB 78' }, sales);
  await beside.db.transaction().execute(async (tx) => {
    await tx.selectFrom('customers').select('id').where('id', '=', 456).forUpdate().execute();
    const answer = post(first.url, desk, [command]).catch(() => 'no answer');
    await waitUntil(async () => {
      const { rows } = await beside.pool.query(
        "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
      );
      return rows.length > 0;
    }, 'the command to wait');
    await first.kill();
    expect(await answer).toBe('no answer');
  });
  expect(await isKept(command.id)).toBeUndefined();
  const second = await start();
  const [outcome] = await send(second.url, desk, [command]);
  expect(resultOf(outcome).taxIdentifier).toBe('GB 78');
});
