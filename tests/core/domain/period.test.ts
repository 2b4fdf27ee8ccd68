import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addPeriods, periodEndAfter } from '#core/domain/period.ts';
import { periodSchema } from '#core/domain/product.ts';

const day = (text: string) => new Date(`${text}T10:00:00.000Z`);

test('a plan of the 31st ends on the last day of a shorter month, and on the 31st again after it', () => {
  const ends = ['2026-01-31'];
  for (let count = 0; count < 4; count += 1) {
    const end = periodEndAfter(day('2026-01-31'), day(ends.at(-1) ?? ''), 'month');
    ends.push(end.toISOString().slice(0, 10));
  }
  expect(ends).toEqual(['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31']);
});

test('a start that is none of the anchor’s ends is followed by one period', () => {
  expect(periodEndAfter(day('2026-01-31'), day('2026-03-15'), 'month')).toEqual(day('2026-04-15'));
  expect(periodEndAfter(day('2026-05-01'), day('2026-03-15'), 'week')).toEqual(day('2026-03-22'));
});

test('periods follow each other without a gap, whatever their length and number', () => {
  const days = fc.integer({ min: 0, max: 4_000 }).map((count) => new Date(Date.UTC(2020, 0, 1 + count, 10)));
  fc.assert(
    fc.property(
      days,
      fc.constantFrom(...periodSchema.options),
      fc.integer({ min: 0, max: 60 }),
      (anchor, period, nth) => {
        const start = addPeriods(anchor, period, nth);
        expect(periodEndAfter(anchor, start, period)).toEqual(addPeriods(anchor, period, nth + 1));
      },
    ),
  );
});
