import { describe, expect, it } from 'vitest';
import {
  byExactId,
  closestProducts,
  likeliestProduct,
  matchingProducts,
} from '../../../src/renderer/features/assignment/steps/rank.ts';

describe('the first match of a customer search', () => {
  const rows = [{ id: 1123 }, { id: 123 }, { id: 51230 }];

  it('is the customer whose ID was typed, whoever else matches; the others keep their order', () => {
    expect(byExactId(rows, '123').map(({ id }) => id)).toEqual([123, 1123, 51230]);
    expect(byExactId(rows, '#123').map(({ id }) => id)).toEqual([123, 1123, 51230]);
  });

  it('stays as central gave it when no ID was typed', () => {
    expect(byExactId(rows, 'john')).toEqual(rows);
    expect(byExactId(rows, '12')).toEqual(rows);
  });
});

describe('the plan that Enter takes', () => {
  const plan = (id: number) => ({ id, category: 'plan' as const });
  const addon = (id: number) => ({ id, category: 'addon' as const });
  const sold = (...ids: number[]) => ids.map((productId) => ({ productId }));

  it('is the one sold most often lately', () => {
    expect(likeliestProduct([plan(1), plan(2), plan(3)], sold(3, 2, 2, 9, 9, 9))).toBe(2);
  });

  it('is the first when nothing was sold, or as often as another', () => {
    expect(likeliestProduct([plan(1), plan(2)], [])).toBe(1);
    expect(likeliestProduct([plan(1), plan(2)], sold(2, 1))).toBe(1);
  });

  it('is a plan wherever there is one; an add-on only among add-ons', () => {
    expect(likeliestProduct([addon(1), plan(2)], sold(1, 1))).toBe(2);
    expect(likeliestProduct([addon(1), addon(4)], sold(4))).toBe(4);
    expect(likeliestProduct([], sold(4))).toBeNull();
  });
});

describe('a product that is searched for', () => {
  const simOnly = { name: 'Mobile - SIM only 2 GB', description: '2 GB of data and 500 texts.' };
  const boost = { name: '5 GB data boost', description: '5 GB at once.' };
  const bigBoost = { name: '50 GB data boost', description: '50 GB at once.' };
  const all = [simOnly, boost, bigBoost];

  it('is found by words of its name and of its description', () => {
    expect(matchingProducts(all, '500 texts')).toEqual([simOnly]);
    expect(matchingProducts(all, 'BOOST 50')).toEqual([bigBoost]);
    expect(matchingProducts(all, '')).toEqual(all);
  });

  it('is the one whose name was typed, though a plan’s description holds the same words', () => {
    expect(matchingProducts(all, '5 GB data')).toEqual(all);
    expect(closestProducts(all, '5 GB data')).toEqual([boost]);
    expect(closestProducts(all, 'boost 5')).toEqual([boost, bigBoost]);
    expect(closestProducts([simOnly], 'texts')).toEqual([simOnly]);
  });
});
