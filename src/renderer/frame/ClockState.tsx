import { Text } from '@mantine/core';
import { IconClockExclamation } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ToneMark } from '../components/ToneMark.tsx';
import { useFormat } from '../format.tsx';
import { clockFact } from '../work/facts.ts';
import { useSyncState } from '../work/use-work.ts';
import { StatusFact } from './StatusFact.tsx';

/** Said only when this machine's clock differs from head office's by more than a minute. */
export function ClockState() {
  const { t } = useTranslation('work');
  const { age } = useFormat();
  const sync = useSyncState();
  const difference = sync === undefined ? null : clockFact(sync);
  if (difference === null) return null;
  const by = age(Math.abs(difference));
  return (
    <StatusFact
      mark={
        <ToneMark tone="warn" icon={IconClockExclamation}>
          {t(difference > 0 ? 'clock.ahead' : 'clock.behind', { by })}
        </ToneMark>
      }
    >
      {() => (
        <>
          <Text size="sm" fw={600}>
            {t('clock.title')}
          </Text>
          <Text size="sm">{t('clock.text', { by })}</Text>
        </>
      )}
    </StatusFact>
  );
}
