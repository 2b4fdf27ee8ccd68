import { Button } from '@mantine/core';
import { IconChecks, IconSend } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { ListPanel } from '../../components/ListPanel.tsx';
import { LoadingRows } from '../../components/LoadingRows.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { deskQuery } from '../../desk.ts';
import { mainAct } from '../../frame/use-route-focus.ts';
import { useNotify } from '../../notify.tsx';
import { useEnrolment, useIsOffline, useSyncState } from '../../work/use-work.ts';
import { HandIn } from './HandIn.tsx';
import { type ListedEntry, OutboxRow } from './OutboxRow.tsx';
import classes from './outbox.module.css';

const PAGE = 100;

/** Everything this desk has for head office: what needs a person, what waits, what went up. */
export function OutboxPage() {
  const { t } = useTranslation('work');
  const enrolment = useEnrolment();
  const list = useInfiniteQuery(
    deskQuery.outbox.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ cursor, limit: PAGE }),
      initialPageParam: undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
      staleTime: 30_000,
    }),
  );
  const entries = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const of = (state: ListedEntry['state']) => entries.filter((entry) => entry.state === state);
  return (
    <div className={classes.page}>
      <PageHeader title={t('page.title')} subtitle={t('page.subtitle')} actions={<SendNow />} />
      <HandIn />
      {list.error && <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && !list.error && <LoadingRows rows={4} height={72} label={t('page.loading')} />}
      {list.data && entries.length === 0 && (
        <EmptyState
          icon={<IconChecks size={26} />}
          title={t('page.emptyTitle')}
          text={t(enrolment?.state === 'none' ? 'page.emptyNone' : 'page.emptyText')}
        />
      )}
      <Part title={t('page.refused')} entries={of('refused')} all={entries} />
      <Part title={t('page.waiting')} entries={of('saved').reverse()} all={entries} />
      <Part title={t('page.sent')} entries={of('accepted')} all={entries} />
      {list.hasNextPage && (
        <Button
          variant="default"
          w="fit-content"
          loading={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {t('page.older')}
        </Button>
      )}
    </div>
  );
}

interface PartProps {
  title: string;
  entries: readonly ListedEntry[];
  /** To name what an entry waits for. */
  all: readonly ListedEntry[];
}

function Part({ title, entries, all }: PartProps) {
  if (entries.length === 0) return null;
  return (
    <ListPanel title={title} count={entries.length}>
      {entries.map((entry) => (
        <OutboxRow key={entry.id} entry={entry} blocker={all.find(({ id }) => id === entry.blockedBy)} />
      ))}
    </ListPanel>
  );
}

/** Tries at once instead of at the next beat. */
function SendNow() {
  const { t } = useTranslation('work');
  const notify = useNotify();
  const sync = useSyncState();
  const isOffline = useIsOffline();
  const send = useMutation(deskQuery.sync.now.mutationOptions({ onError: notify.error }));
  const isRevoked = useEnrolment()?.state === 'revoked';
  if (sync === undefined || sync.outbox.waiting === 0 || isRevoked) return null;
  return (
    <Button
      {...mainAct}
      leftSection={<IconSend size={16} aria-hidden />}
      disabled={isOffline}
      loading={send.isPending}
      onClick={() => send.mutate(undefined)}
    >
      {t('page.send')}
    </Button>
  );
}
