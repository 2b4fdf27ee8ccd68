import { describe, expect, test } from 'vitest';
import { createFormat, toE164 } from '../../src/renderer/formatters.ts';

/** Narrow and no-break spaces, which the locales use between figures, as plain ones. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

describe('what staff read, by language', () => {
  test('money is minor units of its own currency, however many the currency has', () => {
    expect(plain(createFormat('en').money({ amount: 1500, currency: 'GBP' }))).toBe('£15.00');
    expect(plain(createFormat('fr').money({ amount: 1500, currency: 'EUR' }))).toBe('15,00 €');
    expect(plain(createFormat('en').money({ amount: 1500, currency: 'JPY' }))).toBe('¥1,500');
    expect(plain(createFormat('en').money({ amount: -5, currency: 'GBP' }))).toBe('-£0.05');
  });

  test('numbers are grouped as their country does, and what is no number is left alone', () => {
    const { phone } = createFormat('en');
    expect(phone('+447700900123')).toBe('+44 7700 900123');
    expect(phone('+33612345678')).toBe('+33 6 12 34 56 78');
    expect(phone('not a number')).toBe('not a number');
  });

  test('an ICCID is read in groups of four', () => {
    const { iccid } = createFormat('en');
    expect(iccid('8944100000000000011')).toBe('8944 1000 0000 0000 011');
    expect(iccid('89441000000000000112')).toBe('8944 1000 0000 0000 0112');
  });

  test('a hold’s time is rounded up, so that it ends at zero', () => {
    const { countdown } = createFormat('en');
    expect(countdown(271_000)).toBe('4:31');
    expect(countdown(270_001)).toBe('4:31');
    expect(countdown(1)).toBe('0:01');
    expect(countdown(0)).toBe('0:00');
    expect(countdown(-5_000)).toBe('0:00');
    expect(countdown(3_725_000)).toBe('1:02:05');
  });

  test('data is sold in decimal units', () => {
    expect(plain(createFormat('en').bytes(20_000_000_000))).toBe('20 GB');
    expect(plain(createFormat('en').bytes(12_540_000_000))).toBe('12.5 GB');
    expect(plain(createFormat('fr').bytes(5_000_000_000))).toBe('5 Go');
    expect(plain(createFormat('en').bytes(0))).toBe('0 byte');
  });

  test('a duration is as exact as it is short', () => {
    const { duration } = createFormat('en');
    expect(plain(duration(0))).toBe('0s');
    expect(plain(duration(14))).toBe('< 0.1s');
    expect(plain(duration(840))).toBe('0.8s');
    expect(plain(duration(12_400))).toBe('12s');
    expect(plain(duration(185_000))).toBe('3m 05s');
    expect(plain(duration(7_800_000))).toBe('2h 10m');
  });
});

describe('numbers as people write them', () => {
  test('national and international spellings are one number', () => {
    for (const written of ['07700 900123', '+44 7700 900123', '0044 7700 900123', '(07700) 900-123']) {
      expect(toE164(written, 'GB')).toBe('+447700900123');
    }
  });

  test('a national number is of the operator’s country', () => {
    expect(toE164('06 12 34 56 78', 'FR')).toBe('+33612345678');
    expect(toE164('06 12 34 56 78', 'PT')).toBeNull();
  });

  test('what can not be a number is refused', () => {
    for (const written of ['', '12', 'john', '+44 7700', '07700 900123 456 789'])
      expect(toE164(written, 'GB')).toBeNull();
  });
});
