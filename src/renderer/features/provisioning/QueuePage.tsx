import { Group, SegmentedControl, Stack } from '@mantine/core';
import { IconChecks } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { EmptyState } from '../../components/EmptyState.tsx';
import { LoadingRows } from '../../components/LoadingRows.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { ReadError } from '../../components/ReadError.tsx';
import { SearchField } from '../../components/SearchField.tsx';
import { VirtualTable } from '../../components/VirtualTable.tsx';
import { useQueueColumns } from './queue-columns.tsx';
import { type QueueView, useQueue } from './use-queue.ts';

const views: readonly QueueView[] = ['all', 'attention', 'running', 'failed', 'succeeded', 'cancelled'];

/** Every provisioning job of the store, with what needs a person one click away. */
export function QueuePage() {
  const { t } = useTranslation('provisioning');
  const [view, setView] = useState<QueueView>('all');
  const [q, setQ] = useState('');
  return (
    <>
      <PageHeader title={t('queue.title')} subtitle={t('queue.subtitle')} />
      <Stack gap="md">
        <Group gap="md" wrap="wrap">
          <SegmentedControl
            aria-label={t('queue.show')}
            value={view}
            onChange={(value) => setView(value as QueueView)}
            data={views.map((value) => ({ value, label: t(`queue.view.${value}`) }))}
          />
          <SearchField
            label={t('queue.search')}
            placeholder={t('queue.search')}
            value={q}
            onSearch={setQ}
            style={{ flex: '1 1 220px', maxWidth: 360 }}
          />
        </Group>
        <Queue view={view} q={q} />
      </Stack>
    </>
  );
}

function Queue({ view, q }: { view: QueueView; q: string }) {
  const { t } = useTranslation('provisioning');
  const [, navigate] = useLocation();
  const columns = useQueueColumns();
  const queue = useQueue(view, q);
  if (queue.isPending) return <LoadingRows headOffice="provisioning" label={t('queue.loading')} />;
  const jobs = queue.data?.pages.flatMap(({ items }) => items) ?? [];
  const broken = queue.isError && (
    <ReadError what="provisioning" error={queue.error} onRetry={() => void queue.refetch()} />
  );
  if (jobs.length === 0) {
    return broken || <NoJobs view={view} searching={q.trim() !== ''} />;
  }
  return (
    <>
      {broken}
      <VirtualTable
        label={t('queue.title')}
        rows={jobs}
        columns={columns}
        rowKey={({ id }) => id}
        onOpen={({ id }) => navigate(`/provisioning/${id}`)}
        onEndReached={() => queue.hasNextPage && !queue.isFetching && void queue.fetchNextPage()}
        stale={queue.isPlaceholderData}
      />
    </>
  );
}

function NoJobs({ view, searching }: { view: QueueView; searching: boolean }) {
  const { t } = useTranslation('provisioning');
  if (searching) return <EmptyState title={t('queue.noMatch')} text={t('queue.noMatchText')} />;
  const calm = view === 'attention' || view === 'failed';
  return (
    <EmptyState
      icon={<IconChecks size={28} />}
      title={calm ? t('queue.calm') : t('queue.empty')}
      text={calm ? t('queue.calmText') : t('queue.emptyText')}
    />
  );
}
