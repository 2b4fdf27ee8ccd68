import { IconAlertTriangleFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { UsageOfType } from '#core/domain/charging.ts';
import { useShown } from '../../session.tsx';
import { useAmounts } from '../balances/use-amounts.ts';
import { Buckets } from './Buckets.tsx';
import { LastDays } from './LastDays.tsx';
import { Records } from './Records.tsx';
import { Split } from './Split.tsx';
import { Totals } from './Totals.tsx';
import type { UseOfService } from './TypeTabs.tsx';
import classes from './usage.module.css';

interface TypePanelProps extends UseOfService {
  readonly of: UsageOfType;
}

/** One kind of usage: what is left, in which order it goes, where it went, day by day, and call by call. */
export function TypePanel({ service, usage, of, balances }: TypePanelProps) {
  const { type } = of;
  const { currency } = service.monthlyCost;
  // Data goes nowhere in particular unless central says otherwise; calls and messages always do.
  const isSplit = type === 'voice' || type === 'sms' || of.byDestination.length > 1;
  return (
    <>
      <Totals usage={usage} of={of} currency={currency} balances={balances.data?.items ?? []} />
      <Uncovered service={service.id} of={of} currency={currency} />
      <Buckets balances={balances} type={type} currency={currency} />
      {isSplit && <Split of={of} currency={currency} />}
      <LastDays of={of} currency={currency} />
      <Records serviceId={service.id} of={of} currency={currency} />
    </>
  );
}

/** What was used while nothing covered it: it can cost extra, so it is said. */
function Uncovered({ service, of, currency }: { service: number; of: UsageOfType; currency: string }) {
  const { t } = useTranslation('usage');
  const { exactOf } = useAmounts(currency);
  const canTopUp = useShown('recharge');
  if (of.uncovered <= 0) return null;
  return (
    <div className={classes.uncovered}>
      <IconAlertTriangleFilled size={22} aria-hidden className={classes.warn} />
      <div>
        <p className={classes.strong}>{t('uncovered.title', { amount: exactOf(of.unit, of.uncovered) })}</p>
        <p>{t('uncovered.text')}</p>
        {canTopUp && (
          <Link href={`/recharge/${service}`} className={classes.act}>
            {t('uncovered.topUp')}
          </Link>
        )}
      </div>
    </div>
  );
}
