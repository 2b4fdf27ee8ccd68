import { describe, expect, it } from 'vitest';
import { byExactId, likeliestProduct } from '../../../src/renderer/features/assignment/steps/rank.ts';

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
