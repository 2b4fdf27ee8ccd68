import { useTranslation } from 'react-i18next';
import type { Service } from '#core/domain/service.ts';
import { BalanceBars } from '../../components/BalanceBars.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ListPanel } from '../../components/ListPanel.tsx';
import classes from './services.module.css';

/** Every bucket, the one used next on top. */
export function ServiceBalances({ service }: { service: Service }) {
  const { t } = useTranslation('customers');
  return (
    <ListPanel title={t('service.balances')}>
      {service.balances.length === 0 ? (
        <EmptyState title={t('service.noBalances')} text={t('service.noBalancesText')} />
      ) : (
        <div className={classes.body}>
          <BalanceBars balances={service.balances} currency={service.monthlyCost.currency} />
        </div>
      )}
    </ListPanel>
  );
}
