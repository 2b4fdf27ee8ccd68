import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CentralClient, startTestCentral, type TestCentral } from '../../parts/central.ts';
import { freshIccid, receiveSim, refusalOf } from './central-stock.ts';

let central: TestCentral;
let admin: CentralClient;
let sales: CentralClient;
let other: CentralClient;
beforeAll(async () => {
  central = await startTestCentral();
  admin = await central.asAdmin();
  sales = await central.asSales();
  other = await central.asNew({ roles: ['sales'], storeId: 2, name: 'Léa' });
});
afterAll(() => central.stop());

describe('receiving an item by scanning it', () => {
  it('stores the card’s whole number and makes a label', async () => {
    const iccid = freshIccid();
    const first = await sales.inventory.createItem({ template: 'sim_card', identifiers: { iccid: `${iccid}F` } });
    expect(first).toMatchObject({ identifiers: { iccid }, status: 'in_stock', storeId: 1, storeName: 'Store 1' });
    const second = await receiveSim(sales);
    const count = (label: string) => Number(label.replace('SIM-', ''));
    expect(count(second.label)).toBe(count(first.label) + 1);
  });

  it('goes on counting after a label of one’s own', async () => {
    await sales.inventory.createItem({ template: 'ont', identifiers: { serial: 'HW-1' }, label: 'ONT-00125' });
    const next = await sales.inventory.createItem({ template: 'ont', identifiers: { serial: 'HW-2' } });
    expect(next.label).toBe('ONT-00126');
  });

  it('refuses what exists, in any spelling, and says which item it is', async () => {
    const iccid = freshIccid();
    const item = await sales.inventory.createItem({ template: 'sim_card', identifiers: { iccid }, label: 'Own One' });
    const again = { template: 'sim_card', identifiers: { iccid: iccid.slice(0, -1) } };
    expect(await refusalOf(sales.inventory.createItem(again))).toEqual({
      code: 'item_exists',
      data: { itemId: item.id },
    });
    const label = { template: 'sim_card', identifiers: { iccid: freshIccid() }, label: 'own one' };
    expect(await refusalOf(sales.inventory.createItem(label))).toEqual({
      code: 'item_exists',
      data: { itemId: item.id },
    });
  });

  it('two desks that receive one card at the same instant: one item', async () => {
    const item = { template: 'sim_card', identifiers: { iccid: freshIccid() } };
    const results = await Promise.allSettled([1, 2, 3, 4].map(() => sales.inventory.createItem(item)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of results) if (result.status === 'rejected') expect(result.reason.code).toBe('item_exists');
  });

  it('names the field that is wrong', async () => {
    const issue = async (input: Parameters<CentralClient['inventory']['createItem']>[0]) => {
      const { code, data } = await refusalOf(sales.inventory.createItem(input));
      expect(code).toBe('invalid_input');
      return (data as { issues: { path: string; message: string }[] }).issues[0];
    };
    const wrong = freshIccid().replace(/.$/, (digit) => String((Number(digit) + 1) % 10));
    expect(await issue({ template: 'sim_card', identifiers: { iccid: wrong } })).toEqual({
      ...{ path: 'identifiers.iccid', message: 'invalid_identifier' },
    });
    expect(await issue({ template: 'sim_card', identifiers: {} })).toMatchObject({ message: 'missing_identifier' });
    expect(await issue({ template: 'fridge', identifiers: {} })).toMatchObject({ path: 'template' });
    expect(await issue({ template: 'mobile_number', identifiers: { msisdn: '0123' } })).toMatchObject({
      path: 'identifiers.msisdn',
    });
    const mixed = { msisdn: '+447700900555', iccid: freshIccid() };
    expect(await issue({ template: 'mobile_number', identifiers: mixed })).toMatchObject({ path: 'identifiers.iccid' });
  });

  it('into another store is forbidden', async () => {
    const item = { template: 'sim_card', identifiers: { iccid: freshIccid() }, storeId: 2 };
    expect((await refusalOf(sales.inventory.createItem(item))).code).toBe('forbidden');
    expect(await admin.inventory.createItem(item)).toMatchObject({ storeId: 2 });
  });
});

describe('an item changed by hand', () => {
  it('follows the state machine and keeps the reason in its history', async () => {
    const { id } = await receiveSim(sales);
    expect(await sales.inventory.changeItem({ id, status: 'faulty', reason: 'chip scratched' })).toMatchObject({
      status: 'faulty',
    });
    expect(await refusalOf(sales.inventory.changeItem({ id, status: 'sold' }))).toEqual({
      ...{ code: 'invalid_transition', data: { from: 'faulty', to: 'sold' } },
    });
    await sales.inventory.changeItem({ id, status: 'retired' });
    expect((await refusalOf(sales.inventory.changeItem({ id, status: 'in_stock' }))).code).toBe('invalid_transition');
    const { items } = await sales.inventory.itemHistory({ id, limit: 50 });
    expect(items.map(({ event, toStatus }) => `${event} ${toStatus}`)).toEqual([
      'changed retired',
      'changed faulty',
      'received in_stock',
    ]);
    expect(items[1]).toMatchObject({ userName: 'Sam Sales', detail: { reason: 'chip scratched' } });
  });

  it('is not reserved or assigned by hand', async () => {
    const { id } = await receiveSim(sales);
    for (const status of ['reserved', 'assigned'] as const)
      expect((await refusalOf(sales.inventory.changeItem({ id, status }))).code).toBe('invalid_transition');
  });

  it('held by a draft may be found faulty, which ends the hold, but not moved', async () => {
    const { id } = await receiveSim(sales);
    const { id: hold } = await sales.inventory.reserve({ itemId: id, draftId: uuid() });
    expect(await refusalOf(admin.inventory.changeItem({ id, storeId: 2 }))).toMatchObject({
      data: { reason: 'held_by_other', heldBy: { userName: 'Sam Sales' } },
    });
    expect(await sales.inventory.changeItem({ id, status: 'faulty' })).toMatchObject({
      status: 'faulty',
      reservation: null,
    });
    expect((await refusalOf(sales.inventory.extendReservation({ id: hold }))).code).toBe('reservation_lapsed');
  });

  it('moves to another store only by who works in all of them', async () => {
    const { id } = await receiveSim(sales);
    expect((await refusalOf(sales.inventory.changeItem({ id, storeId: 2 }))).code).toBe('forbidden');
    expect((await refusalOf(other.inventory.changeItem({ id, status: 'faulty' }))).code).toBe('forbidden');
    expect(await admin.inventory.changeItem({ id, storeId: 2 })).toMatchObject({ storeId: 2 });
    expect((await refusalOf(admin.inventory.changeItem({ id, storeId: 99 }))).code).toBe('invalid_input');
    expect(await refusalOf(sales.inventory.reserve({ itemId: id, draftId: uuid() }))).toMatchObject({
      data: { reason: 'other_store' },
    });
  });
});

describe('holding over the network', () => {
  it('two desks press at once: one hold, the other hears whose', async () => {
    const colleague = await central.asNew({ roles: ['sales'], storeId: 1, name: 'Ben' });
    for (let count = 0; count < 10; count += 1) {
      const { id } = await receiveSim(sales);
      const results = await Promise.allSettled(
        [sales, colleague].map((desk) => desk.inventory.reserve({ itemId: id, draftId: uuid() })),
      );
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const lost = results.find((result) => result.status === 'rejected');
      expect(lost?.reason).toMatchObject({ code: 'item_not_available', data: { itemId: id, reason: 'held_by_other' } });
    }
  });

  it('lapses as central’s clock moves', async () => {
    const { id } = await receiveSim(sales);
    const hold = await sales.inventory.reserve({ itemId: id, draftId: uuid() });
    expect((await sales.inventory.item({ id })).reservation).toMatchObject({
      userName: 'Sam Sales',
      expiresAt: hold.expiresAt,
    });
    await central.advance(601);
    expect(await sales.inventory.item({ id })).toMatchObject({ status: 'in_stock', reservation: null });
    await sales.inventory.releaseReservation({ id: hold.id });
  });

  it('needs the permission', async () => {
    const finance = await central.asNew({ roles: ['finance'], storeId: 1 });
    const { id } = await receiveSim(sales);
    expect((await refusalOf(finance.inventory.reserve({ itemId: id, draftId: uuid() }))).code).toBe('forbidden');
    expect((await refusalOf(finance.inventory.items({ limit: 5 }))).code).toBe('forbidden');
  });
});
