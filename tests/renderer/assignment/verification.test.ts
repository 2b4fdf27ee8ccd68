import { describe, expect, it } from 'vitest';
import type { ScanMatch } from '#core/contract/desk/events.ts';
import { classifyScan } from '#core/scan/classify.ts';
import { iccidCandidates } from '#core/scan/iccid.ts';
import { judgeHandOver, verifiable } from '../../../src/renderer/features/assignment/handover/verification.ts';

const RIGHT = '8944100000000090001';
const WRONG = '8944100000000080002';
const nothing: ScanMatch = { kind: 'none' };
const sim = {
  id: 1,
  label: 'SIM-00123',
  template: 'sim_card',
  templateName: 'SIM Card',
  identifiers: { iccid: RIGHT },
};
const modem = {
  ...sim,
  id: 2,
  label: 'MOD-1',
  template: 'modem',
  identifiers: { serial: 'ABC123456' },
};
const number = { ...sim, id: 3, template: 'mobile_number', identifiers: { msisdn: '+447700900123' } };
const judge = (text: string, match: ScanMatch = nothing) =>
  judgeHandOver({ text, value: classifyScan(text) }, match, [sim, modem]);
const stock = (item: { id: number; identifiers: Record<string, string> }): ScanMatch => ({
  kind: 'item',
  item: {
    ...sim,
    ...item,
    status: 'assigned',
    storeId: 1,
    storeName: null,
    customerId: 1,
    serviceId: 1,
    reservation: null,
  },
  owner: null,
});

describe('the SIM that is handed over', () => {
  it('is right in any spelling of its number, whether the stock was asked or not', () => {
    for (const spelling of iccidCandidates(RIGHT)) expect(judge(spelling)).toEqual({ is: 'right', itemId: 1 });
    expect(judge(`${RIGHT}F`, stock(sim))).toEqual({ is: 'right', itemId: 1 });
  });

  it('is wrong when it is any other card, known or unknown', () => {
    expect(judge(WRONG)).toEqual({ is: 'wrong', scanned: WRONG });
    expect(judge(WRONG, stock({ id: 9, identifiers: { iccid: WRONG } }))).toEqual({ is: 'wrong', scanned: WRONG });
  });

  it('is never waved through on a misread digit', () => {
    const misread = `${RIGHT.slice(0, -1)}2`;
    expect(judge(misread)).toMatchObject({ is: 'wrong' });
  });
});

describe('equipment', () => {
  it('is known by its stock record, and another box is wrong', () => {
    expect(judge('ABC123456', stock(modem))).toEqual({ is: 'right', itemId: 2 });
    expect(judge('XYZ999999', stock({ id: 8, identifiers: { serial: 'XYZ999999' } }))).toMatchObject({ is: 'wrong' });
  });
});

it('a receipt is none of the hand-over’s business, and a number is nothing to scan', () => {
  expect(judge('comptoir:order:12', { kind: 'order', orderId: 12, jobId: 1, customerId: 1 })).toEqual({ is: 'other' });
  expect(verifiable([sim, modem, number]).map(({ id }) => id)).toEqual([1, 2]);
});
