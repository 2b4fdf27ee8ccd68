import { Button, Text } from '@mantine/core';
import { IconShieldOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { EnrolledDesk } from '#core/contract/desk/work.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { ListPanel } from '../../components/ListPanel.tsx';
import { unsent } from '../../work/facts.ts';
import { useIsOffline, useSyncState } from '../../work/use-work.ts';
import classes from './desks.module.css';
import { useRequestCode } from './use-enrolling.ts';

/** Its credential was withdrawn: what is left on it is handed in first, then it may ask to be enrolled again. */
export function Withdrawn({ desk }: { desk: EnrolledDesk }) {
  const { t } = useTranslation('desks');
  const sync = useSyncState();
  const isOffline = useIsOffline();
  const request = useRequestCode();
  const left = sync === undefined ? 0 : unsent(sync.outbox);
  return (
    <ListPanel title={t('tabs.desk')}>
      <div className={classes.panel}>
        <div className={classes.lead} data-tone="warn">
          <IconShieldOff size={22} stroke={1.7} aria-hidden />
          <div>
            <Text fw={600} dir="auto">
              {t('this.revoked.title', { name: desk.name })}
            </Text>
            <Text size="sm">{t('this.revoked.text')}</Text>
          </div>
        </div>
        {request.error && <ErrorNotice error={request.error} />}
        {left > 0 ? (
          <Button component={Link} href="/outbox" w="fit-content">
            {t('this.revoked.outbox')}
          </Button>
        ) : (
          <Button
            w="fit-content"
            disabled={isOffline}
            loading={request.isPending}
            onClick={() => request.mutate(undefined)}
          >
            {t('this.show')}
          </Button>
        )}
      </div>
    </ListPanel>
  );
}
