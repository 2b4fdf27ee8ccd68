import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CentralClient, startTestCentral, type TestCentral } from '../../parts/central.ts';
import { freshIccid, refusalOf } from './central-stock.ts';

let central: TestCentral;
let admin: CentralClient;
let sales: CentralClient;
const card = freshIccid();
beforeAll(async () => {
  central = await startTestCentral();
  admin = await central.asAdmin();
  sales = await central.asSales();
  const numbers = ['900123', '900124', '910123', '900777', '777777', '183729', '234567'];
  const content = [
    'Number,Store',
    ...numbers.map((end, index) => `+447700${end},${index === 2 ? 2 : index === 3 ? '' : 1}`),
  ];
  await admin.inventory.createImport({ content: content.join('\n') });
  await admin.inventory.createItem({
    template: 'sim_card',
    identifiers: { iccid: card, imsi: '234509999999999' },
    label: 'SIM-00500',
    storeId: 1,
  });
  await admin.inventory.createItem({
    template: 'modem',
    identifiers: { serial: 'ZX-100_Ab', mac: 'aa-bb-cc-00-11-22' },
    storeId: 1,
  });
});
afterAll(() => central.stop());

const ends = (items: { identifiers: { msisdn?: string | undefined } }[]) =>
  items.map(({ identifiers }) => identifiers.msisdn?.slice(-6));
const find = async (q: string, more: object = {}) => (await sales.inventory.items({ limit: 50, q, ...more })).items;

describe('searching the stock', () => {
  it('finds numbers by ending, by a run of digits, by pattern and as they are dialled', async () => {
    expect(ends(await find('0123')).sort()).toEqual(['900123', '910123']);
    expect(ends(await find('900*123'))).toEqual(['900123']);
    expect(ends(await find('9?0123')).sort()).toEqual(['900123', '910123']);
    expect(ends(await find('9001*')).sort()).toEqual(['900123', '900124']);
    expect(ends(await find('0770 09001')).sort()).toEqual(['900123', '900124']);
    for (const typed of ['07700 900123', '+44 7700 900123', '00447700900123'])
      expect(ends(await find(typed))).toEqual(['900123']);
  });

  it('finds cards by every spelling of their number, by its ending and its IMSI', async () => {
    for (const q of [card, `${card}F`, card.slice(0, -1), card.slice(-5), '234509999999999'])
      expect((await find(q)).map(({ label }) => label)).toContain('SIM-00500');
  });

  it('finds labels and serial numbers by beginning and ending, and reads % and _ as themselves', async () => {
    expect(await find('sim-005')).toHaveLength(1);
    expect(await find('00500')).toHaveLength(1);
    expect(await find('zx-100_ab')).toHaveLength(1);
    expect(await find('zx-1%')).toEqual([]);
    expect(await find('zx_100')).toEqual([]);
    expect(await find('AABB.CC00.1122')).toHaveLength(1);
    expect(await find('nothing such')).toEqual([]);
  });

  it('offers the most memorable first, and pages without loss or repeat in every order', async () => {
    const all = await find('', { template: 'mobile_number', sort: 'memorable' });
    expect(ends(all).slice(0, 2)).toEqual(['777777', '234567']);
    for (const sort of ['label', 'memorable', 'newest'] as const) {
      const seen: number[] = [];
      let cursor: string | null | undefined;
      do {
        const page = await sales.inventory.items({ limit: 2, sort, ...(cursor ? { cursor } : {}) });
        seen.push(...page.items.map(({ id }) => id));
        cursor = page.nextCursor;
      } while (cursor);
      expect(seen).toHaveLength(9);
      expect(new Set(seen).size).toBe(9);
    }
  });

  it('refuses the cursor of another list', async () => {
    const { nextCursor } = await sales.inventory.items({ limit: 1 });
    expect((await refusalOf(sales.inventory.items({ limit: 1, sort: 'newest', cursor: nextCursor ?? '' }))).code).toBe(
      'invalid_input',
    );
    expect((await refusalOf(sales.inventory.items({ limit: 1, cursor: 'garbage' }))).code).toBe('invalid_input');
  });

  it('lets a picker see its own store’s and nobody’s items, held ones with their holder', async () => {
    const pick = { template: 'mobile_number', pickable: true };
    expect(ends(await find('', pick)).sort()).toEqual(['183729', '234567', '777777', '900123', '900124', '900777']);
    expect(await admin.inventory.items({ limit: 50, ...pick }).then(({ items }) => items)).toHaveLength(7);
    const [held] = await find('900124');
    await sales.inventory.reserve({ itemId: held?.id ?? 0, draftId: uuid() });
    expect((await find('900124', pick))[0]).toMatchObject({
      status: 'reserved',
      reservation: { userName: 'Sam Sales' },
    });
    expect(ends(await find('', { ...pick, status: 'reserved' }))).toEqual(['900124']);
    expect(ends(await find('', { ...pick, status: 'in_stock' }))).toHaveLength(5);
    const [gone] = await find('183729');
    await sales.inventory.changeItem({ id: gone?.id ?? 0, status: 'faulty' });
    expect(ends(await find('', pick))).not.toContain('183729');
  });
});

describe('looking up one code', () => {
  it('finds the one item that carries exactly it, in any spelling', async () => {
    const codes = [card, `${card}F`, card.slice(0, -1), 'sim-00500', '234509999999999'];
    for (const code of codes)
      expect((await sales.inventory.lookup({ code })).item).toMatchObject({ label: 'SIM-00500' });
    for (const code of ['07700 900123', '+447700900123', '447700900123'])
      expect((await sales.inventory.lookup({ code })).item?.identifiers.msisdn).toBe('+447700900123');
    expect((await sales.inventory.lookup({ code: 'AA:BB:CC:00:11:22' })).item).toMatchObject({ template: 'modem' });
  });

  it('finds nothing for a part of one, an unknown or a senseless code', async () => {
    for (const code of ['0123', 'SIM-005', card.slice(-6), freshIccid(), '%', "' or 1=1 --"])
      expect((await sales.inventory.lookup({ code })).item).toBeNull();
  });
});
