import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { StaffUser } from '#core/domain/user.ts';
import { type CentralClient, startTestCentral, type TestCentral } from '../../parts/central.ts';
import { JOHN_SMITH, productBySlug } from '../provisioning/ordering.ts';
import {
  commandOf,
  type EnrolledDesk,
  enrol,
  newCustomer,
  refusalOf,
  resultOf,
  revoke,
  rowCounts,
  sendOne,
  userId,
} from './commands-room.ts';

let central: TestCentral;
let admin: CentralClient;
let manager: CentralClient;
let boss: StaffUser;
let sales: number;
let desk: EnrolledDesk;
beforeAll(async () => {
  central = await startTestCentral({ demo: 'small' });
  admin = await central.asAdmin();
  manager = await central.asNew({ roles: ['manager'], storeId: 1, name: 'Mia Manager' });
  boss = await manager.me();
  sales = await userId(central.db, 'sales@demo.comptoir.test');
});
beforeEach(async () => {
  desk = await enrol(central.db);
});
afterAll(() => central?.stop());

const auditOf = (commandId: string) =>
  central.db
    .selectFrom('auditEntries')
    .selectAll()
    .where(sql<string>`detail -> 'atDesk' ->> 'commandId'`, '=', commandId)
    .execute();

async function disabledPerson(): Promise<number> {
  const { id } = await (await central.asNew({ roles: ['sales'], storeId: 1, name: 'Dan Gone' })).me();
  await admin.users.change({ id, enabled: false });
  return id;
}

/** A free item of the desk's store, made part of its share. */
async function leasedTo({ id, storeId }: EnrolledDesk, template: string) {
  const { db } = central;
  const { id: itemId } = await db
    .selectFrom('items')
    .select('id')
    .where('template', '=', template)
    .where('storeId', '=', storeId)
    .where('status', '=', 'in_stock')
    .limit(1)
    .executeTakeFirstOrThrow();
  await db.updateTable('items').set({ deskId: id }).where('id', '=', itemId).execute();
  return { template, itemId };
}

describe('handing in the work of a withdrawn desk', () => {
  test('has one effect however often, and the audit names who answers for it and who did it', async () => {
    const person = await disabledPerson();
    const command = newCustomer(person);
    await revoke(central.db, desk);
    const before = await rowCounts(central.db);
    const hand = () => manager.sync.handIn({ deskId: desk.id, commands: [command] });
    const all = await Promise.all([hand(), hand(), hand()]);
    expect(resultOf(all[0]?.[0]).name).toBe(command.payload.name);
    for (const outcomes of [...all, await hand()]) expect(outcomes).toEqual(all[0]);
    const after = await rowCounts(central.db);
    expect([after.customers - before.customers, after.syncCommands - before.syncCommands]).toEqual([1, 1]);
    const [line, ...more] = await auditOf(command.id);
    expect(more).toEqual([]);
    expect(line).toMatchObject({ actorKind: 'user', actorId: boss.id, actorName: 'Mia Manager' });
    expect(line).toMatchObject({ effectiveId: person, effectiveName: 'Dan Gone' });
  });

  test('gives what the desk itself was answered before, be it accepted or refused', async () => {
    const [good, bad] = [newCustomer(sales), newCustomer(sales, { name: '' })];
    const told = [await sendOne(central.url, desk, good), await sendOne(central.url, desk, bad)];
    await revoke(central.db, desk);
    expect(await manager.sync.handIn({ deskId: desk.id, commands: [good, bad] })).toEqual(told);
  });

  test('is how work of a disabled account comes in after its desk was refused it, once', async () => {
    const command = newCustomer(await disabledPerson());
    expect(refusalOf(await sendOne(central.url, desk, command))).toBe('forbidden');
    await revoke(central.db, desk);
    const hand = () => manager.sync.handIn({ deskId: desk.id, commands: [command] });
    const [first] = await hand();
    expect(resultOf(first).id).toBeGreaterThan(0);
    expect(await hand()).toEqual([first]);
  });

  test('brings an order whose items are of the desk’s share, and of no other’s', async () => {
    const { db } = central;
    // In a store without any other desk, so that nobody shares its stock out meanwhile.
    const [owner, rival] = [await enrol(db, { storeId: 3 }), await enrol(db, { storeId: 3 })];
    for (const each of [owner, rival]) await revoke(db, each);
    const items = [await leasedTo(owner, 'sim_card'), await leasedTo(owner, 'mobile_number')];
    const { id: productId } = await productBySlug(admin, 'mobile-20gb');
    const payload = { draftId: uuid(), customerId: JOHN_SMITH, productId, items };
    const handed = async ({ id: deskId }: EnrolledDesk) =>
      (await admin.sync.handIn({ deskId, commands: [commandOf('order.place', payload, sales)] }))[0];
    expect(refusalOf(await handed(rival))).toBe('item_not_available');
    const { id } = resultOf(await handed(owner));
    const row = await db.selectFrom('orders').select(['storeId', 'createdById']).where('id', '=', id).execute();
    expect(row).toEqual([{ storeId: 3, createdById: (await admin.me()).id }]);
  });

  test('goes by the manager’s own permissions', async () => {
    const { id } = await (await central.asNew({ roles: ['finance'], storeId: 1 })).me();
    await revoke(central.db, desk);
    const [outcome] = await manager.sync.handIn({ deskId: desk.id, commands: [newCustomer(id)] });
    expect(resultOf(outcome).id).toBeGreaterThan(0);
  });

  test('takes no work in the name of nobody', async () => {
    await revoke(central.db, desk);
    const [outcome] = await manager.sync.handIn({ deskId: desk.id, commands: [newCustomer(888_888)] });
    expect(refusalOf(outcome)).toBe('forbidden');
  });
});

describe('who may not hand in', () => {
  const hand = (by: CentralClient, deskId = desk.id) => by.sync.handIn({ deskId, commands: [newCustomer(sales)] });

  test('anyone, while the desk can send its work itself', async () => {
    await expect(hand(manager)).rejects.toMatchObject({ code: 'desk_not_revoked' });
  });

  test('anyone, for a desk that never was', async () => {
    await expect(hand(manager, uuid())).rejects.toMatchObject({ code: 'not_found' });
  });

  test('a manager of another store; an administrator may', async () => {
    await revoke(central.db, desk);
    const other = await central.asNew({ roles: ['manager'], storeId: 2 });
    const before = await rowCounts(central.db);
    await expect(hand(other)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await rowCounts(central.db)).toEqual(before);
    expect(refusalOf((await hand(admin))[0])).toBe('accepted');
  });

  test('sales staff, and programs', async () => {
    await revoke(central.db, desk);
    await expect(hand(await central.asSales())).rejects.toMatchObject({ code: 'forbidden' });
    const { key } = await admin.apiKeys.create({ name: 'A program', permissions: ['admin'] });
    await expect(hand(central.client({ apiKey: key }))).rejects.toMatchObject({ code: 'forbidden' });
  });
});
