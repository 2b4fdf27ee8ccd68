import { IconAlertTriangleFilled } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { portal } from '../../api.ts';
import { Loaded } from '../../components/Loaded.tsx';
import { useFormat } from '../../format.ts';
import { useDays } from '../balances/use-amounts.ts';
import classes from './billing.module.css';

/** What is owed now and what is charged next. */
export function Owed() {
  const { t } = useTranslation('billing');
  const { money } = useFormat();
  const { day } = useDays();
  const billing = useQuery(portal.billing.queryOptions());
  return (
    <div className={classes.owed}>
      <Loaded query={billing} height="var(--sums-height)">
        {({ owed, overdueCount, nextCharge, paymentKind }) => (
          <dl className={classes.sums}>
            <div className={classes.sum} data-part="owed">
              <dt>{t('owed')}</dt>
              <dd className={classes.amount}>
                {owed.length === 0 ? t('nothingOwed') : owed.map((each) => money(each)).join(' + ')}
              </dd>
              {overdueCount > 0 && (
                <dd className={classes.overdue}>
                  <IconAlertTriangleFilled size={16} aria-hidden /> {t('overdue', { count: overdueCount })}
                </dd>
              )}
            </div>
            <div className={classes.sum} data-part="next-charge">
              <dt>{t('nextCharge')}</dt>
              <dd className={classes.amount}>{nextCharge === null ? t('noNextCharge') : money(nextCharge.amount)}</dd>
              <dd className={classes.quiet}>
                {nextCharge !== null && `${t('on', { date: day(nextCharge.on) })} · `}
                {t(`payWith.${paymentKind}`)}
              </dd>
            </div>
          </dl>
        )}
      </Loaded>
    </div>
  );
}
