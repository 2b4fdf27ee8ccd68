import { useTranslation } from 'react-i18next';
import type { Service } from '#core/domain/service.ts';
import { BalanceBars } from '../../components/BalanceBars.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ListPanel } from '../../components/ListPanel.tsx';
import { BalanceState } from './BalanceState.tsx';
import classes from './services.module.css';
import { useBalances } from './use-balances.ts';

/** Every bucket, the one used next on top. */
export function ServiceBalances({ service }: { service: Service }) {
  const { t } = useTranslation('customers');
  const state = useBalances(service);
  const isEmpty = state.balances.length === 0 && !state.isPending && !state.needsLine && !state.error;
  return (
    <ListPanel title={t('service.balances')}>
      {isEmpty ? (
        <EmptyState title={t('service.noBalances')} text={t('service.noBalancesText')} />
      ) : (
        <div className={classes.body}>
          <BalanceState state={state} bars={2}>
            <BalanceBars balances={state.balances} currency={service.monthlyCost.currency} />
          </BalanceState>
        </div>
      )}
    </ListPanel>
  );
}
