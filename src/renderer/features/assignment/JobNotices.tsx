import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { isJobEnded, type Job } from '#core/domain/provisioning.ts';
import { desk } from '../../desk.ts';
import { useDeskEvent } from '../../events.tsx';
import { useNotify } from '../../notify.tsx';
import { play } from '../../sound.ts';

/** A failed job stays on the screen until somebody has seen it. */
const GOOD_LASTS_MS = 20_000;

/** Brings a parked job back when it ends, wherever staff are by then: mounted once, in the frame. Draws nothing itself. */
export function JobNotices() {
  const { t } = useTranslation('progress');
  const notify = useNotify();
  const [location, navigate] = useLocation();
  const present = useRef(location);
  present.current = location;
  const told = useRef(new Set<string>());

  const tell = async (job: Job) => {
    const { draftId } = await desk.orders.get({ id: job.orderId });
    const address = `/assign/${draftId}`;
    if (present.current.startsWith(address)) return;
    const isGood = job.status === 'succeeded';
    if (job.status !== 'cancelled') play(isGood ? 'finished' : 'failed');
    notify.show({
      id: `job-${job.id}`,
      title: t(`notice.${job.status}`, { customer: job.customer.name }),
      text: `${job.product.name} · ${t('job', { id: job.id })}`,
      tone: isGood ? 'good' : job.status === 'failed' ? 'bad' : 'neutral',
      lasts: job.status === 'failed' ? false : GOOD_LASTS_MS,
      action: { label: t(isGood ? 'notice.handOver' : 'notice.open'), run: () => navigate(address) },
    });
  };
  useDeskEvent('job', ({ job }) => {
    // One notice for each ending: the same state may be told again, a retried job may end again.
    const ending = `${job.id}:${job.revision}`;
    if (!isJobEnded(job.status) || told.current.has(ending)) return;
    told.current.add(ending);
    tell(job).catch((error: unknown) => notify.error(error));
  });
  return null;
}
