import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SyncEvent } from '#core/contract/central/desks.ts';
import { askBack, createSyncSignals, notifyChanges } from '../../../src/server/sync/signals.ts';
import { clientOf, startTestCentral, type TestCentral } from '../../parts/central.ts';
import { waitUntil } from '../../parts/wait.ts';
import { type EnrolledDesk, enrol } from './commands-room.ts';
import { directoryOf } from './feed-room.ts';

let central: TestCentral;
let desk: EnrolledDesk;
beforeAll(async () => {
  central = await startTestCentral();
  desk = await enrol(central.db, { storeId: 1 });
});
afterAll(() => central?.stop());

interface Stream {
  readonly events: SyncEvent[];
  count(type: SyncEvent['type']): number;
  ended(): boolean;
  close(): Promise<void>;
}

async function listen(of: EnrolledDesk, url = central.url): Promise<Stream> {
  const events: SyncEvent[] = [];
  const closing = new AbortController();
  const headers = { 'x-comptoir-desk': of.credential };
  const stream = await clientOf(url).sync.events(undefined, { context: { headers }, signal: closing.signal });
  let isEnded = false;
  const reading = (async () => {
    for await (const event of stream) events.push(event);
  })()
    .catch(() => undefined)
    .finally(() => {
      isEnded = true;
    });
  await waitUntil(() => events.length > 0, 'the first event');
  return {
    events,
    count: (wanted) => events.filter(({ type }) => type === wanted).length,
    ended: () => isEnded,
    async close() {
      closing.abort();
      await waitUntil(() => isEnded, 'the stream to end');
      await reading;
    },
  };
}

const addCustomer = () =>
  sql`insert into customers (name, type, created_at, search_text) values ('New', 'individual', now(), '')`.execute(
    central.db,
  );
const listeners = sql<{ pid: number }>`
  select pid from pg_stat_activity where application_name = 'comptoir sync' and datname = current_database()`;

test('a desk is greeted, and told of what changes', async () => {
  const stream = await listen(desk);
  expect(stream.events[0]).toMatchObject({ type: 'hello', deskId: desk.id });
  await waitUntil(() => stream.count('changes') > 0, 'the first look');
  const before = stream.count('changes');
  await addCustomer();
  await waitUntil(() => stream.count('changes') > before, 'the change');
  await stream.close();
});

test('once it was told for the last time, everything can be pulled, though an older transaction was open', async () => {
  const directory = await directoryOf(central, desk.credential).pull();
  const stream = await listen(desk);
  let seen = 0;
  const pullWhenTold = async () => {
    if (stream.count('changes') === seen) return;
    seen = stream.count('changes');
    await directory.pull();
  };
  await pullWhenTold();
  const { rows } = await central.db.connection().execute(async (other) => {
    await sql`begin`.execute(other);
    await sql`select pg_current_xact_id()`.execute(other);
    const added = await sql<{ id: number }>`
      insert into customers (name, type, created_at, search_text) values ('Hidden', 'individual', now(), '') returning id
    `.execute(central.db);
    await waitUntil(async () => {
      await pullWhenTold();
      return stream.count('changes') >= 2;
    }, 'the announcement');
    expect(directory.held.customers[added.rows[0]?.id ?? 0]).toBeUndefined();
    // It changes nothing that desks hold, so nothing announces its end.
    await sql`commit`.execute(other);
    return added;
  });
  await waitUntil(async () => {
    await pullWhenTold();
    return directory.held.customers[rows[0]?.id ?? 0];
  }, 'the customer to come');
  await stream.close();
});

test('many changes in quick succession are told a few times only', async () => {
  const stream = await listen(desk);
  await waitUntil(() => stream.count('changes') > 0, 'the first look');
  const before = stream.count('changes');
  const start = performance.now();
  for (let count = 0; count < 200; count += 1) await addCustomer();
  await waitUntil(() => stream.count('changes') > before, 'the changes');
  const pauses = (performance.now() - start) / 250;
  expect(stream.count('changes') - before).toBeLessThanOrEqual(Math.ceil(pauses) + 1);
  await stream.close();
});

test('a desk is asked to give items back, many at once and in any central; others are not', async () => {
  const other = await enrol(central.db, { storeId: 1, name: 'Back counter' });
  const streams = [await listen(desk), await listen(other)];
  const elsewhere = createSyncSignals(central.central.deps);
  await elsewhere.start();
  const heard: number[] = [];
  const ignore = () => undefined;
  const end = elsewhere.subscribe(desk.id, { changes: ignore, doubt: ignore, giveBack: (ids) => heard.push(...ids) });
  const ids = Array.from({ length: 1_500 }, (_, index) => 2_147_000_000 + index);
  await askBack(central.db, desk.id, ids);
  const asked = streams.map(({ events }) => () => {
    return events.flatMap((event) => (event.type === 'give_back' ? event.itemIds : []));
  });
  await waitUntil(() => asked[0]?.().length === ids.length, 'all to be asked for');
  await waitUntil(() => heard.length === ids.length, 'all to be asked for in the other central');
  expect([asked[0]?.(), heard, asked[1]?.()]).toEqual([ids, ids, []]);
  end();
  await elsewhere.stop();
  await Promise.all(streams.map((stream) => stream.close()));
});

test('a question of a transaction that fails is not asked', async () => {
  const stream = await listen(desk);
  const failed = central.db.transaction().execute(async (tx) => {
    await askBack(tx, desk.id, [1]);
    throw new Error('undone');
  });
  await expect(failed).rejects.toThrow('undone');
  await askBack(central.db, desk.id, [2]);
  await waitUntil(() => stream.count('give_back') > 0, 'the question');
  expect(stream.events.filter(({ type }) => type === 'give_back')).toEqual([{ type: 'give_back', itemIds: [2] }]);
  await stream.close();
});

test('when the listening connection is killed, desks look, and hear again', async () => {
  const stream = await listen(desk);
  await waitUntil(() => stream.count('changes') > 0, 'the first look');
  const [old] = (await listeners.execute(central.db)).rows;
  await sql`select pg_terminate_backend(${old?.pid})`.execute(central.db);
  const before = stream.count('changes');
  await waitUntil(() => stream.count('changes') > before, 'the look after the break');
  await waitUntil(async () => {
    const { rows } = await listeners.execute(central.db);
    return rows.length === 1 && rows[0]?.pid !== old?.pid;
  }, 'one new listening connection');
  await askBack(central.db, desk.id, [7]);
  await waitUntil(() => stream.count('give_back') > 0, 'a question over the new connection');
  const after = stream.count('changes');
  await notifyChanges(central.db);
  await waitUntil(() => stream.count('changes') > after, 'an announcement over the new connection');
  await stream.close();
});

test('a desk that listens is online; one whose credential is withdrawn is sent away', async () => {
  const other = await enrol(central.db, { storeId: 2, name: 'Side counter' });
  const stream = await listen(other);
  const { lastSeenAt } = await central.db
    .selectFrom('desks')
    .select('lastSeenAt')
    .where('id', '=', other.id)
    .executeTakeFirstOrThrow();
  expect(lastSeenAt).not.toBeNull();
  const admin = await central.asAdmin();
  await admin.desks.revoke({ id: other.id });
  await waitUntil(() => stream.ended(), 'the stream to end');
  await expect(listen(other)).rejects.toMatchObject({ code: 'desk_unknown' });
});

// The last one: nothing is left of the central.
test('a stop of central ends the streams', async () => {
  const stream = await listen(desk);
  await central.stop();
  await waitUntil(() => stream.ended(), 'the stream to end');
});
