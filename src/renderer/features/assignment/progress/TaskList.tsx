import {
  IconAlertTriangleFilled,
  IconCheck,
  IconCircle,
  IconLoader2,
  IconMinus,
  IconX,
  type TablerIcon,
} from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { tookMs } from '#core/domain/job-progress.ts';
import type { Job, Task, TaskStatus } from '#core/domain/provisioning.ts';
import { useFormat, useNow } from '../../../format.tsx';
import classes from './Progress.module.css';
import { subjectText } from './subject-text.ts';
import { useCauseText } from './use-cause-text.ts';

/** PA-16; the ignored failure, which the source gives no mark, has a warning triangle of its own (domain.md 1.7). */
const marks: Record<TaskStatus, TablerIcon> = {
  pending: IconCircle,
  running: IconLoader2,
  succeeded: IconCheck,
  failed: IconX,
  failed_ignored: IconAlertTriangleFilled,
  skipped: IconMinus,
};

const TICK_MS = 200;

/** The tasks in their order, each with its mark, what it works on, when it began and how long it took. */
export function TaskList({ job }: { job: Job }) {
  const { t } = useTranslation('progress');
  return (
    <ol className={classes.list} aria-label={t('tasks')} data-testid="tasks">
      {job.tasks.map((task) => (
        <TaskRow key={task.index} task={task} />
      ))}
    </ol>
  );
}

const TaskRow = memo(function TaskRow({ task }: { task: Task }) {
  const { t } = useTranslation('progress');
  const format = useFormat();
  const causeOf = useCauseText();
  const Mark = marks[task.status];
  const subject = [
    task.subject === null ? null : subjectText(task.subject, format),
    task.status === 'running' ? t('status.running') : null,
  ]
    .filter(Boolean)
    .join(' · ');
  return (
    <li className={classes.task} data-status={task.status} data-task={task.key}>
      <span className={classes.mark} aria-hidden>
        <Mark size={task.status === 'pending' ? 12 : 19} stroke={2.4} />
      </span>
      <span className={classes.name}>
        {t(`task.${task.key}`, { defaultValue: task.name })}
        <span className="visually-hidden">, {t(`status.${task.status}`)}</span>
      </span>
      <TaskTime task={task} />
      {subject && <span className={`${classes.subject} tabular`}>{subject}</span>}
      {task.error !== null && task.status !== 'succeeded' && (
        <span className={classes.note}>
          {task.status === 'failed_ignored' && `${t('ignored')} `}
          {causeOf(task).title}
        </span>
      )}
    </li>
  );
});

function TaskTime({ task }: { task: Task }) {
  const { t } = useTranslation('progress');
  const { time, duration } = useFormat();
  if (task.status === 'skipped') return <span className={classes.time}>{t('status.skipped')}</span>;
  if (task.startedAt === null) return <span />;
  const took = tookMs(task);
  if (took === null) return <RunningTime startedAt={task.startedAt} />;
  return (
    <span className={`${classes.time} tabular`} title={time(task.startedAt)}>
      {duration(took)}
    </span>
  );
}

function RunningTime({ startedAt }: { startedAt: string }) {
  const { duration } = useFormat();
  const gone = Math.max(0, useNow(TICK_MS).getTime() - new Date(startedAt).getTime());
  return <span className={`${classes.time} tabular`}>{duration(Math.floor(gone / 1000) * 1000)}</span>;
}
