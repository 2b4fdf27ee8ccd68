import { Progress, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { isJobEnded } from '#core/domain/job-progress.ts';
import type { JobSummary } from '#core/domain/provisioning.ts';
import { StatusMark } from '../../components/StatusMark.tsx';
import type { Column } from '../../components/VirtualTable.tsx';
import { useFormat, useNow } from '../../format.tsx';

function JobProgress({ job }: { job: JobSummary }) {
  const { t } = useTranslation('provisioning');
  const { done, total } = job.progress;
  return (
    <span>
      <Text span size="sm" className="tabular">
        {t('ofTasks', { done, total })}
      </Text>
      {!isJobEnded(job.status) && (
        <Progress value={total === 0 ? 0 : (100 * done) / total} size={3} mt={4} w={80} aria-hidden />
      )}
    </span>
  );
}

function When({ at }: { at: string }) {
  const format = useFormat();
  const now = useNow(30_000);
  return (
    <Text span size="sm" c="dimmed" title={format.dateTime(at)}>
      {format.relative(at, now)}
    </Text>
  );
}

/** Columns of the queue, worded. */
export function useQueueColumns(): Column<JobSummary>[] {
  const { t } = useTranslation('provisioning');
  return [
    {
      key: 'id',
      header: t('column.number'),
      width: '64px',
      cell: ({ id }) => <Text span size="sm" fw={550} className="tabular">{`#${id}`}</Text>,
    },
    {
      key: 'status',
      header: t('column.status'),
      width: '140px',
      cell: ({ status }) => <StatusMark kind="job" status={status} />,
    },
    {
      key: 'customer',
      header: t('column.customer'),
      width: 'minmax(0, 2fr)',
      cell: ({ customer }) => (
        <span className="clip" dir="auto" title={customer.name}>
          {customer.name}
        </span>
      ),
    },
    {
      key: 'product',
      header: t('column.product'),
      width: 'minmax(0, 2.8fr)',
      cell: ({ product }) => (
        <span className="clip" dir="auto" title={product.name}>
          {product.name}
        </span>
      ),
    },
    { key: 'progress', header: t('column.progress'), width: '96px', cell: (job) => <JobProgress job={job} /> },
    {
      key: 'by',
      header: t('column.by'),
      width: 'minmax(0, 1.5fr)',
      cell: ({ createdByName }) => (
        <span className="clip" dir="auto">
          {createdByName}
        </span>
      ),
    },
    {
      key: 'at',
      header: t('column.started'),
      width: '124px',
      align: 'end',
      cell: ({ createdAt }) => <When at={createdAt} />,
    },
  ];
}
