import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applies, type Bucket, compareBuckets, replay, type Usage } from '#core/charging/consume.ts';
import { destinationSchema } from '#core/domain/charging.ts';

const bucket = (given: Partial<Bucket> = {}): Bucket => ({
  ...{ id: 'b', total: 100, weight: 30, startsAt: 0, expiresAt: null, destinations: null },
  ...given,
});
const usage = (given: Partial<Usage> = {}): Usage => ({
  id: 'u',
  at: 50,
  destination: 'on_net',
  quantity: 10,
  ...given,
});
const namesInOrder = (buckets: Bucket[]) => buckets.toSorted(compareBuckets).map(({ id }) => id);

describe('the order of use', () => {
  test('is the lowest weight first: 10, then 20, then 30', () => {
    expect(namesInOrder([30, 10, 20].map((weight) => bucket({ id: `w${weight}`, weight })))).toEqual([
      'w10',
      'w20',
      'w30',
    ]);
  });

  test('is the earlier expiry first within a weight, and what never expires last', () => {
    const buckets = [
      bucket({ id: 'never' }),
      bucket({ id: 'late', expiresAt: 900 }),
      bucket({ id: 'soon', expiresAt: 300 }),
    ];
    expect(namesInOrder(buckets)).toEqual(['soon', 'late', 'never']);
  });

  test('is the older first when weight and expiry are the same', () => {
    expect(namesInOrder([bucket({ id: 'a', startsAt: 7 }), bucket({ id: 'z', startsAt: 3 })])).toEqual(['z', 'a']);
  });
});

describe('a bucket', () => {
  test.each([
    ['before it starts', 9, false],
    ['at its start', 10, true],
    ['a moment before its expiry', 19, true],
    ['at its expiry', 20, false],
  ])('%s', (_, at, covers) => {
    expect(applies(bucket({ startsAt: 10, expiresAt: 20 }), usage({ at }))).toBe(covers);
  });

  test('with a scope pays for its destinations only; one without pays for all', () => {
    const abroad = bucket({ destinations: ['international'] });
    const covered = destinationSchema.options.filter((destination) => applies(abroad, usage({ destination })));
    expect(covered).toEqual(['international']);
    expect(destinationSchema.options.every((destination) => applies(bucket(), usage({ destination })))).toBe(true);
  });
});

describe('usage', () => {
  test('runs over from one bucket into the next, and what none covers is kept as uncovered', () => {
    const buckets = [bucket({ id: 'plan', total: 30 }), bucket({ id: 'promo', total: 5, weight: 10 })];
    const { ratings, used } = replay(buckets, [usage({ quantity: 50 })]);
    expect(ratings).toEqual([
      {
        recordId: 'u',
        parts: [
          { bucketId: 'promo', quantity: 5 },
          { bucketId: 'plan', quantity: 30 },
        ],
        uncovered: 15,
      },
    ]);
    expect(Object.fromEntries(used)).toEqual({ promo: 5, plan: 30 });
  });

  test('of nothing takes nothing', () => {
    expect(replay([bucket()], [usage({ quantity: 0 })]).ratings).toEqual([{ recordId: 'u', parts: [], uncovered: 0 }]);
  });

  test('that is more than a bucket is never negative, also where a bucket holds less than was used of it', () => {
    const { ratings, used } = replay([bucket({ total: 5 })], [usage()], new Map([['b', 7]]));
    expect(ratings[0]).toMatchObject({ parts: [], uncovered: 10 });
    expect(used.get('b')).toBe(7);
  });
});

const someBuckets = fc.uniqueArray(
  fc.record({
    id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
    total: fc.integer({ min: 0, max: 60 }),
    weight: fc.constantFrom(10, 20, 30),
    startsAt: fc.integer({ min: 0, max: 60 }),
    expiresAt: fc.option(fc.integer({ min: 10, max: 120 }), { nil: null }),
    destinations: fc.option(fc.uniqueArray(fc.constantFrom(...destinationSchema.options), { minLength: 1 }), {
      nil: null,
    }),
  }),
  { selector: ({ id }) => id, maxLength: 6 },
);
const someUsage = fc.uniqueArray(
  fc.record({
    id: fc.string({ minLength: 1, maxLength: 4 }),
    at: fc.integer({ min: 0, max: 100 }),
    destination: fc.constantFrom(...destinationSchema.options),
    quantity: fc.integer({ min: 0, max: 40 }),
  }),
  { selector: ({ id }) => id, maxLength: 20 },
);

describe('whatever is used', () => {
  test('sums are conserved, no bucket gives more than it has, and only buckets that apply give', () => {
    fc.assert(
      fc.property(someBuckets, someUsage, (buckets, records) => {
        const { ratings, used } = replay(buckets, records);
        const taken = new Map<string, number>();
        for (const { recordId, parts, uncovered } of ratings) {
          const record = records.find(({ id }) => id === recordId);
          const consumed = parts.reduce((sum, { quantity }) => sum + quantity, 0);
          expect(consumed + uncovered).toBe(record?.quantity);
          expect(uncovered).toBeGreaterThanOrEqual(0);
          expect(new Set(parts.map(({ bucketId }) => bucketId)).size).toBe(parts.length);
          for (const { bucketId, quantity } of parts) {
            const from = buckets.find(({ id }) => id === bucketId);
            expect(quantity).toBeGreaterThan(0);
            expect(from && record && applies(from, record)).toBe(true);
            taken.set(bucketId, (taken.get(bucketId) ?? 0) + quantity);
          }
        }
        for (const { id, total } of buckets) {
          expect(used.get(id)).toBe(taken.get(id) ?? 0);
          expect(used.get(id)).toBeLessThanOrEqual(total);
        }
      }),
    );
  });

  test('a record is uncovered only where every bucket that applies is used up', () => {
    fc.assert(
      fc.property(someBuckets, someUsage, (buckets, records) => {
        const { ratings, used } = replay(buckets, records);
        for (const { recordId, uncovered } of ratings) {
          const record = records.find(({ id }) => id === recordId);
          if (uncovered === 0 || !record) continue;
          for (const each of buckets) if (applies(each, record)) expect(used.get(each.id)).toBe(each.total);
        }
      }),
    );
  });

  test('the order of arrival does not count: any permutation comes to the same', () => {
    const shuffled = someUsage.chain((records) =>
      fc.tuple(fc.constant(records), fc.shuffledSubarray(records, { minLength: records.length })),
    );
    const shuffledBuckets = someBuckets.chain((buckets) =>
      fc.tuple(fc.constant(buckets), fc.shuffledSubarray(buckets, { minLength: buckets.length })),
    );
    fc.assert(
      fc.property(shuffledBuckets, shuffled, ([buckets, others], [records, arrived]) => {
        expect(replay(others, arrived)).toEqual(replay(buckets, records));
      }),
    );
  });

  test('playing on from any time with what was used before comes to the same as playing all', () => {
    fc.assert(
      fc.property(someBuckets, someUsage, fc.integer({ min: 0, max: 100 }), (buckets, records, from) => {
        const early = replay(
          buckets,
          records.filter(({ at }) => at < from),
        );
        const late = replay(
          buckets,
          records.filter(({ at }) => at >= from),
          early.used,
        );
        const all = replay(buckets, records);
        expect(late.used).toEqual(all.used);
        expect([...early.ratings, ...late.ratings]).toEqual(all.ratings);
      }),
    );
  });
});
