import type { Tx } from '../database/connection.ts';
import { cancelNow, failCancel } from './finish.ts';
import { type Claim, GivenUp, type TaskRow } from './job-types.ts';
import { fence, writeJobLog } from './job-writes.ts';
import { persist } from './persist.ts';
import { undoTask } from './rescue.ts';
import type { Runtime } from './runtime.ts';
import { factsOf, type OpenTask, variablesOf } from './task-context.ts';

/** True when the task may have done something. */
export function wasWorkedOn({ status }: Pick<TaskRow, 'status'>): boolean {
  return status !== 'pending' && status !== 'skipped';
}

/** Undoes one task of a job that is being cancelled. The reason when that can't be done, else null. */
export async function undoJobTask(runtime: Runtime, claim: Claim, index: number): Promise<string | null> {
  const { db, lease, clock } = runtime;
  const open = await persist(db, lease.lost(), (tx) => openForUndo(tx, claim, index));
  if (open === null) return null;
  try {
    await undoTask(runtime, open);
  } catch (error) {
    if (error instanceof GivenUp) throw error;
    return `${open.task.uses}: ${error instanceof Error ? error.message : String(error)}`;
  }
  await persist(db, lease.lost(), async (tx) => {
    await fence(tx, claim);
    const message = `${open.task.uses} was undone`;
    await writeJobLog(tx, claim, clock.now(), [...open.lines, { level: 'info', message, taskIndex: index }]);
  });
  return null;
}

async function openForUndo(tx: Tx, claim: Claim, index: number): Promise<OpenTask | null> {
  const job = await fence(tx, claim);
  const tasks = await tx.selectFrom('jobTasks').selectAll().where('jobId', '=', job.id).orderBy('index').execute();
  const row = tasks.find((each) => each.index === index);
  const task = job.program.tasks[index];
  if (!row || !task || !wasWorkedOn(row)) return null;
  const variables = variablesOf(job, tasks.slice(0, index + 1));
  return { claim, index, task, facts: factsOf(job, variables), variables, attempts: row.attempts, lines: [] };
}

/** Ends the cancelling: frees everything, or says why not. */
export async function endCancel(runtime: Runtime, claim: Claim, faults: readonly string[]): Promise<void> {
  if (faults.length > 0) return failCancel(runtime, claim, faults.join('; '));
  await persist(runtime.db, runtime.lease.lost(), async (tx) => {
    const job = await fence(tx, claim);
    await cancelNow(tx, runtime, job, job.createdByName);
  });
}
