import { describe, expect, test } from 'vitest';
import { Scan } from '#core/scan/schema.ts';
import { createRepeatFilter, createScan } from '../../../src/main/devices/scan-intake.ts';
import { createSimMemory } from '../../../src/main/devices/sim-memory.ts';

const raw = (text: string, receivedAt: number, deviceId = 'serial:a') => ({
  deviceId,
  source: 'serial' as const,
  text,
  receivedAt,
});

describe('a repetition', () => {
  test('within 300 ms of the last one is no scan, however long the code is held', () => {
    const isNew = createRepeatFilter();
    const times = [1000, 1299, 1598, 1897, 2197];
    expect(times.map((time) => isNew(raw('A', time)))).toEqual([true, false, false, false, true]);
  });

  test('of another text, or on another device, is a scan', () => {
    const isNew = createRepeatFilter();
    expect(isNew(raw('A', 0))).toBe(true);
    expect(isNew(raw('B', 1))).toBe(true);
    expect(isNew(raw('A', 2))).toBe(true);
    expect(isNew(raw('A', 3, 'serial:b'))).toBe(true);
  });

  test('empty text is never a scan', () => {
    expect(createRepeatFilter()(raw(' \r\n', 0))).toBe(false);
  });
});

test('a scan holds its text, its meaning, its other readings and its times', () => {
  const scan = createScan(raw('4006381333931', 12.5), new Date('2026-01-02T03:04:05Z'));
  expect(Scan.parse(scan)).toEqual(scan);
  expect(scan).toMatchObject({
    text: '4006381333931',
    value: { kind: 'ean' },
    alternatives: [{ kind: 'msisdn', msisdn: '+4006381333931' }],
    at: '2026-01-02T03:04:05.000Z',
    receivedAt: 12.5,
  });
});

describe('a SIM is news', () => {
  test('when it appears in an empty slot or replaces another, not when it was there at the first look', () => {
    const memory = createSimMemory();
    const seen = ['1', '1', null, '1', '2', '2', null].map((iccid) => memory.see('m', iccid));
    expect(seen).toEqual([false, false, false, true, true, false, false]);
  });

  test('when it comes with a device that was plugged in, not when we had lost sight of the device', () => {
    const memory = createSimMemory();
    memory.see('m', '1');
    memory.unplugged('m');
    expect(memory.see('m', '1')).toBe(true);
    memory.lostSight('m');
    expect(memory.see('m', '1')).toBe(false);
  });
});
