import { describe, expect, it } from 'vitest';
import { areWholeIccids, normaliseIdentifier, readInternationalNumber } from '#core/inventory/identifiers.ts';
import { likePattern, readSearchText, reverseLike } from '#core/inventory/search-text.ts';
import { luhnDigit } from '#core/scan/check-digits.ts';

describe('identifiers in their stored form', () => {
  it('MAC addresses meet in one spelling', () => {
    for (const text of ['aa:bb:cc:00:11:22', 'AA-BB-CC-00-11-22', 'aabb.cc00.1122', 'aabbcc001122'])
      expect(normaliseIdentifier('mac', text)).toBe('AA:BB:CC:00:11:22');
    expect(normaliseIdentifier('mac', 'aa:bb:cc:00:11')).toBeNull();
  });

  it('a whole ICCID of 19 digits needs its right check digit; 20 digits always do', () => {
    const misread = '8944110000000000000';
    expect(normaliseIdentifier('iccid', misread, { wholeIccids: true })).toBeNull();
    expect(normaliseIdentifier('iccid', misread)).toHaveLength(20);
    expect(normaliseIdentifier('iccid', '894411000000000000', { wholeIccids: true })).toHaveLength(19);
    expect(normaliseIdentifier('iccid', '89441100000000000000')).toBeNull();
  });

  it('whether a source’s ICCIDs are whole is told by its many, not by the one that is misread', () => {
    const card = (count: number) => `89441100000000${String(count).padStart(4, '0')}`;
    const whole = Array.from({ length: 20 }, (_, index) => card(index) + luhnDigit(card(index)));
    expect(areWholeIccids([...whole, '8944110000000000000'])).toBe(true);
    expect(areWholeIccids(Array.from({ length: 20 }, (_, index) => `${card(index)}5`))).toBe(false);
    expect(areWholeIccids([])).toBe(true);
  });

  it('an IMEI needs its right check digit', () => {
    expect(normaliseIdentifier('imei', '49-015420-323751-8')).toBe('490154203237518');
    expect(normaliseIdentifier('imei', '490154203237517')).toBeNull();
  });

  it('numbers are E.164 with + or 00', () => {
    expect(readInternationalNumber('+44 (0)7700 900-123')).toBe('+447700900123');
    expect(readInternationalNumber('0044 7700 900123')).toBe('+447700900123');
    expect(readInternationalNumber('07700 900123')).toBeNull();
    expect(readInternationalNumber('+0123456789')).toBeNull();
  });

  it('serial numbers lose their caption and refuse what is not one', () => {
    expect(normaliseIdentifier('serial', 'S/N: HWTC-1234AB')).toBe('HWTC-1234AB');
    expect(normaliseIdentifier('serial', '\u0000')).toBeNull();
    expect(normaliseIdentifier('serial', `x${'0'.repeat(80)}`)).toBeNull();
  });
});

describe('what a search means', () => {
  it('a pattern begins anywhere and ends at the end; % and _ are only themselves', () => {
    expect(likePattern('900*123')).toBe('%900%123');
    expect(likePattern('+44?7*')).toBe('+44_7%');
    expect(likePattern('a_b%*')).toBe('%a\\_b\\%%');
    expect(reverseLike('%900\\_%12')).toBe('21%\\_009%');
  });

  it('digits are what is left of a number typed in any form, and how numbers begin that are typed with a prefix', () => {
    const read = (q: string) => readSearchText(q, readInternationalNumber);
    expect(read(' 07700 900123 ')).toMatchObject({
      digits: '07700900123',
      beginning: { country: false, digits: '7700900123' },
    });
    expect(read('0044 77').beginning).toEqual({ country: true, digits: '4477' });
    expect(read('900123').beginning).toBeNull();
    expect(read('+44 7700').digits).toBe('447700');
    expect(read('SIM-00123').digits).toBe('');
    expect(read('900*123').pattern).toBe('900*123');
  });
});
