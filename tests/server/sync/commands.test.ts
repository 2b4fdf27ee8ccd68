import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Command, CommandType } from '#core/sync/commands.ts';
import { startTestCentral, type TestCentral } from '../../parts/central.ts';
import { draftOrder, endOfJob, JOHN_SMITH, type Staff } from '../provisioning/ordering.ts';
import {
  commandOf,
  type EnrolledDesk,
  enrol,
  newCustomer,
  post,
  refusalOf,
  resultOf,
  revoke,
  rowCounts,
  send,
  sendOne,
  staffAt,
  userId,
} from './commands-room.ts';

let central: TestCentral;
let staff: Staff;
let sales: number;
/** The only desk of its store, so that its share is all of the stock; other desks are of other stores. */
let desk: EnrolledDesk;
beforeAll(async () => {
  central = await startTestCentral({ demo: 'small' });
  sales = await userId(central.db, 'sales@demo.comptoir.test');
  desk = await enrol(central.db);
});
beforeEach(async () => {
  // Tests move the clock, and access tokens last for minutes.
  staff = await staffAt(central.url, 'sales@demo.comptoir.test', desk);
});
afterAll(() => central?.stop());

const counts = () => rowCounts(central.db);
const one = (command: Command, by = desk) => sendOne(central.url, by, command);
const kept = (id: string) => central.db.selectFrom('syncCommands').selectAll().where('id', '=', id).executeTakeFirst();
const auditOf = (id: string) =>
  central.db
    .selectFrom('auditEntries')
    .selectAll()
    .where(sql<string>`detail -> 'atDesk' ->> 'commandId'`, '=', id)
    .execute();

/** What changed in the numbers of rows while `work` ran; tables that did not change are left out. */
async function growth(work: () => Promise<unknown>): Promise<Record<string, number>> {
  const before = await counts();
  await work();
  const after = Object.entries(await counts());
  const grown = after.map(([table, count]) => [table, count - before[table as keyof typeof before]] as const);
  return Object.fromEntries(grown.filter(([, count]) => count !== 0));
}

const makers: Record<CommandType, { make(): Promise<Command>; grows: Record<string, number> }> = {
  'customer.create': { make: async () => newCustomer(sales), grows: { customers: 1, syncCommands: 1 } },
  'customer.change': {
    make: async () => commandOf('customer.change', { id: JOHN_SMITH, taxIdentifier: uuid() }, sales),
    grows: { syncCommands: 1 },
  },
  'contact.create': {
    make: async () => commandOf('contact.create', { id: JOHN_SMITH, name: 'Jo', roles: ['billing'] }, sales),
    grows: { contacts: 1, syncCommands: 1 },
  },
  'site.create': {
    make: async () => commandOf('site.create', { id: JOHN_SMITH, name: 'Home', address: '1 High Street' }, sales),
    grows: { sites: 1, syncCommands: 1 },
  },
  'order.place': {
    make: async () => commandOf('order.place', await draftOrder(staff, 'mobile-20gb'), sales),
    grows: { orders: 1, jobs: 1, services: 1, syncCommands: 1 },
  },
};

describe.each(Object.entries(makers))('%s', (_type, { make, grows }) => {
  test('sent five times in one moment and once more later has one effect and one answer', async () => {
    const command = await make();
    const first = await growth(async () => {
      const outcomes = await Promise.all(Array.from({ length: 5 }, () => one(command)));
      expect(resultOf(outcomes[0])).toBeDefined();
      for (const outcome of outcomes) expect(outcome).toEqual(outcomes[0]);
      expect(await one(command)).toEqual(outcomes[0]);
    });
    expect(first).toEqual(grows);
    expect((await auditOf(command.id)).length).toBe(1);
  });

  test('its id with other work is refused, and the first stays as it was', async () => {
    const command = await make();
    const accepted = await one(command);
    const before = await kept(command.id);
    const others: Command[] = [
      { ...command, payload: { ...command.payload, name: 'Another' } },
      { ...command, type: command.type === 'site.create' ? 'contact.create' : 'site.create' },
      { ...command, userId: await userId(central.db, 'admin@demo.comptoir.test') },
    ];
    const grown = await growth(async () => {
      for (const other of others) expect(refusalOf(await one(other))).toBe('idempotency_key_reused');
    });
    expect(grown).toEqual({});
    expect(await kept(command.id)).toEqual(before);
    expect(await one(command)).toEqual(accepted);
  });
});

