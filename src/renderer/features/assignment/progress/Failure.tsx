import { Button, Modal, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCircleXFilled } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Draft } from '#core/assignment/draft.ts';
import type { Job } from '#core/domain/provisioning.ts';
import { ErrorNotice, Technical } from '../../../components/ErrorNotice.tsx';
import { desk } from '../../../desk.ts';
import classes from './Progress.module.css';
import { useCauseText } from './use-cause-text.ts';

interface FailureProps {
  draft: Draft;
  job: Job;
  put: (job: Job) => void;
}

/** PA-20, PA-21: the cause in shop language, what stands of the service, and the ways on. */
export function Failure({ draft, job, put }: FailureProps) {
  const { t } = useTranslation('progress');
  const causeOf = useCauseText();
  const retryButton = useRef<HTMLButtonElement>(null);
  useEffect(() => retryButton.current?.focus({ preventScroll: true }), []);
  const retry = useMutation({ mutationFn: () => desk.provisioning.retry({ id: job.id }), onSuccess: put });
  const cancel = useMutation({ mutationFn: () => desk.provisioning.cancel({ id: job.id }), onSuccess: put });
  const [isAsking, asking] = useDisclosure(false);
  const failed = job.tasks.find(({ status }) => status === 'failed');
  const cause = causeOf(failed ?? { uses: '', error: null });
  const serviceId = job.serviceIds[0] ?? draft.order?.serviceId ?? null;
  return (
    <section className={`${classes.card} ${classes.failure}`} role="alert" data-testid="failure">
      <div className={classes.failureHead}>
        <IconCircleXFilled size={28} aria-hidden className={classes.failureMark} />
        <div>
          <h2 className={classes.failureTitle}>{cause.title}</h2>
          <p className={classes.failureText}>{cause.meaning}</p>
          <p className={classes.failureText}>
            {t(draft.product?.category === 'addon' ? 'failed.addonNotApplied' : 'failed.notActive')}
          </p>
          <p className={classes.failureText}>{cause.advice}</p>
        </div>
      </div>
      <dl className={`${classes.facts} tabular`}>
        <div>
          <dt>{t('failed.job')}</dt>
          <dd data-testid="job-id">{job.id}</dd>
        </div>
        {serviceId !== null && (
          <div>
            <dt>{t('failed.service')}</dt>
            <dd>{serviceId}</dd>
          </div>
        )}
        {failed && (
          <div>
            <dt>{t('failed.task')}</dt>
            <dd>{t(`task.${failed.key}`, { defaultValue: failed.name })}</dd>
          </div>
        )}
      </dl>
      {cause.technical && <Technical text={cause.technical} number={t('job', { id: job.id })} />}
      {(retry.error ?? cancel.error) !== null && <ErrorNotice error={retry.error ?? cancel.error} />}
      <div className={classes.actions}>
        <Button ref={retryButton} size="md" loading={retry.isPending} onClick={() => retry.mutate()}>
          {t('failed.retry')}
        </Button>
        <Button size="md" variant="default" component={Link} href={`/provisioning/${job.id}`}>
          {t('failed.logs')}
        </Button>
        <Button size="md" variant="default" color="red.9" onClick={asking.open}>
          {t('failed.cancel')}
        </Button>
        <Button size="md" variant="subtle" color="gray" component={Link} href="/">
          {t('close')}
        </Button>
      </div>
      <Modal
        opened={isAsking}
        onClose={asking.close}
        title={t('cancel.title')}
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        <Text size="sm">{t('cancel.text', { name: job.customer.name })}</Text>
        <div className={classes.actions}>
          <Button
            data-autofocus
            color="red.9"
            loading={cancel.isPending}
            onClick={() => cancel.mutate(undefined, { onSettled: asking.close })}
          >
            {t('cancel.confirm')}
          </Button>
          <Button variant="default" onClick={asking.close}>
            {t('cancel.keep')}
          </Button>
        </div>
      </Modal>
    </section>
  );
}
