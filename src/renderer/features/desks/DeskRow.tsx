import { Button } from '@mantine/core';
import { IconDeviceDesktop, IconDeviceDesktopOff } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RegisteredDesk } from '#core/contract/central/desks.ts';
import { AskFirst } from '../../components/AskFirst.tsx';
import { ListRow } from '../../components/ListPanel.tsx';
import { StatusMark } from '../../components/StatusMark.tsx';
import { ToneMark } from '../../components/ToneMark.tsx';
import { deskQuery } from '../../desk.ts';
import { useFormat, useNow } from '../../format.tsx';
import { useNotify } from '../../notify.tsx';
import { useEnrolment } from '../../work/use-work.ts';
import classes from './desks.module.css';

/** One desk: where it is, whether it answers, what it holds; withdrawn in two acts, its stock in another. */
export function DeskRow({ desk }: { desk: RegisteredDesk }) {
  const { t } = useTranslation('desks');
  const { relative, date } = useFormat();
  const now = useNow(30_000);
  const enrolment = useEnrolment();
  const [asking, setAsking] = useState<'revoke' | 'reclaim' | null>(null);
  const close = () => setAsking(null);
  const acts = useDeskActs(close);
  const { id, name, store, stock, revokedAt, lastSeenAt, online } = desk;
  const isRevoked = revokedAt !== null;
  const isHere = enrolment?.state === 'enrolled' && enrolment.desk.id === id;
  const Icon = isRevoked ? IconDeviceDesktopOff : IconDeviceDesktop;
  const seen = lastSeenAt === null ? t('list.never') : t('list.seen', { when: relative(lastSeenAt, now) });
  const facts = isRevoked
    ? [store.name, t('list.revoked', { when: relative(revokedAt, now) })]
    : [
        store.name,
        online ? null : seen,
        t('list.enrolledBy', { name: desk.enrolledByName, when: date(desk.enrolledAt) }),
      ];
  return (
    <div>
      <ListRow
        mark={<Icon size={20} stroke={1.6} aria-hidden />}
        title={
          <>
            <bdi>{name}</bdi> {isHere && <span className={classes.quiet}>({t('list.thisDesk')})</span>}
          </>
        }
        detail={
          <span className={classes.wraps}>
            {[...facts, t('list.stock', { count: stock })].filter(Boolean).join(' · ')}
          </span>
        }
      >
        {isRevoked ? (
          <ToneMark tone="warn" icon={IconDeviceDesktopOff}>
            {t('list.withdrawn')}
          </ToneMark>
        ) : (
          <StatusMark kind="link" status={online ? 'online' : 'offline'} look="plain" />
        )}
        {isRevoked && stock > 0 && (
          <Button size="compact-md" variant="default" onClick={() => setAsking('reclaim')}>
            {t('list.reclaim')}
          </Button>
        )}
        {!isRevoked && (
          <Button size="compact-md" variant="default" onClick={() => setAsking('revoke')}>
            {t('list.revoke')}
          </Button>
        )}
      </ListRow>
      <AskFirst
        opened={asking === 'revoke'}
        title={t('revoke.title', { name })}
        texts={[t('revoke.text'), ...(stock > 0 ? [t('revoke.stock', { count: stock })] : [])]}
        confirm={t('revoke.confirm')}
        keep={t('revoke.keep')}
        busy={acts.revoke.isPending}
        onConfirm={() => acts.revoke.mutate({ id })}
        onClose={close}
      />
      <AskFirst
        opened={asking === 'reclaim'}
        title={t('reclaim.title', { name })}
        texts={[t('reclaim.text', { count: stock })]}
        confirm={t('reclaim.confirm')}
        keep={t('revoke.keep')}
        busy={acts.reclaim.isPending}
        onConfirm={() => acts.reclaim.mutate({ id })}
        onClose={close}
      />
    </div>
  );
}

function useDeskActs(onDone: () => void) {
  const { t } = useTranslation('desks');
  const notify = useNotify();
  const client = useQueryClient();
  const stale = () => {
    void client.invalidateQueries({ queryKey: deskQuery.desks.key() });
    void client.invalidateQueries({ queryKey: deskQuery.inventory.key() });
    onDone();
  };
  const revoke = useMutation(deskQuery.desks.revoke.mutationOptions({ onError: notify.error, onSettled: stale }));
  const reclaim = useMutation(
    deskQuery.desks.reclaimStock.mutationOptions({
      onSuccess: ({ items }) => notify.show({ tone: 'good', title: t('list.reclaimed', { count: items }) }),
      onError: notify.error,
      onSettled: stale,
    }),
  );
  return { revoke, reclaim };
}
