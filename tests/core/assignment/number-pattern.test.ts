import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fittingNumbers, readNumberPattern } from '#core/assignment/number-pattern.ts';

const find = (text: string, numbers: string[]) => fittingNumbers(numbers, (number) => number, readNumberPattern(text));
const numbers = ['+447700900123', '+447700912345', '+447700904455', '+447700901221'];

describe('choosing a number', () => {
  it('numbers that end with the digits come before those that hold them elsewhere', () => {
    expect(find('123', numbers)).toEqual(['+447700900123', '+447700912345']);
    expect(find('12 345', numbers)).toEqual(['+447700912345']);
  });

  it('finds a number typed as it is dialled: national, international, with spaces', () => {
    for (const text of ['07700 900123', '+44 7700 900123', '00447700900123', '(0)7700-900123'])
      expect(find(text, numbers)).toEqual(['+447700900123']);
  });

  it('letters stand for equal digits: AABB, ABBA', () => {
    expect(find('AABB', numbers)).toEqual(['+447700904455']);
    expect(find('abba', numbers)).toEqual(['+447700901221']);
    expect(find('AA123', [...numbers, '+447700911123'])).toEqual(['+447700900123', '+447700911123']);
  });

  it('? is one digit and * any', () => {
    expect(find('9?0123', numbers)).toEqual(['+447700900123']);
    expect(find('91*5', numbers)).toEqual(['+447700912345']);
  });

  it('nothing typed keeps every number in its order', () => {
    expect(find(' ', numbers)).toEqual(numbers);
    expect(readNumberPattern('')).toBeNull();
  });

  it('whatever is typed never throws and never invents a number', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (text) => {
        const found = find(text, numbers);
        expect(found.every((number) => numbers.includes(number))).toBe(true);
        expect(new Set(found).size).toBe(found.length);
      }),
    );
  });
});
