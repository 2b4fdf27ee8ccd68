import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Draft } from '#core/assignment/draft.ts';
import { isJobEnded, type Job } from '#core/domain/provisioning.ts';
import { ErrorNotice } from '../../../components/ErrorNotice.tsx';
import { LoadingRows } from '../../../components/LoadingRows.tsx';
import { PageHeader } from '../../../components/PageHeader.tsx';
import { play } from '../../../sound.ts';
import { Success } from '../handover/Success.tsx';
import { VerifyItems } from '../handover/VerifyItems.tsx';
import { verifiable } from '../handover/verification.ts';
import { useWizardKeys } from '../use-wizard-keys.ts';
import { Cancelled } from './Cancelled.tsx';
import { Failure } from './Failure.tsx';
import classes from './Progress.module.css';
import { Running } from './Running.tsx';
import { TaskList } from './TaskList.tsx';
import { useJob } from './use-job.ts';

interface ProgressScreenProps {
  draft: Draft;
  order: NonNullable<Draft['order']>;
}

/** From Confirm on: the tasks as they tick, then the hand-over or what went wrong. Leaving it stops nothing. */
export function ProgressScreen({ draft, order }: ProgressScreenProps) {
  const { t } = useTranslation('progress');
  const [, navigate] = useLocation();
  const { job, error, put } = useJob(order.jobId);
  useEndSound(job);
  // The thing may be scanned as soon as it is provisioned for this customer, also while the rest is being set up.
  const handed = verifiable(draft.items.map(({ item }) => item));
  const [isVerified, setVerified] = useState(handed.length === 0);
  const goesWell = job !== null && (job.status === 'succeeded' || !isJobEnded(job.status));
  useWizardKeys({ onConfirm: () => {}, onEscape: () => navigate('/') });
  if (job === null) {
    return error === null ? <LoadingRows label={t('opening')} /> : <ErrorNotice error={error} />;
  }
  return (
    <div className={classes.page}>
      <PageHeader
        title={t(`title.${job.status}`, { customer: job.customer.name })}
        subtitle={`${job.product.name} · ${t('job', { id: job.id })}`}
      />
      <Announcement job={job} />
      <div className={classes.columns}>
        <div className={classes.main}>
          {error !== null && !isJobEnded(job.status) && <p className={classes.broken}>{t('reconnecting')}</p>}
          <Outcome draft={draft} order={order} job={job} put={put} isVerified={isVerified} />
          {goesWell && handed.length > 0 && <VerifyItems items={handed} onVerified={() => setVerified(true)} />}
        </div>
        <TaskList job={job} />
      </div>
    </div>
  );
}

interface OutcomeProps extends ProgressScreenProps {
  job: Job;
  put: (job: Job) => void;
  /** Everything that is handed over was scanned. */
  isVerified: boolean;
}

function Outcome({ draft, order, job, put, isVerified }: OutcomeProps) {
  switch (job.status) {
    case 'queued':
    case 'running':
      return <Running job={job} />;
    case 'succeeded':
      return <Success draft={draft} order={order} job={job} isVerified={isVerified} />;
    case 'failed':
      return <Failure draft={draft} job={job} put={put} />;
    case 'cancelled':
      return <Cancelled draft={draft} />;
  }
}

/** Sounds when the job ends under the eyes of staff; not when an ended one is opened again. */
function useEndSound(job: Job | null): void {
  const was = useRef<Job['status'] | null>(null);
  const status = job?.status ?? null;
  useEffect(() => {
    const before = was.current;
    was.current = status;
    if (before !== 'queued' && before !== 'running') return;
    if (status === 'succeeded') play('finished');
    if (status === 'failed') play('failed');
  }, [status]);
}

/** Read out as it goes: the task under way and how many are done, then the end. */
function Announcement({ job }: { job: Job }) {
  const { t } = useTranslation('progress');
  const running = job.tasks.find(({ status }) => status === 'running');
  const words = isJobEnded(job.status)
    ? t(`title.${job.status}`, { customer: job.customer.name })
    : [
        t('count', { done: job.progress.done, total: job.progress.total }),
        running && t(`task.${running.key}`, { defaultValue: running.name }),
      ]
        .filter(Boolean)
        .join('. ');
  return (
    <div className="visually-hidden" role="status" aria-live="polite">
      {words}
    </div>
  );
}
