import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CentralClient, startTestCentral, type TestCentral } from '../../parts/central.ts';

let central: TestCentral;
let sales: CentralClient;
beforeAll(async () => {
  central = await startTestCentral({ demo: 'small' });
  sales = await central.asSales();
});
afterAll(() => central.stop());

const search = async (q: string) => (await sales.search({ q })).items;

describe('the global search', () => {
  test('a short number finds what has exactly this number first', async () => {
    const [first] = await search('123');
    expect(first).toMatchObject({ type: 'customer', id: 123, title: 'John Smith', customerId: 123 });
  });

  test('an ICCID, whole or its end, finds the SIM card', async () => {
    const { item } = await sales.inventory.lookup({ code: 'SIM-00124' });
    const { iccid = '' } = item?.identifiers ?? {};
    for (const q of [iccid, `${iccid.slice(0, 4)} ${iccid.slice(4, 8)} ${iccid.slice(8)}`, 'SIM-00124', 'sim-00124']) {
      expect(await search(q)).toContainEqual(
        expect.objectContaining({ type: 'item', title: 'SIM-00124', detail: iccid, status: 'new' }),
      );
    }
  });

  test('a number in use finds its customer, its service and itself, however it is written', async () => {
    for (const q of ['+447700900456', '07700 900456', '+44 7700 900456']) {
      const hits = await search(q);
      expect(hits.map(({ type }) => type)).toEqual(['customer', 'service', 'item']);
      expect(hits.every(({ customerId }) => customerId === 456)).toBe(true);
      expect(hits[1]).toMatchObject({ title: 'Mobile - +44 7700 900456', detail: 'John Doe' });
    }
  });

  test('many customers do not crowd out other kinds, and the limit holds', async () => {
    const { items } = await sales.search({ q: '90', limit: 3 });
    expect(items.length).toBeLessThanOrEqual(3);
  });

  test('shows nobody what they may not see', async () => {
    const finance = await central.asNew({ roles: ['finance'] });
    const { items } = await finance.search({ q: 'SIM-00123' });
    expect(items.filter(({ type }) => type === 'item')).toEqual([]);
    expect((await finance.search({ q: 'John' })).items.length).toBe(3);
  });

  test.each(['%', "' or 1=1 --", '💥', 'zzzzzz', '\\', '_'])('%j finds nothing and breaks nothing', async (q) => {
    expect((await search(q)).filter(({ type }) => type !== 'item')).toEqual([]);
  });

  test('an empty text is refused', async () => {
    await expect(sales.search({ q: '  ' })).rejects.toMatchObject({ code: 'invalid_input' });
  });
});
