import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Draft } from '#core/assignment/draft.ts';
import { isJobEnded } from '#core/domain/job-progress.ts';
import type { Job, OrderStatus } from '#core/domain/provisioning.ts';
import { PageHeader } from '../../../components/PageHeader.tsx';
import { ReadError } from '../../../components/ReadError.tsx';
import { SendingTrack } from '../../../components/SendingTrack.tsx';
import { play } from '../../../sound.ts';
import { trackOf } from '../../../work/track.ts';
import { Success } from '../handover/Success.tsx';
import { VerifyItems } from '../handover/VerifyItems.tsx';
import { verifiable } from '../handover/verification.ts';
import { useWizardKeys } from '../use-wizard-keys.ts';
import { Cancelled } from './Cancelled.tsx';
import { Failure } from './Failure.tsx';
import { Opening } from './Opening.tsx';
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
    return error === null ? (
      <Opening draft={draft} order={order} />
    ) : (
      <ReadError what="job" error={error} onRetry={() => {}} />
    );
  }
  return (
    <div className={classes.page}>
      <PageHeader
        title={t(`title.${job.status}`, { customer: job.customer.name })}
        subtitle={`${job.product.name} · ${t('job', { id: job.id })}`}
      />
      <Announcement job={job} />
      <Way draft={draft} job={job} />
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

const orderStatusOf: Record<Job['status'], OrderStatus> = {
  queued: 'provisioning',
  running: 'provisioning',
  succeeded: 'active',
  failed: 'failed',
  cancelled: 'cancelled',
};

/** What head office took within this time did not wait. */
const WAITED_MS = 5_000;

/** How it came here, for an order that waited on the desk: when it was saved, accepted, live. */
function Way({ draft: { sending }, job }: { draft: Draft; job: Job }) {
  if (sending === null || sending.acceptedAt === null) return null;
  const waited = new Date(sending.acceptedAt).getTime() - new Date(sending.savedAt).getTime();
  if (waited < WAITED_MS) return null;
  const steps = trackOf({
    state: sending.state,
    savedAt: sending.savedAt,
    decidedAt: sending.acceptedAt,
    order: orderStatusOf[job.status],
    liveAt: job.endedAt,
  });
  return (
    <div className={`${classes.card} ${classes.way}`}>
      <SendingTrack steps={steps} large />
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
