import fc from 'fast-check';
import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Command, CommandOutcome } from '#core/sync/commands.ts';
import { connect, type Db } from '../../../src/server/database/connection.ts';
import { spawnCentral, startTestCentral } from '../../parts/central.ts';
import { waitUntil } from '../../parts/wait.ts';
import { JOHN_SMITH, productBySlug } from '../provisioning/ordering.ts';
import { prepareDemo } from '../provisioning/prepared.ts';
import { commandOf, type EnrolledDesk, enrol, send, userId } from './commands-room.ts';

/** A central to which the same work is sent in one of two ways. */
interface Side {
  readonly url: string;
  readonly db: Db;
  readonly desk: EnrolledDesk;
}

let calm: Side;
let wild: Side;
let sales: number;
let plan: number;
const closers: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  wild = await startBeside();
  const central = await startTestCentral({ demo: 'small' });
  closers.push(() => central.stop());
  const { url, db } = central;
  calm = { url, db, desk: await enrol(db) };
  sales = await userId(db, 'sales@demo.comptoir.test');
  plan = (await productBySlug(await central.asSales(), 'mobile-20gb')).id;
});
afterAll(async () => {
  for (const close of closers.reverse()) await close();
});

/** One process carries one central: the second has its own. */
async function startBeside(): Promise<Side> {
  const prepared = await prepareDemo();
  const connection = connect(prepared.databaseUrl, 4);
  const { url, kill } = await spawnCentral(prepared.env);
  closers.push(prepared.drop, connection.close, kill);
  const { db } = connection;
  return { url, db, desk: await enrol(db) };
}

