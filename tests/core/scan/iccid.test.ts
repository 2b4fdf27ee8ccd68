import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { luhnDigit } from '#core/scan/check-digits.ts';
import { iccidCandidates, iccidKey, isSameIccid, normaliseIccid } from '#core/scan/iccid.ts';

const accountDigits = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length }).map((d) => `89${d}`);

/** The number of a card without its check digit: 18 digits (a 19-digit card) or 19 (a 20-digit card). */
const cardBody = fc.oneof(accountDigits(16), accountDigits(17));

const spellingsOf = (body: string): string[] => {
  const full = body + luhnDigit(body);
  return [full, body, `${full}F`, `${body}F`, `ICCID: ${full}`, `]C1${body}`, full.replace(/(.{4})/g, '$1 ')];
};

describe('however a card is stored and printed', () => {
  test('every spelling has the same key', () => {
    fc.assert(
      fc.property(cardBody, (body) => {
        expect(new Set(spellingsOf(body).map(iccidKey)).size).toBe(1);
      }),
    );
  });

  test('the candidates of any spelling hold every bare spelling', () => {
    fc.assert(
      fc.property(cardBody, (body) => {
        for (const printed of spellingsOf(body)) {
          expect(iccidCandidates(printed)).toEqual(expect.arrayContaining([body, body + luhnDigit(body)]));
        }
      }),
    );
  });

  test('two cards of one length never share a key', () => {
    const pairs = fc.constantFrom(16, 17).chain((length) => fc.tuple(accountDigits(length), accountDigits(length)));
    fc.assert(
      fc.property(pairs, ([a, b]) => {
        expect(isSameIccid(a, b + luhnDigit(b))).toBe(a === b);
      }),
      { numRuns: 300 },
    );
  });

  test('a 19-digit number with a right check digit finds the card under all three spellings', () => {
    expect(iccidCandidates('8944110068250000010')).toEqual([
      '89441100682500000108',
      '8944110068250000010',
      '894411006825000001',
    ]);
  });
});

test('the full number is what is shown: a right check digit stays, a missing one is added', () => {
  expect(normaliseIccid('8944110068250000010')).toBe('8944110068250000010');
  expect(normaliseIccid('894411006825000001F')).toBe('8944110068250000010');
  expect(normaliseIccid('8944110068250000012')).toBe('89441100682500000124');
});

test('a wrong check digit has no key, no candidates, and equals nothing, not even itself', () => {
  const wrong = '89441100682500000125';
  expect(normaliseIccid(wrong)).toBeNull();
  expect(iccidKey(wrong)).toBeNull();
  expect(iccidCandidates(wrong)).toEqual([]);
  expect(isSameIccid(wrong, wrong)).toBe(false);
});

test('a 19-digit card whose check digit was misread is not found', () => {
  expect(iccidCandidates('8944110068250000011')).not.toContain('8944110068250000010');
  expect(iccidCandidates('8944110068250000011')).not.toContain('894411006825000001');
});
