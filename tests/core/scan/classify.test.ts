import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasEanDigit, hasLuhnDigit, luhnDigit } from '#core/scan/check-digits.ts';
import { classifyScan, scanReadings } from '#core/scan/classify.ts';
import { ScanValue } from '#core/scan/schema.ts';

const digits = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length });
const iccid19 = '8944110068250000010';
const iccid20 = '89441100682500000124';

describe('an ICCID is recognised', () => {
  test.each([
    ['20 digits with its check digit', iccid20, iccid20, 'verified'],
    ['19 digits with its check digit', iccid19, iccid19, 'verified'],
    ['19 digits of a 20-digit card, without the check digit', iccid20.slice(0, 19), iccid20, 'computed'],
    ['18 digits of a 19-digit card, without the check digit', iccid19.slice(0, 18), iccid19, 'computed'],
    ['filled with F as the card stores it', `${iccid19}F`, iccid19, 'verified'],
    ['filled with f as a modem prints it', `${iccid19}f`, iccid19, 'verified'],
    ['with an AIM prefix for Code 128', `]C1${iccid19}`, iccid19, 'verified'],
    ['with an AIM prefix for QR and a line end', `]Q3${iccid20}\r\n`, iccid20, 'verified'],
    ['in groups of four', '8944 1100 6825 0000 010', iccid19, 'verified'],
    ['with dashes', '89-44-1100-6825-0000-0124', iccid20, 'verified'],
    ['with a label', `ICCID: ${iccid19}`, iccid19, 'verified'],
    ['with a modem label', `+CCID: ${iccid20}`, iccid20, 'verified'],
    ['with another modem label', `^ICCID=${iccid20}`, iccid20, 'verified'],
    ['between STX and ETX', `\u0002${iccid20}\u0003`, iccid20, 'verified'],
    ['behind a byte order mark', `\uFEFF${iccid20}`, iccid20, 'verified'],
    ['typed by a US-layout reader on a French PC', "_ç''&&àà-_é(ààààà&à", iccid19, 'verified'],
  ])('%s', (_how, text, iccid, check) => {
    expect(classifyScan(text)).toEqual({ kind: 'iccid', iccid, check });
  });

  test('20 digits with a wrong check digit are refused', () => {
    expect(classifyScan('89441100682500000125')).toEqual({
      kind: 'invalid',
      reason: 'iccid_luhn',
      text: '89441100682500000125',
    });
  });

  test.each([
    ['an eUICC id, 32 digits from 89', '89049032003008882600012345678901'],
    ['17 digits', '89441100682500000'],
    ['21 digits', '894411006825000001241'],
    ['20 digits from 98', '98441100682500000129'],
    ['a letter inside', '8944110068A500000125'],
  ])('not %s', (_what, text) => {
    expect(classifyScan(text).kind).toBe('unknown');
  });
});

describe('an IMEI is recognised', () => {
  test.each([
    ['bare', '490154203237518'],
    ['in groups', '49-015420-323751-8'],
    ['with a label', 'IMEI:490154203237518'],
    ['with the label of a second slot', 'IMEI2: 490154203237518'],
    ['with a label and no colon', 'IMEI 490154203237518'],
  ])('%s', (_how, text) => {
    expect(classifyScan(text)).toEqual({ kind: 'imei', imei: '490154203237518' });
  });

  test('a wrong check digit is refused, and the digits may still be a number', () => {
    expect(scanReadings('490154203237519')).toEqual([
      { kind: 'invalid', reason: 'imei_luhn', text: '490154203237519' },
      { kind: 'msisdn', msisdn: '+490154203237519' },
    ]);
  });

  test('any 15 bare digits that do not begin with 00 are an IMEI, right or wrong, first', () => {
    fc.assert(
      fc.property(
        digits(15).filter((d) => !d.startsWith('00')),
        (text) => {
          expect(classifyScan(text).kind).toBe(hasLuhnDigit(text) ? 'imei' : 'invalid');
        },
      ),
    );
  });
});

