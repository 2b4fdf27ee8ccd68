import { Progress } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Balance } from '#core/domain/service.ts';
import { useFormat } from '../format.tsx';
import classes from './BalanceBars.module.css';

interface BalanceBarsProps {
  /** In the order they are used. */
  balances: readonly Balance[];
  /** Of monetary balances, whose amounts are minor units. */
  currency: string;
}

/** What is left of a service's buckets, in the order they are used: a bar, what for, what is left of how much, until when. */
export function BalanceBars({ balances, currency }: BalanceBarsProps) {
  const { t } = useTranslation('common');
  const { date } = useFormat();
  const { amountOf, shortOf } = useAmounts(currency);
  return (
    <ul className={classes.bars}>
      {balances.map((balance) => {
        const remaining = shortOf(balance, balance.remaining);
        const left = t('balance.left', { remaining, total: amountOf(balance, balance.total) });
        const scope = balance.destinations?.map((destination) => t(`balance.destination.${destination}`)).join(', ');
        const share = balance.total === 0 ? 0 : Math.max(0, Math.min(100, (100 * balance.remaining) / balance.total));
        return (
          <li key={balance.id}>
            <div className={classes.line}>
              <span className={classes.name}>
                {balance.name}
                {scope && <span className={classes.scope}>{scope}</span>}
              </span>
              <span>{left}</span>
            </div>
            <Progress
              value={share}
              size={6}
              color={share < 10 ? 'orange' : undefined}
              aria-label={scope ? `${balance.name} (${scope}): ${left}` : `${balance.name}: ${left}`}
            />
            {balance.expiresAt && (
              <span className={classes.until}>{t('balance.until', { date: date(balance.expiresAt) })}</span>
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** Amounts of a balance in its own unit: bytes, minutes, texts, money; `shortOf` leaves out a unit that is a word. */
function useAmounts(currency: string) {
  const { t } = useTranslation('common');
  const { bytes, money, number } = useFormat();
  type Unit = Pick<Balance, 'unit'>;
  const shortOf = ({ unit }: Unit, amount: number): string => {
    if (unit === 'byte') return bytes(amount);
    if (unit === 'minor_unit') return money({ amount, currency });
    return number(unit === 'second' ? Math.floor(amount / 60) : amount);
  };
  const amountOf = (balance: Unit, amount: number): string => {
    const value = shortOf(balance, amount);
    if (balance.unit === 'second') return t('balance.minutes', { count: Math.floor(amount / 60), value });
    return balance.unit === 'message' ? t('balance.messages', { count: amount, value }) : value;
  };
  return { amountOf, shortOf };
}
