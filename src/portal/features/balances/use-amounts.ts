import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Balance } from '#core/domain/service.ts';
import { useFormat } from '../../format.ts';
import { createAmounts } from './amounts.ts';
import { createDays, type Days } from './days.ts';

type Unit = Balance['unit'];

/** Calendar days in the page's language. */
export function useDays(): Days {
  const { i18n } = useTranslation();
  return useMemo(() => createDays(i18n.language), [i18n.language]);
}

/** Amounts of balances in the page's language; `currency` is that of monetary ones. */
export function useAmounts(currency: string) {
  const { t, i18n } = useTranslation('usage');
  const { bytes, money, number } = useFormat();
  const amounts = useMemo(() => createAmounts(i18n.language), [i18n.language]);
  const messages = (count: number) => t('amount.messages', { count, value: number(count) });
  const amountOf = (unit: Unit, amount: number): string => {
    if (unit === 'byte') return bytes(amount);
    if (unit === 'minor_unit') return money({ amount, currency });
    return unit === 'second' ? amounts.minutes(amount) : messages(amount);
  };
  /** As `amountOf`, with calls to the second. */
  const exactOf = (unit: Unit, amount: number): string =>
    unit === 'second' ? amounts.callTime(amount) : amountOf(unit, amount);
  /** As `amountOf` without a unit that the whole beside it says already: `80`, of `80 of 100 messages`. */
  const shortOf = (unit: Unit, amount: number): string =>
    unit === 'message' ? number(amount) : amountOf(unit, amount);
  return { amountOf, exactOf, shortOf, share: amounts.share, signed: amounts.signed };
}
