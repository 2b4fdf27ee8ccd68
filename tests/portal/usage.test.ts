import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pointsOf, scaleOf, summaryOf } from '../../src/portal/features/usage/chart-scale.ts';
import { hasUse, splitOf } from '../../src/portal/features/usage/split.ts';

const days = (...quantities: number[]) =>
  quantities.map((quantity, index) => ({ day: `2026-11-${String(index + 1).padStart(2, '0')}`, quantity }));

describe('the chart of the last days', () => {
  test('data is drawn in the largest unit that its highest day fills', () => {
    expect(scaleOf({ unit: 'byte', days: days(2_500_000_000, 10) }).unit).toBe('gigabyte');
    expect(scaleOf({ unit: 'byte', days: days(999_999_999) }).unit).toBe('megabyte');
    expect(scaleOf({ unit: 'byte', days: days(5_000) }).unit).toBe('kilobyte');
    expect(scaleOf({ unit: 'byte', days: days(0) }).unit).toBe('megabyte');
  });

  test('calls are drawn in minutes, credit in its currency, messages as they are', () => {
    expect(pointsOf(days(90), scaleOf({ unit: 'second', days: days(90) }))[0]?.value).toBe(1.5);
    expect(pointsOf(days(250), scaleOf({ unit: 'minor_unit', days: days(250) }))[0]?.value).toBe(2.5);
    expect(pointsOf(days(250), scaleOf({ unit: 'minor_unit', days: days(250) }, 0))[0]?.value).toBe(250);
    expect(pointsOf(days(7), scaleOf({ unit: 'message', days: days(7) }))[0]?.value).toBe(7);
  });

  test('the sentence has the sum and the first of the highest days; without use there is none', () => {
    expect(summaryOf(days(1, 5, 5, 0))).toEqual({ sum: 11, highest: { day: '2026-11-02', quantity: 5 } });
    expect(summaryOf(days(0, 0))).toBeNull();
    expect(summaryOf([])).toBeNull();
  });
});

describe('where it went', () => {
  test('all four destinations stand in one order; shares sum to one', () => {
    const destination = fc.constantFrom(
      'on_net' as const,
      'off_net' as const,
      'international' as const,
      'premium' as const,
    );
    const parts = fc.array(fc.record({ destination, quantity: fc.nat() }));
    fc.assert(
      fc.property(parts, (byDestination) => {
        const split = splitOf(byDestination);
        expect(split.map((part) => part.destination)).toEqual(['on_net', 'off_net', 'international', 'premium']);
        const quantity = (list: readonly { quantity: number }[]) => list.reduce((sum, each) => sum + each.quantity, 0);
        expect(quantity(split)).toBe(quantity(byDestination));
        const shares = split.reduce((sum, part) => sum + part.share, 0);
        expect(shares).toBeCloseTo(quantity(byDestination) === 0 ? 0 : 1);
      }),
    );
  });

  test('a type has a section when there is something to use or something was used', () => {
    const none = { type: 'sms', unit: 'message', total: 0, remaining: 0, usedThisPeriod: 0, uncovered: 0 } as const;
    expect(hasUse({ ...none, byDestination: [], days: days(0, 0) })).toBe(false);
    expect(hasUse({ ...none, byDestination: [], days: days(0, 1) })).toBe(true);
    expect(hasUse({ ...none, byDestination: [], days: [], total: 10 })).toBe(true);
    expect(hasUse({ ...none, byDestination: [], days: [], uncovered: 1 })).toBe(true);
  });
});
