import { Anchor, Button, Group, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Job } from '#core/domain/provisioning.ts';
import { LoadingRows } from '../../components/LoadingRows.tsx';
import { StatusMark } from '../../components/StatusMark.tsx';
import { deskQuery } from '../../desk.ts';
import { describeTaskError } from '../../errors.ts';
import { useNotify } from '../../notify.tsx';
import { useCan } from '../../session.tsx';
import classes from './services.module.css';

const ASK_AGAIN_MS = 5_000;

/** Why a service is not live yet: the job that works on it, or that failed, with its retry (PA-20). */
export function PendingJob({ jobId }: { jobId: number }) {
  const { t } = useTranslation('customers');
  const enabled = useCan('provision');
  const { data: job } = useQuery(
    deskQuery.provisioning.get.queryOptions({
      input: { id: jobId },
      enabled,
      refetchInterval: ({ state }) => (state.data?.endedAt === null ? ASK_AGAIN_MS : false),
    }),
  );
  if (!enabled) return null;
  if (job === undefined) return <LoadingRows rows={1} />;
  const failed = job.status === 'failed';
  return (
    <div className={classes.job} data-failed={failed || undefined}>
      <Group justify="space-between" wrap="nowrap">
        <StatusMark kind="job" status={job.status} look="plain" />
        <Text size="sm" c="dimmed">
          {t('service.progress', { done: job.progress.done, total: job.progress.total })}
        </Text>
      </Group>
      {failed && <FailedTask job={job} />}
      <Group gap="sm">
        {failed && <RetryButton jobId={jobId} />}
        <Anchor component={Link} href={`/provisioning/${jobId}`} size="sm">
          {t('service.openJob', { id: jobId })}
        </Anchor>
      </Group>
    </div>
  );
}

function FailedTask({ job }: { job: Pick<Job, 'tasks'> }) {
  const { t } = useTranslation('errors');
  const error = job.tasks.find(({ status }) => status === 'failed')?.error;
  if (!error) return null;
  const { title, advice } = describeTaskError(error, t);
  return (
    <div>
      <Text size="sm" fw={600}>
        {title}
      </Text>
      <Text size="sm">{advice}</Text>
    </div>
  );
}

function RetryButton({ jobId }: { jobId: number }) {
  const { t } = useTranslation('customers');
  const notify = useNotify();
  const client = useQueryClient();
  const retry = useMutation(
    deskQuery.provisioning.retry.mutationOptions({
      onSuccess: (job) => client.setQueryData(deskQuery.provisioning.get.queryKey({ input: { id: jobId } }), job),
      onError: notify.error,
    }),
  );
  return (
    <Button size="compact-md" loading={retry.isPending} onClick={() => retry.mutate({ id: jobId })}>
      {t('service.retry')}
    </Button>
  );
}
