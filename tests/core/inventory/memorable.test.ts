import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memorability } from '#core/inventory/memorable.ts';

describe('how easy a number is to remember', () => {
  it('ranks one digit over a sequence over a pattern over nothing', () => {
    const ranked = ['+447777777777', '+447701234567', '+447712121212', '+447700900099', '+447700831729'];
    const scores = ranked.map(memorability);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(new Set(scores).size).toBe(ranked.length);
  });

  it('an ending counts more than the same digits in the middle', () => {
    expect(memorability('+447718295000')).toBeGreaterThan(memorability('+447718000295'));
    expect(memorability('+447791830123')).toBeGreaterThan(memorability('+447791012383'));
  });

  it('a palindrome and a repeated group are easier than the same digits in disorder', () => {
    expect(memorability('+447718732738')).toBeLessThan(memorability('+447718372738'));
    expect(memorability('+447791283283')).toBeGreaterThan(memorability('+447791283832'));
  });

  it('descending runs count like ascending ones', () => {
    expect(memorability('+447791829876')).toBe(memorability('+447798126789'));
  });

  it('is an integer from 0 to 100, whatever it is given', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^\+[1-9]\d{5,14}$/)), (text) => {
        const score = memorability(text);
        expect(Number.isInteger(score) && score >= 0 && score <= 100).toBe(true);
      }),
    );
  });
});