describe('a batch', () => {
  test('goes in order, and a refused command in the middle stops none that follows', async () => {
    const [before, bad, after] = [newCustomer(sales), newCustomer(sales, { name: '' }), newCustomer(sales)];
    const outcomes = await send(central.url, desk, [before, bad, after]);
    expect(outcomes.map(({ id }) => id)).toEqual([before.id, bad.id, after.id]);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['accepted', 'refused', 'accepted']);
    expect(resultOf(outcomes[2]).id).toBeGreaterThan(resultOf(outcomes[0]).id);
  });

  test('that names one command twice does it once', async () => {
    const command = newCustomer(sales);
    const grown = await growth(async () => {
      const [first, second] = await send(central.url, desk, [command, command]);
      expect(second).toEqual(first);
    });
    expect(grown).toEqual({ customers: 1, syncCommands: 1 });
  });

  test('of more than 50, of none, or too large is refused whole', async () => {
    const grown = await growth(async () => {
      const many = Array.from({ length: 51 }, () => newCustomer(sales));
      expect((await post(central.url, desk, many)).status).toBe(422);
      expect((await post(central.url, desk, [])).status).toBe(422);
      const large = newCustomer(sales, { taxIdentifier: 'x'.repeat(1024 * 1024) });
      expect((await post(central.url, desk, [large])).status).toBe(413);
      expect((await post(central.url, desk, [{ ...newCustomer(sales), type: 'customer.delete' }])).status).toBe(422);
    });
    expect(grown).toEqual({});
  });
});

describe('a refusal', () => {
  const refusals: [string, () => Command | Promise<Command>, string][] = [
    ['a field that is not valid', () => newCustomer(sales, { email: 'none' }), 'invalid_input'],
    [
      'an id of the desk’s own',
      () => commandOf('site.create', { id: -7, name: 'A', address: 'B' }, sales),
      'invalid_input',
    ],
    [
      'text that can not be kept',
      () => commandOf('site.create', { id: 123, name: 'A', address: 'a\u0000b' }, sales),
      'invalid_input',
    ],
    ['a customer like one that exists', () => newCustomer(sales, { name: 'John Smith' }), 'possible_duplicate'],
    [
      'a customer that is not there',
      () => commandOf('customer.change', { id: 2_000_000, name: 'X' }, sales),
      'not_found',
    ],
    [
      'a change of what changed meanwhile',
      () => commandOf('customer.change', { id: 456, version: 900, name: 'X' }, sales),
      'changed_meanwhile',
    ],
    [
      'an order without its items',
      async () => commandOf('order.place', { ...(await draftOrder(staff, 'mobile-20gb')), items: [] }, sales),
      'order_incomplete',
    ],
    ['a person nobody knows', () => newCustomer(999_999), 'forbidden'],
    ['a person whose id is a desk’s own', () => newCustomer(-3), 'forbidden'],
  ];

  test.each(refusals)('for %s is kept, and answered again when the reason is gone', async (_what, make, code) => {
    const command = await make();
    const first = await one(command);
    expect(refusalOf(first)).toBe(code);
    const grown = await growth(async () => {
      for (const outcome of await Promise.all([one(command), one(command)])) expect(outcome).toEqual(first);
    });
    expect(grown).toEqual({});
    expect(await kept(command.id)).toMatchObject({ outcome: 'refused', deskId: desk.id });
    expect((await auditOf(command.id)).map(({ action }) => action)).toEqual(['command.refused']);
  });

  test('names the fields', async () => {
    const outcome = await one(commandOf('contact.create', { id: -4, name: 'Jo' }, sales));
    expect(outcome).toMatchObject({ error: { data: { issues: [{ path: 'id', message: expect.any(String) }] } } });
    const order = commandOf('order.place', { ...(await draftOrder(staff, 'mobile-20gb')), siteId: -1 }, sales);
    expect(await one(order)).toMatchObject({ error: { data: { issues: [{ path: 'siteId' }] } } });
  });

  test('takes back all that the command did, and holds when its reason has gone since', async () => {
    const draft = await draftOrder(staff, 'mobile-20gb');
    // The first item is taken before the second is found to be out of use.
    const last = draft.items.at(-1)?.itemId ?? 0;
    const admin = await central.asAdmin();
    await admin.inventory.changeItem({ id: last, status: 'faulty' });
    const command = commandOf('order.place', draft, sales);
    const grown = await growth(async () => expect(refusalOf(await one(command))).toBe('item_not_available'));
    expect(grown).toEqual({ syncCommands: 1 });
    await admin.inventory.changeItem({ id: last, status: 'in_stock' });
    expect(refusalOf(await one(command))).toBe('item_not_available');
    expect(resultOf(await one({ ...command, id: uuid() })).id).toBeGreaterThan(0);
  });
});

