import { Button, Text } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { ListPanel } from '../../components/ListPanel.tsx';
import { mainAct } from '../../frame/use-route-focus.ts';
import { useCan } from '../../session.tsx';
import { useIsOffline } from '../../work/use-work.ts';
import classes from './desks.module.css';
import { EnrolHere } from './EnrolHere.tsx';
import { useRequestCode } from './use-enrolling.ts';

/** What enrolling means, and the two ways to it: a code for a manager elsewhere, or a manager right here. */
export function NotEnrolled() {
  const { t } = useTranslation('desks');
  const mayEnrol = useCan('manage_desks');
  const isOffline = useIsOffline();
  const request = useRequestCode();
  return (
    <ListPanel title={t('tabs.desk')}>
      <div className={classes.panel}>
        <div className={classes.lead}>
          <IconPlugConnected size={22} stroke={1.7} aria-hidden />
          <div>
            <Text fw={600}>{t('this.none.title')}</Text>
            <Text size="sm">{t('this.none.text')}</Text>
            {isOffline && (
              <Text size="sm" c="dimmed">
                {t('this.needsLine')}
              </Text>
            )}
          </div>
        </div>
        {request.error && <ErrorNotice error={request.error} onRetry={() => request.mutate(undefined)} />}
        <Button
          {...mainAct}
          w="fit-content"
          variant={mayEnrol ? 'default' : 'filled'}
          disabled={isOffline}
          loading={request.isPending}
          onClick={() => request.mutate(undefined)}
        >
          {t('this.show')}
        </Button>
        {mayEnrol && <EnrolHere disabled={isOffline} />}
      </div>
    </ListPanel>
  );
}
