import { Paper, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { tookMs } from '#core/domain/job-progress.ts';
import type { Job, Task } from '#core/domain/provisioning.ts';
import { Technical } from '../../components/ErrorNotice.tsx';
import { StatusMark } from '../../components/StatusMark.tsx';
import { useFormat } from '../../format.tsx';
import classes from './tasks.module.css';

/** The tasks of a job for who looks after it: marks, times, attempts and the raw error of each. */
export function JobTasks({ job }: { job: Job }) {
  const { t } = useTranslation('provisioning');
  return (
    <Paper p="lg">
      <Title order={2} mb="xs">
        {t('job.tasks')} · {t('ofTasks', job.progress)}
      </Title>
      <ol className={classes.list}>
        {job.tasks.map((task) => (
          <TaskRow key={task.index} task={task} jobId={job.id} />
        ))}
      </ol>
    </Paper>
  );
}

function TaskRow({ task, jobId }: { task: Task; jobId: number }) {
  const { t } = useTranslation('provisioning');
  const { t: progress } = useTranslation('progress');
  const { t: errors } = useTranslation('errors');
  const { key, name, uses, subject, status, attempts, error } = task;
  return (
    <li className={classes.task}>
      <StatusMark kind="task" status={status} look="shape" />
      <div className={classes.words}>
        <Text size="sm" fw={550}>
          {progress(`task.${key}`, { defaultValue: name })}
        </Text>
        <Text size="xs" c="dimmed" className="clip tabular">
          {[subject, uses, attempts > 1 ? t('job.attempt', { count: attempts }) : null].filter(Boolean).join(' · ')}
        </Text>
        {error && (
          <>
            <Text size="sm" mt={4}>
              {errors(`task.${error.code}.title`, { ...error.data, defaultValue: error.code })}
            </Text>
            <Technical text={error.technical} number={`${jobId}.${task.index + 1}`} />
          </>
        )}
      </div>
      <Took task={task} />
    </li>
  );
}

function Took({ task }: { task: Task }) {
  const format = useFormat();
  const took = tookMs(task);
  if (task.startedAt === null || took === null) return null;
  return (
    <Text size="xs" c="dimmed" className="tabular" title={format.dateTime(task.startedAt)}>
      {format.duration(took)}
    </Text>
  );
}
