import type { Job } from '#core/domain/provisioning.ts';
import type { Connectors } from '../connectors/registry.ts';
import type { CommandContext } from '../context.ts';
import { fail } from '../http/errors.ts';
import { refuseOtherStore } from '../inventory/reservations.ts';
import { cancelNow } from './finish.ts';
import { getJob } from './job-reads.ts';
import type { JobRow } from './job-types.ts';
import { changeTask, lockJob, moveJob, moveOrder, touchJob, writeJobLog } from './job-writes.ts';
import { wasWorkedOn } from './undo-job.ts';

export type Enqueue = (jobId: number, run: number) => Promise<void>;

/** Throws not_found, and forbidden for staff of another store: they may look, not act. */
async function lockedJob({ tx, actor }: CommandContext, id: number): Promise<JobRow> {
  const job = await lockJob(tx, id);
  if (!job) throw fail('not_found', { what: 'job' });
  refuseOtherStore(actor, job.storeId);
  return job;
}

const subject = (job: JobRow) => ({ subject: { type: 'job', id: job.id }, customerId: job.customerId });

/** Resumes a failed job at its failed task, with the same service and items (PA-21). Throws job_not_retryable. */
export async function retryJob(context: CommandContext, id: number, enqueue: Enqueue): Promise<Job> {
  const { tx, actor, clock } = context;
  const job = await lockedJob(context, id);
  if (job.status !== 'failed') throw fail('job_not_retryable', { status: job.status });
  const failed = await tx
    .selectFrom('jobTasks')
    .select('index')
    .where('jobId', '=', id)
    .where('status', '=', 'failed')
    .execute();
  for (const { index } of failed) {
    const claim = { jobId: id, run: job.run };
    await changeTask(
      tx,
      { claim, index, from: 'failed' },
      { status: 'pending', startedAt: null, endedAt: null, error: null },
    );
  }
  await requeue(context, job, `retried by ${actor.name}`, false, enqueue);
  context.audit({ action: 'job.retried', ...subject(job), detail: { at: clock.now().toISOString() } });
  return getJob(tx, id);
}

/** Starts a new execution of a failed job. */
async function requeue(context: CommandContext, job: JobRow, message: string, cancel: boolean, enqueue: Enqueue) {
  const { tx, clock } = context;
  const run = job.run + 1;
  await writeJobLog(tx, { jobId: job.id, run }, clock.now(), [{ level: 'info', message }]);
  await moveOrder(tx, job.orderId, 'provisioning', null);
  await moveJob(tx, job, 'queued', { run, executorId: null, endedAt: null, cancelRequested: cancel });
  context.afterCommit(() => enqueue(job.id, run));
}

/**
 * Cancels the order of a job: at once when nothing was done that has to be undone outside, else by an execution that
 * undoes it; a task that runs is let end first. Asking again changes nothing. Throws job_not_cancellable.
 */
export async function cancelJob(
  context: CommandContext,
  id: number,
  connectors: Connectors,
  enqueue: Enqueue,
): Promise<Job> {
  const { tx, actor, clock } = context;
  const job = await lockedJob(context, id);
  if (job.status === 'succeeded' || job.status === 'cancelled')
    throw fail('job_not_cancellable', { status: job.status });
  if (job.cancelRequested) return getJob(tx, id);
  const message = `cancelled by ${actor.name}`;
  context.audit({ action: 'job.cancel_requested', ...subject(job) });
  if (job.status !== 'running' && !(await hasToUndo(context, job, connectors))) {
    await writeJobLog(tx, { jobId: id, run: job.run }, clock.now(), [{ level: 'info', message }]);
    await cancelNow(tx, context, job, actor.name);
  } else if (job.status === 'failed') {
    await requeue(context, job, message, true, enqueue);
  } else {
    await writeJobLog(tx, { jobId: id, run: job.run }, clock.now(), [{ level: 'info', message }]);
    await touchJob(tx, id, { cancelRequested: true });
  }
  return getJob(tx, id);
}

async function hasToUndo({ tx }: CommandContext, job: JobRow, connectors: Connectors): Promise<boolean> {
  const tasks = await tx.selectFrom('jobTasks').select(['index', 'status']).where('jobId', '=', job.id).execute();
  return tasks.filter(wasWorkedOn).some(({ index }) => {
    const task = job.program.tasks[index];
    return task !== undefined && (task.rescue !== null || connectors.hasUndo(task.uses));
  });
}
