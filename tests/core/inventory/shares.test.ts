import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NUMBER_POOL_TARGET, poolChange, type ShareItem, splitShares } from '#core/inventory/shares.ts';

const desks = ['desk a', 'desk b', 'desk c', 'desk d', 'desk e'];
const holder = fc.option(fc.constantFrom(...desks, 'a desk that is offline'), { nil: null });
const stock = fc
  .array(holder, { maxLength: 60 })
  .map((holders): ShareItem[] => holders.map((deskId, index) => ({ id: index + 1, deskId })));
const some = fc.subarray(desks, { minLength: 1 });

/** The stock once the changes are made and every desk gave back what it was asked for. */
function applied(items: readonly ShareItem[], { grant, ask }: ReturnType<typeof splitShares>): ShareItem[] {
  const granted = new Map(grant.map(({ itemId, deskId }) => [itemId, deskId]));
  const back = new Set(ask.map(({ itemId }) => itemId));
  return items.map(({ id, deskId }) => ({ id, deskId: back.has(id) ? null : (granted.get(id) ?? deskId) }));
}

const countsOf = (items: readonly ShareItem[], among: readonly string[]) =>
  among.map((desk) => items.filter(({ deskId }) => deskId === desk).length);

describe('the shares of a store’s desks', () => {
  it('only what nobody holds is given, and nothing to two desks', () => {
    fc.assert(
      fc.property(stock, some, (items, among) => {
        const { grant, ask } = splitShares(items, among);
        const heldBy = new Map(items.map(({ id, deskId }) => [id, deskId]));
        expect(new Set(grant.map(({ itemId }) => itemId)).size).toBe(grant.length);
        expect(grant.filter(({ itemId, deskId }) => heldBy.get(itemId) !== null || !among.includes(deskId))).toEqual(
          [],
        );
        expect(ask.filter(({ itemId, deskId }) => heldBy.get(itemId) !== deskId || !among.includes(deskId))).toEqual(
          [],
        );
      }),
    );
  });

  it('are equal to within one, and all is given, once what was asked for came back and was split again', () => {
    fc.assert(
      fc.property(stock, some, (items, among) => {
        const first = applied(items, splitShares(items, among));
        const settled = applied(first, splitShares(first, among));
        const counts = countsOf(settled, among);
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
        expect(settled.filter(({ deskId }) => deskId === null)).toEqual([]);
      }),
    );
  });

  it('change nothing any more when they are settled', () => {
    fc.assert(
      fc.property(stock, some, (items, among) => {
        const first = applied(items, splitShares(items, among));
        const settled = applied(first, splitShares(first, among));
        expect(splitShares(settled, among)).toEqual({ grant: [], ask: [] });
      }),
    );
  });

  it('move as few as can be: a desk is asked only for what is beyond its share', () => {
    fc.assert(
      fc.property(stock, some, (items, among) => {
        const asked = splitShares(items, among).ask;
        const total = items.filter(({ deskId }) => deskId === null || among.includes(deskId)).length;
        const before = countsOf(items, among);
        among.forEach((desk, index) => {
          const beyond = Math.max(0, (before[index] ?? 0) - Math.floor(total / among.length));
          expect(asked.filter(({ deskId }) => deskId === desk).length).toBeLessThanOrEqual(beyond);
        });
      }),
    );
  });

  it('of desks that are not asked stay as they are', () => {
    const items = [1, 2, 3].map((id) => ({ id, deskId: 'away' }));
    expect(splitShares(items, ['here'])).toEqual({ grant: [], ask: [] });
    expect(splitShares([{ id: 1, deskId: null }], [])).toEqual({ grant: [], ask: [] });
  });
});

describe('a store’s pool of numbers', () => {
  it('is left alone between half and twice its target, and is brought to it from outside of that', () => {
    fc.assert(
      fc.property(fc.nat(10_000), fc.integer({ min: 1, max: 500 }), (free, target) => {
        const change = poolChange(free, target);
        const isWithin = free * 2 >= target && free <= target * 2;
        expect(free + change).toBe(isWithin ? free : target);
      }),
    );
  });

  it('converges: whatever is sold and comes back between two runs, the next run ends within bounds and the one after changes nothing', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.array(fc.integer({ min: -200, max: 200 }), { maxLength: 30 }), (start, moves) => {
        let free = start;
        for (const move of moves) {
          free = Math.max(0, free + move);
          free += poolChange(free);
          expect(free).toBeGreaterThanOrEqual(NUMBER_POOL_TARGET / 2);
          expect(free).toBeLessThanOrEqual(NUMBER_POOL_TARGET * 2);
          expect(poolChange(free)).toBe(0);
        }
      }),
    );
  });
});
