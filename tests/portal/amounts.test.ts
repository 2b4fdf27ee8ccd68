import { describe, expect, test } from 'vitest';
import { createAmounts } from '../../src/portal/features/balances/amounts.ts';
import { createDays } from '../../src/portal/features/balances/days.ts';

/** Narrow and no-break spaces, which the locales use between figures, as plain ones. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

describe('amounts in the customer’s language', () => {
  test('minutes that are left are whole, never more than there is, and seconds below one', () => {
    expect(createAmounts('en').minutes(7_259)).toBe('120 mins');
    expect(createAmounts('en').minutes(59)).toBe('59 secs');
    expect(createAmounts('en').minutes(0)).toBe('0 mins');
    expect(plain(createAmounts('fr').minutes(7_200))).toBe('120 min');
  });

  test('a call is listed to the second, a long one to the minute', () => {
    const { callTime } = createAmounts('en');
    expect(callTime(42)).toBe('42 secs');
    expect(callTime(60)).toBe('1 min');
    expect(callTime(192)).toBe('3 mins 12 secs');
    expect(callTime(3_900)).toBe('1 hr 5 mins');
    expect(callTime(7_200)).toBe('2 hrs');
  });

  test('a charge has a plus sign, a credit a minus sign, nothing has none', () => {
    const { signed } = createAmounts('en');
    expect(signed(1_500, 'GBP')).toBe('+£15.00');
    expect(signed(-1_500, 'GBP')).toBe('-£15.00');
    expect(signed(0, 'GBP')).toBe('£0.00');
    expect(signed(1_500, 'JPY')).toBe('+¥1,500');
    expect(plain(createAmounts('fr').signed(-1_500, 'EUR'))).toBe('-15,00 €');
  });

  test('a share is 0 % or 100 % only where it is exactly that', () => {
    const { share } = createAmounts('en');
    expect(share(0)).toBe('0%');
    expect(share(0.0001)).toBe('1%');
    expect(share(0.424)).toBe('42%');
    expect(share(0.9999)).toBe('99%');
    expect(share(1)).toBe('100%');
    expect(plain(createAmounts('fr').share(0.5))).toBe('50 %');
  });

  test('a calendar day stays that day wherever the reader is', () => {
    const days = createDays('en');
    expect(days.day('2026-01-01')).toBe('1 Jan 2026');
    expect(days.shortDay('2026-12-31')).toBe('31 Dec');
    expect(days.month(2027, 1)).toBe('January 2027');
    expect(createDays('pt').month(2027, 12)).toBe('dezembro de 2027');
  });
});
