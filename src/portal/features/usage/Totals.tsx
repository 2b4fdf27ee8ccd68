import { useTranslation } from 'react-i18next';
import type { PortalBalance } from '#core/contract/portal/services.ts';
import type { ServiceUsage, UsageOfType } from '#core/domain/charging.ts';
import { Facts } from '../../components/Facts.tsx';
import { Section } from '../../components/Section.tsx';
import { useFormat } from '../../format.ts';
import { Bar } from '../balances/Bar.tsx';
import { totalsByType } from '../balances/buckets.ts';
import { useAmounts } from '../balances/use-amounts.ts';
import classes from './usage.module.css';

interface TotalsProps {
  readonly usage: ServiceUsage;
  readonly of: UsageOfType;
  readonly currency: string;
  readonly balances: readonly PortalBalance[];
}

/** What is left in all, as a number and as a bar, and what was used since the last renewal. */
export function Totals({ usage, of, currency, balances }: TotalsProps) {
  const { t } = useTranslation('usage');
  const { amountOf, exactOf, shortOf, share } = useAmounts(currency);
  const { unit, type, remaining, total, usedThisPeriod } = of;
  const whole = amountOf(unit, total);
  const left =
    remaining > 0
      ? t('bar.left', { remaining: shortOf(unit, remaining), total: whole })
      : t('bar.none', { total: whole });
  return (
    <Section title={t(`total.${type}`)}>
      <p className={classes.total} data-part="left">
        <strong>{amountOf(unit, remaining)}</strong> <span className={classes.of}>{t('of', { total: whole })}</span>
      </p>
      <Bar of={of} label={left} size={14} />
      <p className={classes.scale}>{total > 0 ? t('leftShare', { share: share(remaining / total) }) : null}</p>
      <Facts
        spread
        facts={[
          [t('usedThisPeriod'), exactOf(unit, usedThisPeriod)],
          [t('period'), usePeriod(usage)],
          ...useCreditFacts(usage, of, balances),
        ]}
      />
    </Section>
  );
}

function usePeriod({ period: { startsAt, endsAt } }: ServiceUsage): string {
  const { t } = useTranslation('usage');
  const { date } = useFormat();
  if (endsAt === null) return t('since', { date: date(startsAt) });
  return t('span', { from: date(startsAt), to: date(endsAt) });
}

/** Of credit also: when it is gone, and the last top-up. */
function useCreditFacts(
  { lastTopUp }: ServiceUsage,
  { type }: UsageOfType,
  balances: readonly PortalBalance[],
): [string, string][] {
  const { t } = useTranslation('usage');
  const { date, money } = useFormat();
  if (type !== 'monetary') return [];
  const expiry = totalsByType(balances).find((each) => each.type === type)?.nextExpiry ?? null;
  return [
    [t('expires'), expiry === null ? t('bar.noEnd') : date(expiry)],
    [
      t('lastTopUp'),
      lastTopUp === null ? t('noTopUp') : t('lastTopUpOn', { amount: money(lastTopUp), date: date(lastTopUp.at) }),
    ],
  ];
}
