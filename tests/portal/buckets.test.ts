import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PortalBalance } from '#core/contract/portal/services.ts';
import {
  inOrderOfUse,
  isLow,
  orderKey,
  percentLeft,
  totalsByType,
} from '../../src/portal/features/balances/buckets.ts';

const bucket = (fields: Partial<PortalBalance>): PortalBalance => ({
  ...{ id: 'b', type: 'data', name: 'Plan', total: 100, used: 0, remaining: 100, unit: 'byte', expiresAt: null },
  ...{ order: 1, destinations: null },
  ...fields,
});

describe('bars', () => {
  test('only nothing looks like nothing, and nothing looks like more than all', () => {
    const amounts = fc.record({ remaining: fc.nat(), total: fc.nat() });
    fc.assert(
      fc.property(amounts, (of) => {
        const percent = percentLeft(of);
        expect(percent).toBeGreaterThanOrEqual(0);
        expect(percent).toBeLessThanOrEqual(100);
        expect(percent === 0).toBe(of.total === 0 || of.remaining === 0);
      }),
    );
  });

  test('what is left at a tenth is low, above it is not, and nothing of nothing is not', () => {
    expect(isLow({ remaining: 10, total: 100 })).toBe(true);
    expect(isLow({ remaining: 11, total: 100 })).toBe(false);
    expect(isLow({ remaining: 0, total: 100 })).toBe(true);
    expect(isLow({ remaining: 0, total: 0 })).toBe(false);
  });

  test('buckets of one type are one bar; types stand in the same order always, and absent ones are left out', () => {
    const totals = totalsByType([
      bucket({ type: 'voice', unit: 'second', total: 60, remaining: 30 }),
      bucket({ total: 10, remaining: 4 }),
      bucket({ total: 20, remaining: 20 }),
    ]);
    expect(totals.map(({ type, total, remaining, buckets }) => [type, total, remaining, buckets])).toEqual([
      ['data', 30, 24, 2],
      ['voice', 60, 30, 1],
    ]);
  });

  test('the first end is that of a bucket with something left', () => {
    const totals = totalsByType([
      bucket({ remaining: 0, expiresAt: '2026-11-26T00:00:00.000Z' }),
      bucket({ remaining: 5, expiresAt: '2026-12-24T00:00:00.000Z' }),
      bucket({ remaining: 5, expiresAt: '2026-12-02T00:00:00.000Z' }),
      bucket({ remaining: 5, expiresAt: null }),
    ]);
    expect(totals[0]?.nextExpiry).toBe('2026-12-02T00:00:00.000Z');
  });
});

describe('the order of use', () => {
  test('one type’s buckets stand in central’s order, whatever order they came in', () => {
    const buckets = [bucket({ id: 'c', order: 3 }), bucket({ id: 'x', type: 'sms' }), bucket({ id: 'a', order: 1 })];
    expect(inOrderOfUse(buckets, 'data').map(({ id }) => id)).toEqual(['a', 'c']);
  });

  test('there are words for the first three places, a number for the later ones, and none for the only one', () => {
    expect([1, 2, 3, 4].map((place) => orderKey(place, 4))).toEqual(['first', 'second', 'third', 'later']);
    expect(orderKey(1, 1)).toBe('only');
  });
});
