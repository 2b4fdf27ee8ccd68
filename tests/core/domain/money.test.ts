import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMoney, splitMoney } from '#core/domain/money.ts';

const gbp = (amount: number) => ({ amount, currency: 'GBP' });

describe('money', () => {
  it('a split always sums back to the whole, and no part is further than one minor unit from its share', () => {
    const weights = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.integer({ min: -10_000_000, max: 10_000_000 }), weights, (amount, parts) => {
        const total = parts.reduce((sum, weight) => sum + weight, 0);
        fc.pre(total > 0);
        const split = splitMoney(gbp(amount), parts);
        expect(split.reduce((sum, part) => sum + part.amount, 0)).toBe(amount);
        split.forEach((part, index) => {
          expect(Math.abs(part.amount - (amount * (parts[index] ?? 0)) / total)).toBeLessThanOrEqual(1);
        });
      }),
    );
  });

  it('a split over nothing, or over weights that sum to nothing, is refused', () => {
    expect(() => splitMoney(gbp(100), [])).toThrow();
    expect(() => splitMoney(gbp(100), [0, 0])).toThrow();
    expect(() => splitMoney(gbp(100), [1, -1, 1])).toThrow();
  });

  it('two currencies are never added', () => {
    expect(addMoney(gbp(1), gbp(2), gbp(-4))).toEqual(gbp(-1));
    expect(() => addMoney(gbp(1), { amount: 1, currency: 'EUR' })).toThrow(/EUR/);
  });
});