// Few names, few items and few drafts, so that the work gets in its own way.
const step = fc.oneof(
  fc.record({
    kind: fc.constant('customer' as const),
    name: fc.constantFrom('Ana', 'Bea', 'Cat'),
    email: fc.constantFrom(null, 'not an address', 'same@example.test'),
    allowDuplicate: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('change' as const), of: fc.nat(9), tax: fc.nat(2), isVersioned: fc.boolean() }),
  fc.record({ kind: fc.constant('contact' as const), of: fc.nat(9), name: fc.constantFrom('Jo', '') }),
  fc.record({ kind: fc.constant('site' as const), of: fc.nat(9), address: fc.constantFrom('1 High Street', '') }),
  fc.record({
    kind: fc.constant('order' as const),
    ...{ of: fc.nat(9), sim: fc.nat(2), number: fc.nat(2), draft: fc.nat(3) },
  }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** How one batch travels: how many of the work that is next, in how many copies, with which older pieces beside it. */
const trip = fc.record({
  size: fc.integer({ min: 1, max: 4 }),
  copies: fc.integer({ min: 1, max: 4 }),
  isCutFirst: fc.boolean(),
  echoes: fc.array(fc.nat(30), { maxLength: 4 }),
});

/** What the steps of one run name, the same on both sides. */
interface World {
  readonly run: string;
  readonly ids: readonly string[];
  readonly drafts: readonly string[];
  readonly sims: readonly number[];
  readonly numbers: readonly number[];
}

async function worldOf(steps: readonly Step[]): Promise<World> {
  const uuids = (count: number) => Array.from({ length: count }, () => uuid());
  const [sims, numbers] = [await freeItems('sim_card'), await freeItems('mobile_number')];
  return { run: uuid(), ids: uuids(steps.length), drafts: uuids(4), sims, numbers };
}

async function freeItems(template: string): Promise<number[]> {
  const rows = await calm.db
    .selectFrom('items')
    .select('id')
    .where('template', '=', template)
    .where('storeId', '=', 1)
    .where('status', 'in', ['new', 'in_stock'])
    .orderBy('id')
    .limit(3)
    .execute();
  return rows.map(({ id }) => id);
}

const NOBODY = 2_000_000;

/** The step whose customer a step is about, when it is one made in this run. */
function madeBy(steps: readonly Step[], index: number): number | null {
  const it = steps[index];
  if (it === undefined || it.kind === 'customer') return null;
  const makers = steps.flatMap(({ kind }, at) => (kind === 'customer' && at < index ? [at] : []));
  return makers[it.of] ?? null;
}

function commandAt(
  world: World,
  steps: readonly Step[],
  index: number,
  answers: ReadonlyMap<string, CommandOutcome>,
): Command {
  const it = steps[index];
  const id = world.ids[index];
  if (it === undefined || id === undefined) throw new Error(`there is no step ${index}`);
  const make = (type: Command['type'], payload: Record<string, unknown>) => commandOf(type, payload, sales, { id });
  const maker = madeBy(steps, index);
  const made = maker === null ? undefined : answers.get(world.ids[maker] ?? '');
  const customerId = maker === null ? JOHN_SMITH : made?.outcome === 'accepted' ? Number(made.result.id) : NOBODY;
  switch (it.kind) {
    case 'customer': {
      const { name, email, allowDuplicate } = it;
      const address = email === 'same@example.test' ? `${world.run}@example.test` : email;
      return make('customer.create', {
        name: `${name} ${world.run}`,
        type: 'individual',
        email: address,
        allowDuplicate,
      });
    }
    case 'change':
      return make('customer.change', {
        id: customerId,
        taxIdentifier: `${it.tax} ${world.run}`,
        ...(it.isVersioned && maker !== null && { version: 1 }),
      });
    case 'contact':
      return make('contact.create', { id: customerId, name: it.name === '' ? '' : `${it.name} ${world.run}` });
    case 'site':
      return make('site.create', { id: customerId, name: `Site ${world.run}`, address: it.address });
    case 'order': {
      const items = [
        { template: 'sim_card', itemId: world.sims[it.sim] },
        { template: 'mobile_number', itemId: world.numbers[it.number] },
      ];
      return make('order.place', { draftId: world.drafts[it.draft], customerId, productId: plan, items });
    }
  }
}

/** Each piece of work once, one after the other. */
async function sendCalmly({ url, desk }: Side, world: World, steps: readonly Step[]) {
  const answers = new Map<string, CommandOutcome>();
  for (const index of steps.keys()) {
    const [outcome] = await send(url, desk, [commandAt(world, steps, index, answers)]);
    if (outcome) answers.set(outcome.id, outcome);
  }
  return answers;
}

/** In batches, copied, cut off before the answer, and with older work again in the same moment. */
async function sendWildly(
  { url, desk }: Side,
  world: World,
  steps: readonly Step[],
  trips: readonly (typeof trip extends fc.Arbitrary<infer T> ? T : never)[],
) {
  const answers = new Map<string, CommandOutcome>();
  const sent: Command[] = [];
  const note = (outcomes: readonly CommandOutcome[]) => {
    for (const outcome of outcomes) {
      expect(outcome).toEqual(answers.get(outcome.id) ?? outcome);
      answers.set(outcome.id, outcome);
    }
  };
  for (let done = 0, turn = 0; done < steps.length; turn += 1) {
    const { size, copies, isCutFirst, echoes } = trips[turn % trips.length] ?? {
      size: 1,
      copies: 1,
      isCutFirst: false,
      echoes: [],
    };
    let end = done + 1;
    // Work on a customer waits, as a desk does, until central has given the customer its number.
    while (end < Math.min(done + size, steps.length) && (madeBy(steps, end) ?? -1) < done) end += 1;
    const batch = Array.from({ length: end - done }, (_, at) => commandAt(world, steps, done + at, answers));
    const older = echoes.flatMap((index) => sent[index % (sent.length || 1)] ?? []);
    if (isCutFirst) await cutOff(url, desk, batch);
    const all = Array.from({ length: copies }, () => send(url, desk, batch));
    const again = older.map((command) => send(url, desk, [command]));
    for (const outcomes of await Promise.all([...all, ...again])) note(outcomes);
    sent.push(...batch);
    done = end;
  }
  note((await Promise.all(sent.map((command) => send(url, desk, [command])))).flat());
  return answers;
}

/** Sends a batch and hangs up before the answer. */
async function cutOff(url: string, desk: EnrolledDesk, batch: readonly Command[]): Promise<void> {
  const headers = { 'content-type': 'application/json', 'x-comptoir-desk': desk.credential };
  const signal = AbortSignal.timeout(4);
  await fetch(`${url}/api/v1/sync/commands`, { method: 'POST', headers, body: JSON.stringify(batch), signal }).catch(
    () => undefined,
  );
}

/** All that a run left behind, without the numbers that central gave. */
async function stateOf({ db }: Side, { run, ids, drafts, sims, numbers }: World) {
  await waitUntil(async () => {
    const open = await db.selectFrom('jobs').select('id').where('status', 'in', ['queued', 'running']).execute();
    return open.length === 0;
  }, 'the jobs to end');
  const rows = async (query: ReturnType<typeof sql>) => (await query.execute(db)).rows;
  const like = `%${run}%`;
  return {
    customers: await rows(sql`
      select name, email, tax_identifier, version from customers where name like ${like} or id = ${JOHN_SMITH}
      order by 1, 2, 3, 4`),
    contacts: await rows(sql`
      select k.name, c.name as customer from contacts k join customers c on c.id = customer_id
      where k.name like ${like} order by 1, 2`),
    sites: await rows(sql`
      select s.name, c.name as customer from sites s join customers c on c.id = customer_id
      where s.name like ${like} order by 1, 2`),
    orders: await rows(sql`
      select draft_id, o.status, c.name as customer, s.status as service
      from orders o join customers c on c.id = o.customer_id join services s on s.id = o.service_id
      where draft_id = any(${drafts}) order by 1`),
    items: await rows(sql`
      select i.id, i.status, o.draft_id from items i left join orders o on o.id = i.order_id
      where i.id = any(${[...sims, ...numbers]}) order by 1`),
    commands: await rows(sql`
      select id, outcome, error ->> 'code' as code from sync_commands where id = any(${ids}) order by 1`),
    audit: await rows(sql`
      select detail -> 'atDesk' ->> 'commandId' as command, action from audit_entries
      where detail -> 'atDesk' ->> 'commandId' = any(${ids}) order by 1, 2`),
  };
}

const SEED = Number(process.env.COMPTOIR_TEST_SEED ?? Date.now() % 1_000_000_000);

test(`work sent in any mixture of copies, batches and retries ends as if each piece was sent once (COMPTOIR_TEST_SEED=${SEED})`, async () => {
  const works = fc.array(step, { minLength: 4, maxLength: 16 });
  await fc.assert(
    fc.asyncProperty(works, fc.array(trip, { minLength: 1, maxLength: 8 }), async (steps, trips) => {
      const world = await worldOf(steps);
      await sendCalmly(calm, world, steps);
      await sendWildly(wild, world, steps, trips);
      const [expected, actual] = await Promise.all([stateOf(calm, world), stateOf(wild, world)]);
      expect(expected.commands.length).toBe(steps.length);
      expect(actual).toEqual(expected);
    }),
    // Both databases keep what earlier runs left, so a failing run is told as it is and not made smaller.
    { seed: SEED, numRuns: 12, endOnFailure: true },
  );
});
