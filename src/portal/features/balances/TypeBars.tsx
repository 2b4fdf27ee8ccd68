import { IconAlertTriangleFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PortalBalance } from '#core/contract/portal/services.ts';
import { useFormat } from '../../format.ts';
import { Bar } from './Bar.tsx';
import { isLow, type TypeTotal, totalsByType } from './buckets.ts';
import classes from './TypeBars.module.css';
import { useAmounts } from './use-amounts.ts';

interface TypeBarsProps {
  readonly balances: readonly PortalBalance[];
  /** Of monetary balances. */
  readonly currency: string;
}

/** What is left of a service, one bar for each kind: how much, of how much, until when. */
export function TypeBars({ balances, currency }: TypeBarsProps) {
  return (
    <ul className={classes.bars}>
      {totalsByType(balances).map((total) => (
        <TypeBar key={total.type} total={total} currency={currency} />
      ))}
    </ul>
  );
}

function TypeBar({ total, currency }: { total: TypeTotal; currency: string }) {
  const { t } = useTranslation('usage');
  const { date } = useFormat();
  const { amountOf, shortOf } = useAmounts(currency);
  const { unit, remaining, nextExpiry, buckets } = total;
  const whole = amountOf(unit, total.total);
  const left =
    remaining > 0
      ? t('bar.left', { remaining: shortOf(unit, remaining), total: whole })
      : t('bar.none', { total: whole });
  const name = t(`type.${total.type}`);
  return (
    <li>
      <div className={classes.line}>
        <span className={classes.name}>{name}</span>
        <span className={classes.left}>{left}</span>
      </div>
      <Bar of={total} label={`${name}: ${left}`} />
      <div className={classes.under}>
        {isLow(total) && (
          <span className={classes.low}>
            <IconAlertTriangleFilled size={14} aria-hidden /> {remaining > 0 ? t('bar.low') : t('bar.gone')}
          </span>
        )}
        {nextExpiry !== null && (
          <span>
            {buckets > 1
              ? t('bar.firstEnds', { count: buckets, date: date(nextExpiry) })
              : t('bar.until', { date: date(nextExpiry) })}
          </span>
        )}
      </div>
    </li>
  );
}
