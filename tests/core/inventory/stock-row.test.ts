import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InventoryTemplate } from '#core/domain/inventory.ts';
import { mapColumns } from '#core/inventory/stock-columns.ts';
import { inferTemplate, readStockRow, type StockContext } from '#core/inventory/stock-row.ts';
import { luhnDigit } from '#core/scan/check-digits.ts';

const templates: InventoryTemplate[] = [
  { slug: 'sim_card', name: 'SIM Card', identifiers: ['iccid', 'imsi'] },
  { slug: 'mobile_number', name: 'Mobile Number', identifiers: ['msisdn'] },
  { slug: 'modem', name: 'Modem', identifiers: ['serial', 'mac', 'imei'] },
];
const stores = [
  { id: 1, name: 'Paris 2' },
  { id: 2, name: 'Lyon' },
];
const iccid = (count: number) => {
  const body = `894411000000${String(count).padStart(6, '0')}`;
  return body + luhnDigit(body);
};

function read(headers: string[], values: string[], context: Partial<StockContext> = {}) {
  const columns = mapColumns(headers);
  const all = { columns, templates, template: 'sim_card', stores, storeId: null, ownStoreId: null, ...context };
  return readStockRow(all, 7, values);
}

describe('a row of a stock file', () => {
  it('becomes an item with its identifiers in stored form', () => {
    expect(read(['ICCID', 'IMSI', 'PUK', 'Store'], [`${iccid(1)}F`, '234500000000001', '12345678', 'paris 2'])).toEqual(
      {
        row: {
          ...{ line: 7, template: 'sim_card', label: null, status: 'in_stock', storeId: 1 },
          identifiers: { iccid: iccid(1), imsi: '234500000000001' },
          secrets: { puk1: '12345678' },
        },
      },
    );
  });

  it('may carry what spreadsheets wrap long numbers in', () => {
    expect(read(['ICCID'], [`="${iccid(2)}"`])).toMatchObject({ row: { identifiers: { iccid: iccid(2) } } });
    expect(read(['ICCID'], [`'${iccid(2)}`])).toMatchObject({ row: { identifiers: { iccid: iccid(2) } } });
  });

  it('says which cell is wrong and what it held', () => {
    const wrong = `${iccid(3)}0`.replace(/.$/, (digit) =>
      String((Number(luhnDigit(iccid(3))) + 1 + Number(digit)) % 10),
    );
    expect(read(['ICCID'], [wrong])).toEqual({ problem: { code: 'invalid_identifier', field: 'iccid', value: wrong } });
    expect(read(['ICCID'], ['8.94411E+18'])).toMatchObject({ problem: { code: 'invalid_identifier', field: 'iccid' } });
    expect(read(['ICCID', 'IMSI'], ['', '234500000000001'])).toMatchObject({
      problem: { code: 'missing_identifier', field: 'iccid' },
    });
    expect(read(['ICCID', 'Type'], [iccid(1), 'Fridge'])).toMatchObject({
      problem: { code: 'unknown_template', value: 'Fridge' },
    });
    expect(read(['ICCID', 'Store'], [iccid(1), 'Nice'])).toMatchObject({
      problem: { code: 'unknown_store', value: 'Nice' },
    });
    expect(read(['ICCID', 'Status'], [iccid(1), 'assigned'])).toMatchObject({ problem: { code: 'unknown_status' } });
  });

  it('never repeats a secret that is wrong', () => {
    expect(read(['ICCID', 'PUK1'], [iccid(1), '1234'])).toEqual({
      problem: { code: 'invalid_secret', field: 'puk1', value: null },
    });
  });

  it('never repeats what may be a secret in the wrong column', () => {
    const headers = ['ICCID', 'IMSI', 'PUK1', 'Ki'];
    for (const slipped of ['74185296', '1379', '5ec7e75ec7e75ec7e75ec7e75ec7e70f'])
      expect(read(headers, [slipped, '', '', ''])).toEqual({
        problem: { code: 'invalid_identifier', field: 'iccid', value: null },
      });
    expect(read(['ICCID'], ['74185296'])).toMatchObject({ problem: { value: '74185296' } });
    expect(read(['ICCID'], ['x'.repeat(10_000)])).toMatchObject({ problem: { value: 'x'.repeat(200) } });
  });

  it('of another store is refused to an importer of one store', () => {
    const context = { ownStoreId: 1, storeId: 1 };
    expect(read(['ICCID', 'Store'], [iccid(1), 'Lyon'], context)).toMatchObject({ problem: { code: 'other_store' } });
    expect(read(['ICCID', 'Store'], [iccid(1), ''], context)).toMatchObject({ row: { storeId: 1 } });
  });

  it('of a template takes only that template’s identifiers', () => {
    expect(read(['Number', 'ICCID', 'Type'], ['+447700900123', iccid(1), 'mobile number'])).toMatchObject({
      row: { template: 'mobile_number', identifiers: { msisdn: '+447700900123' } },
    });
  });

  it('never throws, whatever its cells hold', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 4, maxLength: 4 }), (values) => {
        const reading = read(['ICCID', 'Type', 'Store', 'Label'], values);
        expect('row' in reading || 'problem' in reading).toBe(true);
      }),
    );
  });
});

describe('a file that names no template', () => {
  it('is cards when it has ICCIDs, numbers when it has numbers alone, and unknown otherwise', () => {
    expect(inferTemplate(mapColumns(['ICCID', 'MSISDN']))).toBe('sim_card');
    expect(inferTemplate(mapColumns(['MSISDN']))).toBe('mobile_number');
    expect(inferTemplate(mapColumns(['Serial', 'MAC']))).toBeNull();
  });
});