describe('who', () => {
  test('decides with the permissions of now: finance creates no customer, until it may', async () => {
    const finance = await central.asNew({ roles: ['finance'], storeId: 1 });
    const { id } = await finance.me();
    const refusedOne = newCustomer(id);
    expect(refusalOf(await one(refusedOne))).toBe('forbidden');
    await (await central.asAdmin()).users.change({ id, roles: ['sales'] });
    expect(refusalOf(await one(refusedOne))).toBe('forbidden');
    expect(resultOf(await one(newCustomer(id))).id).toBeGreaterThan(0);
  });

  test('must be of the desk’s store or of none', async () => {
    const elsewhere = await (await central.asNew({ roles: ['sales'], storeId: 2 })).me();
    const everywhere = await (await central.asNew({ roles: ['admin'], storeId: null })).me();
    expect(refusalOf(await one(newCustomer(elsewhere.id)))).toBe('forbidden');
    expect(resultOf(await one(newCustomer(everywhere.id))).id).toBeGreaterThan(0);
  });

  test('works no more once the account is disabled; what was accepted before stays accepted', async () => {
    const { id } = await (await central.asNew({ roles: ['sales'], storeId: 1 })).me();
    const early = newCustomer(id);
    const accepted = await one(early);
    await (await central.asAdmin()).users.change({ id, enabled: false });
    expect(refusalOf(await one(newCustomer(id)))).toBe('forbidden');
    expect(await one(early)).toEqual(accepted);
  });

  test('and where and when by the desk’s clock are in the audit', async () => {
    const madeAt = '2031-02-03T04:05:06.000Z';
    const command = newCustomer(sales, {}, { madeAt });
    const { id } = resultOf(await one(command));
    const [line] = await auditOf(command.id);
    expect(line).toMatchObject({ action: 'customer.created', actorKind: 'user', actorId: sales, customerId: id });
    expect(line?.detail.atDesk).toEqual({ id: desk.id, name: desk.name, madeAt, commandId: command.id });
    expect(Math.abs((line?.at.getTime() ?? 0) - central.central.deps.clock.now().getTime())).toBeLessThan(60_000);
    const { items } = await staff.customers.activity({ id });
    expect(items[0]).toMatchObject({ actorName: line?.actorName, desk: { name: desk.name, madeAt } });
    expect(items[0]?.detail).not.toHaveProperty('atDesk');
  });
});

describe('which desk', () => {
  test('an unknown or withdrawn one sends nothing', async () => {
    const stranger = { ...desk, credential: 'x'.repeat(43) };
    expect((await post(central.url, stranger, [newCustomer(sales)])).body.code).toBe('desk_unknown');
    const other = await enrol(central.db, { storeId: 2 });
    await revoke(central.db, other);
    expect((await post(central.url, other, [newCustomer(sales)])).body.code).toBe('desk_unknown');
  });

  test('one that was enrolled anew may ask again what its work came to', async () => {
    const command = newCustomer(sales);
    const accepted = await one(command);
    const anew = await enrol(central.db, { storeId: 2 });
    expect(await growth(async () => expect(await one(command, anew)).toEqual(accepted))).toEqual({});
  });

  test('two desks that send one id with other work: the first has it', async () => {
    const everywhere = await userId(central.db, 'admin@demo.comptoir.test');
    const [mine, theirs] = [newCustomer(everywhere), newCustomer(everywhere)];
    const rival = await enrol(central.db, { storeId: 2 });
    const outcomes = await Promise.all([one(mine), one({ ...theirs, id: mine.id }, rival)]);
    expect(outcomes.map(refusalOf).sort()).toEqual(['accepted', 'idempotency_key_reused']);
  });
});

describe('an order', () => {
  test('whose draft was ordered already, by another command or the API, is that order', async () => {
    const draft = await draftOrder(staff, 'mobile-20gb');
    const order = await staff.orders.create(draft);
    const grown = await growth(async () => {
      const again = await one(commandOf('order.place', draft, sales));
      expect(resultOf(again).id).toBe(order.id);
    });
    expect(grown).toEqual({ syncCommands: 1 });
  });

  test('sent with two commands in one moment is placed once', async () => {
    const draft = await draftOrder(staff, 'mobile-20gb');
    const grown = await growth(async () => {
      const outcomes = await Promise.all([1, 2, 3, 4].map(() => one(commandOf('order.place', draft, sales))));
      expect(new Set(outcomes.map((outcome) => resultOf(outcome).id)).size).toBe(1);
    });
    expect(grown).toEqual({ orders: 1, jobs: 1, services: 1, syncCommands: 4 });
  });

  test('made by a desk whose clock is a year off is placed by central’s clock, and goes live', async () => {
    const draft = await draftOrder(staff, 'mobile-20gb');
    const outcome = await one(commandOf('order.place', draft, sales, { madeAt: '1999-01-01T00:00:00.000Z' }));
    const order = resultOf(outcome);
    const lag = central.central.deps.clock.now().getTime() - new Date(String(order.createdAt)).getTime();
    expect(Math.abs(lag)).toBeLessThan(60_000);
    expect((await endOfJob(staff, Number(order.provisioningJobId))).status).toBe('succeeded');
  });

  test('keeps its status token, which no second order may have', async () => {
    const statusToken = 'abcdefghijklmnopqrstuv_1';
    const draft = await draftOrder(staff, 'mobile-20gb', { statusToken });
    const { id } = resultOf(await one(commandOf('order.place', draft, sales)));
    const row = await central.db.selectFrom('orders').select('statusToken').where('id', '=', id).executeTakeFirst();
    expect(row).toEqual({ statusToken });
    const thief = await draftOrder(staff, 'mobile-20gb', { statusToken });
    expect(await one(commandOf('order.place', thief, sales))).toMatchObject({
      error: { code: 'invalid_input', data: { issues: [{ path: 'statusToken' }] } },
    });
  });
});