describe('an EAN-13 or UPC-A is recognised', () => {
  test('EAN-13', () => {
    expect(classifyScan(']E04006381333931')).toEqual({ kind: 'ean', ean: '4006381333931' });
  });
  test('UPC-A gets its leading zero', () => {
    expect(classifyScan('036000291452')).toEqual({ kind: 'ean', ean: '0036000291452' });
  });
  test('a UPC-A sent as EAN-13 from 00 is an EAN before it is a number with 00', () => {
    expect(scanReadings('0036000291452')).toEqual([
      { kind: 'ean', ean: '0036000291452' },
      { kind: 'msisdn', msisdn: '+36000291452' },
    ]);
  });
  test('a wrong check digit is refused', () => {
    expect(classifyScan('4006381333932')).toEqual({ kind: 'invalid', reason: 'ean_check', text: '4006381333932' });
  });
  test('a wrong check digit from a reader that says EAN has no other reading', () => {
    expect(scanReadings(']E04006381333932')).toHaveLength(1);
  });
});

describe('a number is recognised', () => {
  test.each([
    ['E.164', '+447700900123', '+447700900123'],
    ['with spaces', '+44 7700 900123', '+447700900123'],
    ['with no-break spaces', '+44\u00a07700\u202f900123', '+447700900123'],
    ['with 00', '00447700900123', '+447700900123'],
    ['with 00 in 13 digits that are no EAN', '0033612345678', '+33612345678'],
    ['with a trunk zero in brackets', '+44 (0)7700 900123', '+447700900123'],
    ['as a link', 'tel:+33612345678', '+33612345678'],
    ['with a label', 'MSISDN: +5511987654321', '+5511987654321'],
    ['bare, 11 digits', '33612345678', '+33612345678'],
  ])('%s', (_how, text, msisdn) => {
    expect(classifyScan(text)).toEqual({ kind: 'msisdn', msisdn });
  });

  test('12 and 13 bare digits without their plus keep the number as the other reading', () => {
    for (const text of ['447700900123', '5511987654321']) {
      const readings = scanReadings(text);
      expect(['ean', 'invalid']).toContain(readings[0].kind);
      expect(readings).toContainEqual({ kind: 'msisdn', msisdn: `+${text}` });
    }
  });

  test.each([['0612345678'], ['+1234'], ['+0123456789'], ['+1234567890123456'], ['123456789']])(
    '%s alone is not one',
    (text) => {
      expect(classifyScan(text)).toEqual({ kind: 'unknown', text });
    },
  );
});

describe('any text', () => {
  test('is classified without error, to a value that its schema accepts, and no reading comes twice', () => {
    const anyText = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 64 }),
      fc.string({ unit: fc.constantFrom(...'0123456789+ -()F]C1:') }),
    );
    fc.assert(
      fc.property(anyText, (text) => {
        const readings = scanReadings(text);
        for (const value of readings) expect(ScanValue.parse(value)).toEqual(value);
        expect(new Set(readings.map((r) => JSON.stringify(r))).size).toBe(readings.length);
      }),
      { numRuns: 1000 },
    );
  });

  test('a single wrong digit is caught by Luhn and by the EAN check', () => {
    fc.assert(
      fc.property(digits(18), fc.nat(18), fc.integer({ min: 1, max: 9 }), (body, at, by) => {
        const full = body + luhnDigit(body);
        const wrong = [...full].map((d, i) => (i === at ? String((Number(d) + by) % 10) : d)).join('');
        expect(hasLuhnDigit(full)).toBe(true);
        expect(hasLuhnDigit(wrong)).toBe(false);
      }),
    );
    expect(hasEanDigit('4006381333931')).toBe(true);
    for (let by = 1; by < 10; by += 1) expect(hasEanDigit(`400638133393${(1 + by) % 10}`)).toBe(false);
  });
});
