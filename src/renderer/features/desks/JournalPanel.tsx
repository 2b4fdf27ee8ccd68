import { Button, Group, Text } from '@mantine/core';
import { IconDownload, IconListCheck, IconShieldCheck } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { LoadingRows } from '../../components/LoadingRows.tsx';
import { ToneMark } from '../../components/ToneMark.tsx';
import { VirtualTable } from '../../components/VirtualTable.tsx';
import { desk, deskQuery } from '../../desk.ts';
import { useFormat } from '../../format.tsx';
import { mainAct } from '../../frame/use-route-focus.ts';
import { useNotify } from '../../notify.tsx';
import { download } from './download.ts';
import { useJournalColumns } from './journal-columns.tsx';

const PAGE = 200;

/** What was done at this desk, sealed entry by entry: read, verified, taken along. */
export function JournalPanel() {
  const { t } = useTranslation('desks');
  const columns = useJournalColumns();
  const list = useInfiniteQuery(
    deskQuery.journal.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ cursor, limit: PAGE }),
      initialPageParam: undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    }),
  );
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <>
      <Text size="sm" c="dimmed" maw={620}>
        {t('journal.text')}
      </Text>
      <JournalActs />
      {list.error && <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && !list.error && <LoadingRows label={t('journal.loading')} />}
      {list.data && rows.length === 0 && <EmptyState icon={<IconListCheck size={24} />} title={t('journal.empty')} />}
      {rows.length > 0 && (
        <VirtualTable
          label={t('journal.title')}
          rows={rows}
          columns={columns}
          rowKey={({ seq }) => seq}
          onEndReached={() => {
            if (list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage();
          }}
        />
      )}
    </>
  );
}

function JournalActs() {
  const { t } = useTranslation('desks');
  const { number } = useFormat();
  const notify = useNotify();
  const verify = useMutation({ mutationFn: () => desk.journal.verify(), onError: notify.error });
  const take = useMutation({
    mutationFn: () => desk.journal.export(),
    onSuccess: ({ filename, text }) => download(filename, text, 'application/x-ndjson'),
    onError: notify.error,
  });
  const verdict = verify.data;
  return (
    <Group gap="sm">
      <Button
        {...mainAct}
        variant="default"
        leftSection={<IconShieldCheck size={16} aria-hidden />}
        loading={verify.isPending}
        onClick={() => verify.mutate()}
      >
        {t('journal.verify')}
      </Button>
      <Button
        variant="default"
        leftSection={<IconDownload size={16} aria-hidden />}
        loading={take.isPending}
        onClick={() => take.mutate()}
      >
        {t('journal.export')}
      </Button>
      <div role="status">
        {verdict && (
          <ToneMark tone={verdict.intact ? 'good' : 'bad'} look="chip">
            {verdict.intact
              ? t('journal.intact', { count: verdict.entries })
              : t('journal.broken', { at: number(verdict.brokenAt ?? 0) })}
          </ToneMark>
        )}
      </div>
      {verdict && !verdict.intact && <Text size="sm">{t('journal.brokenText')}</Text>}
    </Group>
  );
}
