import { Anchor, Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { JobSummary } from '#core/domain/provisioning.ts';
import { useNow } from '../../clock.ts';
import { ListPanel, ListRow } from '../../components/ListPanel.tsx';
import { NeedsLine } from '../../components/NeedsLine.tsx';
import { ReadError } from '../../components/ReadError.tsx';
import { StatusMark } from '../../components/StatusMark.tsx';
import { deskQuery } from '../../desk.ts';
import { useFormat } from '../../format.tsx';
import { useNotify } from '../../notify.tsx';

interface AttentionPanelProps {
  jobs: readonly JobSummary[];
  more: boolean;
  /** There is no line to ask over. */
  isOut: boolean;
  error: unknown;
  onRetry: () => void;
}

/** Provisioning that failed or hangs, each with its retry. */
export function AttentionPanel({ jobs, more, isOut, error, onRetry }: AttentionPanelProps) {
  const { t } = useTranslation('home');
  if (isOut) return <NeedsLine what="provisioning" quiet />;
  if (error) return <ReadError what="provisioning" quiet error={error} onRetry={onRetry} />;
  if (jobs.length === 0) return null;
  return (
    <ListPanel
      title={t('attention.title')}
      count={more ? undefined : jobs.length}
      actions={
        <Anchor component={Link} href="/provisioning" size="sm">
          {t('attention.all')}
        </Anchor>
      }
    >
      {jobs.map((job) => (
        <JobRow key={job.id} job={job} />
      ))}
    </ListPanel>
  );
}

function JobRow({ job }: { job: JobSummary }) {
  const { t } = useTranslation('home');
  const { relative } = useFormat();
  const now = useNow(30_000);
  return (
    <ListRow
      mark={<StatusMark kind="job" status={job.status} look="shape" />}
      title={
        <Link href={`/provisioning/${job.id}`}>
          <bdi>{job.customer.name}</bdi>
        </Link>
      }
      detail={[
        job.product.name,
        t('attention.number', { id: job.id }),
        t(job.status === 'failed' ? 'attention.failedAt' : 'attention.since', {
          done: job.progress.done,
          total: job.progress.total,
          when: relative(job.endedAt ?? job.createdAt, now),
        }),
      ].join(' · ')}
    >
      {job.status === 'failed' && <RetryButton jobId={job.id} />}
      <Button component={Link} href={`/provisioning/${job.id}`} variant="default" size="compact-md">
        {t('attention.open')}
      </Button>
    </ListRow>
  );
}

function RetryButton({ jobId }: { jobId: number }) {
  const { t } = useTranslation('home');
  const notify = useNotify();
  const client = useQueryClient();
  const retry = useMutation(
    deskQuery.provisioning.retry.mutationOptions({
      onError: notify.error,
      onSettled: () => client.invalidateQueries({ queryKey: deskQuery.provisioning.list.key() }),
    }),
  );
  return (
    <Button size="compact-md" variant="light" loading={retry.isPending} onClick={() => retry.mutate({ id: jobId })}>
      {t('attention.retry')}
    </Button>
  );
}
