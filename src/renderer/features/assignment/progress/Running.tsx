import { Button, Progress, Text } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Job, Task } from '#core/domain/provisioning.ts';
import { useFormat, useNow } from '../../../format.tsx';
import classes from './Progress.module.css';

const SECOND_MS = 1000;

/** How far it is, what happens now and how long that usually takes; the next customer need not wait. */
export function Running({ job }: { job: Job }) {
  const { t } = useTranslation('progress');
  const now = useRef<HTMLDivElement>(null);
  // Not on the button: an Enter too many after Confirm must not send staff away.
  useEffect(() => now.current?.focus({ preventScroll: true }), []);
  const { done, total } = job.progress;
  const running = job.tasks.find(({ status }) => status === 'running');
  return (
    <section className={classes.card} aria-label={t('count', { done, total })}>
      <div className={classes.count}>
        <span className={`${classes.figure} tabular`} data-testid="count">
          {t('count', { done, total })}
        </span>
      </div>
      <Progress
        value={total === 0 ? 0 : (done / total) * 100}
        size="lg"
        radius="xl"
        aria-label={t('count', { done, total })}
      />
      <div ref={now} tabIndex={-1} className={classes.now}>
        <span className={classes.nowTitle}>
          {running ? t(`doing.${running.key}`, { defaultValue: running.name }) : t('between')}
        </span>
        {running && <Usual key={running.index} task={running} />}
      </div>
      <div className={classes.actions}>
        <Button component={Link} href="/" leftSection={<IconUserPlus size={17} aria-hidden />} size="md">
          {t('nextCustomer')}
        </Button>
      </div>
      <Text size="sm" c="dimmed" mt={8}>
        {t('nextCustomerText')}
      </Text>
    </section>
  );
}

/** Slower than 95 of 100 runs is said: the customer may be told to wait or to come back. */
function Usual({ task }: { task: Task }) {
  const { t } = useTranslation('progress');
  const { duration } = useFormat();
  const now = useNow(SECOND_MS);
  if (task.startedAt === null) return null;
  const gone = now.getTime() - new Date(task.startedAt).getTime();
  if (task.slowMs !== null && gone > Math.max(task.slowMs, SECOND_MS)) {
    return <span className={classes.slow}>{t('slow', { usual: usualText(task.usualMs, duration, t('moment')) })}</span>;
  }
  if (task.usualMs === null) return null;
  return (
    <Text span size="sm" c="dimmed">
      {t('usual', { usual: usualText(task.usualMs, duration, t('moment')) })}
    </Text>
  );
}

function usualText(ms: number | null, duration: (ms: number) => string, moment: string): string {
  return ms === null || ms < SECOND_MS ? moment : duration(ms);
}
