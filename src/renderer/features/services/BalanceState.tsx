import { Button, Skeleton } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './services.module.css';
import type { useBalances } from './use-balances.ts';

interface BalanceStateProps {
  state: ReturnType<typeof useBalances>;
  /** How many bars to leave room for, so that nothing jumps when they come. */
  bars: number;
  /** Shown once the balances are there. */
  children: ReactNode;
}

/** The room for a service's balances: on their way, out of reach without the line, or there. */
export function BalanceState({ state, bars, children }: BalanceStateProps) {
  const { t } = useTranslation('work');
  if (state.isPending) {
    return (
      <div className={classes.awaited} role="status" aria-label={t('balances.loading')}>
        {Array.from({ length: bars }, (_, index) => `bar-${index}`).map((bar) => (
          <div key={bar}>
            <Skeleton height={13} width="62%" mt={4} mb={9} />
            <Skeleton height={6} />
          </div>
        ))}
      </div>
    );
  }
  if (state.needsLine) {
    return (
      <p className={classes.needsLine} title={t('balances.offlineText')}>
        <IconPlugConnectedX size={16} aria-hidden /> {t('balances.offline')}
      </p>
    );
  }
  if (state.error) {
    return (
      <Button variant="subtle" color="gray" size="compact-sm" w="fit-content" onClick={() => void state.refetch()}>
        {t('balances.failed')}
      </Button>
    );
  }
  return children;
}
