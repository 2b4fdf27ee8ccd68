import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Connection, connect } from '../../../src/server/database/connection.ts';
import { startTestCentral, type TestCentral } from '../../parts/central.ts';
import { createTestDatabase, type TestDatabase } from '../../parts/database.ts';
import { waitUntil } from '../../parts/wait.ts';
import { draftOrder } from '../provisioning/ordering.ts';
import {
  commandOf,
  type EnrolledDesk,
  enrol,
  newCustomer,
  post,
  refusalOf,
  rowCounts,
  send,
  sendOne,
  staffAt,
  userId,
} from './commands-room.ts';

let database: TestDatabase;
/** Beside central's own connections, for what happens behind its back. */
let beside: Connection;
let central: TestCentral;
let sales: number;
let desk: EnrolledDesk;
beforeAll(async () => {
  database = await createTestDatabase();
  beside = connect(database.url, 4);
  central = await startTestCentral({ demo: 'small', databaseUrl: database.url });
  sales = await userId(beside.db, 'sales@demo.comptoir.test');
  desk = await enrol(beside.db);
});
afterEach(() => sql`drop trigger if exists trouble on customers`.execute(beside.db));
afterAll(async () => {
  await central?.stop();
  await beside?.close();
  await database?.drop();
});

/** Customers called `Trouble…` meet this failure of PostgreSQL. */
async function trouble(sqlState: string): Promise<void> {
  await sql`create or replace function trouble() returns trigger language plpgsql as $$
    begin raise exception 'trouble' using errcode = ${sql.lit(sqlState)}; end $$`.execute(beside.db);
  await sql`create trigger trouble before insert on customers for each row
    when (new.name like 'Trouble%') execute function trouble()`.execute(beside.db);
}

const ill = () => newCustomer(sales, { name: `Trouble ${Math.random()}` });
const outcomes = (sent: Awaited<ReturnType<typeof send>>) =>
  sent.map((each) => (each.outcome === 'later' ? `later: ${each.reason}` : each.outcome));

/** Runs `work` while a transaction of someone else holds John Smith’s row; ends it after `during`. */
async function whileLocked(during: () => Promise<unknown>): Promise<void> {
  await beside.db.transaction().execute(async (tx) => {
    await tx.selectFrom('customers').select('id').where('id', '=', 123).forUpdate().execute();
    await during();
  });
}

const waiting = () =>
  waitUntil(async () => {
    const { rows } = await sql<{ pid: number }>`
      select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
        and query like '%customers%'`.execute(beside.db);
    return rows[0]?.pid;
  }, 'a command to wait for the row');

const change = (taxIdentifier: string) => commandOf('customer.change', { id: 123, taxIdentifier }, sales);

test('a command that meets deadlocks over and over is `later`, keeps nothing and stops none that follows', async () => {
  await trouble('40P01');
  const command = ill();
  const before = await rowCounts(beside.db);
  expect(outcomes(await send(central.url, desk, [command, newCustomer(sales)]))).toEqual(['later: busy', 'accepted']);
  const after = await rowCounts(beside.db);
  expect([after.customers - before.customers, after.syncCommands - before.syncCommands]).toEqual([1, 1]);
  await sql`drop trigger trouble on customers`.execute(beside.db);
  expect((await sendOne(central.url, desk, command)).outcome).toBe('accepted');
});

test.each([
  ['is full', '53100'],
  ['is shutting down', '57P01'],
  ['fails to read', '58030'],
])('when the database %s, the command and all after it are `later`, and nothing is kept', async (_what, sqlState) => {
  await trouble(sqlState);
  const commands = [newCustomer(sales), ill(), newCustomer(sales)];
  const before = await rowCounts(beside.db);
  const first = await send(central.url, desk, commands);
  expect(outcomes(first)).toEqual(['accepted', 'later: database', 'later: database']);
  expect((await rowCounts(beside.db)).syncCommands - before.syncCommands).toBe(1);
  await sql`drop trigger trouble on customers`.execute(beside.db);
  const again = await send(central.url, desk, commands);
  expect(outcomes(again)).toEqual(['accepted', 'accepted', 'accepted']);
  expect(again[0]).toEqual(first[0]);
});

test('a failure nobody foresaw is a refusal that a person sees, and that stays', async () => {
  await trouble('XX000');
  const command = ill();
  const first = await sendOne(central.url, desk, command);
  expect(refusalOf(first)).toBe('internal_error');
  expect(JSON.stringify(first)).not.toContain('trouble');
  await sql`drop trigger trouble on customers`.execute(beside.db);
  expect(await sendOne(central.url, desk, command)).toEqual(first);
});

test('a connection cut in the middle of a command is `later`, and the next try has its effect', async () => {
  const command = change('GB 1');
  let sent: ReturnType<typeof send> | undefined;
  await whileLocked(async () => {
    sent = send(central.url, desk, [command, newCustomer(sales)]);
    const pid = await waiting();
    await sql`select pg_terminate_backend(${pid})`.execute(beside.db);
    expect(outcomes((await sent) ?? [])).toEqual(['later: database', 'later: database']);
  });
  const kept = await beside.db.selectFrom('syncCommands').select('id').where('id', '=', command.id).execute();
  expect(kept).toEqual([]);
  expect((await sendOne(central.url, desk, command)).outcome).toBe('accepted');
});

test('an order whose playbook this central does not have is `later`, not refused', async () => {
  const draft = await draftOrder(await staffAt(central.url, 'sales@demo.comptoir.test', desk), 'mobile-20gb');
  const command = commandOf('order.place', draft, sales);
  const { db } = beside;
  const rename = (playbook: string) =>
    db.updateTable('products').set({ playbook }).where('id', '=', draft.productId).execute();
  const { playbook } = await db
    .selectFrom('products')
    .select('playbook')
    .where('id', '=', draft.productId)
    .executeTakeFirstOrThrow();
  await rename('not-here-yet');
  const before = await rowCounts(db);
  expect(await sendOne(central.url, desk, command)).toEqual({ id: command.id, outcome: 'later', reason: 'playbook' });
  expect(await rowCounts(db)).toEqual(before);
  await rename(playbook);
  expect((await sendOne(central.url, desk, command)).outcome).toBe('accepted');
});

// The last test: it stops central.
test('central that stops ends the command at work and leaves the rest for later', async () => {
  const commands = [change('GB 2'), newCustomer(sales)];
  let sent: ReturnType<typeof post> | undefined;
  let stopped: Promise<void> | undefined;
  await whileLocked(async () => {
    sent = post(central.url, desk, commands);
    await waiting();
    stopped = central.stop({ keep: true });
  });
  expect(outcomes((await sent)?.body)).toEqual(['accepted', 'later: stopping']);
  await stopped;
  const { taxIdentifier } = await beside.db
    .selectFrom('customers')
    .select('taxIdentifier')
    .where('id', '=', 123)
    .executeTakeFirstOrThrow();
  expect(taxIdentifier).toBe('GB 2');
});
