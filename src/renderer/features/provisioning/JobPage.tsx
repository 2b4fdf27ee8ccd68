import { Anchor, Grid, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'wouter';
import type { Job } from '#core/domain/provisioning.ts';
import { LoadingRows } from '../../components/LoadingRows.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { ReadError } from '../../components/ReadError.tsx';
import { StatusMark } from '../../components/StatusMark.tsx';
import { deskQuery } from '../../desk.ts';
import { useFormat } from '../../format.tsx';
import { JobActions } from './JobActions.tsx';
import { JobLogs } from './JobLogs.tsx';
import { JobTasks } from './JobTasks.tsx';
import { useLiveJob } from './use-live-job.ts';

/** One provisioning job, live: its tasks, what they said, and what can be done about it. */
export function JobPage() {
  const { t } = useTranslation('provisioning');
  const id = Number(useParams().id);
  const job = useQuery(deskQuery.provisioning.get.queryOptions({ input: { id } }));
  useLiveJob(id);
  const back = { href: '/provisioning', label: t('queue.title') };
  if (job.isPending) return <LoadingRows headOffice="job" />;
  if (job.isError) {
    return (
      <>
        <PageHeader title={t('job.unknown')} back={back} />
        <ReadError what="job" error={job.error} onRetry={() => void job.refetch()} />
      </>
    );
  }
  return (
    <>
      <PageHeader
        title={t('job.title', { id })}
        subtitle={<JobLinks job={job.data} />}
        marks={<StatusMark kind="job" status={job.data.status} />}
        actions={<JobActions job={job.data} />}
        back={back}
      />
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 6 }}>
          <JobTasks job={job.data} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 6 }}>
          <JobLogs id={id} revision={job.data.revision} />
        </Grid.Col>
      </Grid>
    </>
  );
}

function JobLinks({ job }: { job: Job }) {
  const { t } = useTranslation('provisioning');
  const format = useFormat();
  return (
    <Group gap="sm" wrap="wrap">
      <Anchor component={Link} href={`/customers/${job.customer.id}`} size="sm" dir="auto">
        {`${job.customer.name} · #${job.customer.id}`}
      </Anchor>
      <Text span size="sm">
        {job.product.name}
      </Text>
      <Anchor component={Link} href={`/orders/${job.orderId}`} size="sm">
        {t('job.order', { id: job.orderId })}
      </Anchor>
      {job.serviceIds.map((serviceId) => (
        <Anchor key={serviceId} component={Link} href={`/services/${serviceId}`} size="sm">
          {t('job.service', { id: serviceId })}
        </Anchor>
      ))}
      <Text span size="sm" c="dimmed">
        {t('job.by', { name: job.createdByName, at: format.dateTime(job.createdAt) })}
      </Text>
    </Group>
  );
}
