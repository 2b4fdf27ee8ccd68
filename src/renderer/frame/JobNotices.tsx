import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { isJobEnded } from '#core/domain/job-progress.ts';
import { useDeskEvent } from '../events.tsx';
import { useNotify } from '../notify.tsx';
import { play } from '../sound.ts';
import { useDrafts } from './use-drafts.ts';

/** Brings a job back that ended while staff were elsewhere; on its own screen the screen says so itself. */
export function JobNotices() {
  const { t } = useTranslation('frame');
  const [location, navigate] = useLocation();
  const { data: drafts = [] } = useDrafts();
  const notify = useNotify();
  const told = useRef(new Set<string>());

  useDeskEvent('job', ({ job }) => {
    if (!isJobEnded(job.status) || job.status === 'cancelled') return;
    const ending = `${job.id}/${job.revision}`;
    if (told.current.has(ending)) return;
    told.current.add(ending);
    const draft = drafts.find(({ order }) => order?.jobId === job.id);
    const here = location === `/provisioning/${job.id}` || (draft && location.startsWith(`/assign/${draft.id}`));
    if (here) return;
    const good = job.status === 'succeeded';
    play(good ? 'finished' : 'failed');
    notify.show({
      id: `job-${job.id}`,
      tone: good ? 'good' : 'bad',
      title: t(good ? 'jobs.done' : 'jobs.failed', { customer: job.customer.name }),
      text: t(good ? 'jobs.doneText' : 'jobs.failedText', { product: job.product.name, id: job.id }),
      lasts: good ? 10_000 : false,
      action: {
        label: t('jobs.open'),
        run: () => navigate(draft ? `/assign/${draft.id}` : `/provisioning/${job.id}`),
      },
    });
  });
  return null;
}
