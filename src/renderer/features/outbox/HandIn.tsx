import { Button, Text } from '@mantine/core';
import { IconShieldOff } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { deskQuery } from '../../desk.ts';
import { useNotify } from '../../notify.tsx';
import { useCan } from '../../session.tsx';
import { unsent } from '../../work/facts.ts';
import { useEnrolment, useIsOffline, useSyncState } from '../../work/use-work.ts';
import classes from './outbox.module.css';

/** For a desk whose credential was withdrawn: a manager hands its unsent work in under their own name. */
export function HandIn() {
  const { t } = useTranslation('work');
  const enrolment = useEnrolment();
  const sync = useSyncState();
  const mayHandIn = useCan('manage_desks');
  const isOffline = useIsOffline();
  const notify = useNotify();
  const client = useQueryClient();
  const handIn = useMutation(
    deskQuery.outbox.handIn.mutationOptions({
      onSuccess: ({ accepted, refused }) =>
        notify.show({
          title: t('handIn.done', { accepted, refused }),
          tone: refused > 0 ? 'bad' : 'good',
          lasts: refused > 0 ? false : 8000,
        }),
      onError: notify.error,
      onSettled: () => {
        void client.invalidateQueries({ queryKey: deskQuery.outbox.key() });
        void client.invalidateQueries({ queryKey: deskQuery.sync.key() });
      },
    }),
  );
  if (enrolment?.state !== 'revoked' || sync === undefined) return null;
  const left = unsent(sync.outbox);
  return (
    <section className={classes.handIn} aria-label={t('handIn.title')}>
      <IconShieldOff size={22} aria-hidden />
      <div>
        <Text fw={600}>{t('handIn.title')}</Text>
        <Text size="sm">{left === 0 ? t('handIn.nothing') : t('handIn.text', { count: left })}</Text>
        {left > 0 && !mayHandIn && <Text size="sm">{t('handIn.ask')}</Text>}
        {left > 0 && mayHandIn && (
          <Button
            mt="sm"
            size="compact-md"
            disabled={isOffline}
            loading={handIn.isPending}
            onClick={() => handIn.mutate(undefined)}
          >
            {t('handIn.button')}
          </Button>
        )}
      </div>
    </section>
  );
}
