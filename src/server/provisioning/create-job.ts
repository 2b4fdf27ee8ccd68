import type { Program } from '#core/playbook/program.ts';
import type { Tx } from '../database/connection.ts';
import type { Variables } from './job-types.ts';
import { databaseNow, writeJobLog } from './job-writes.ts';
import { fill } from './playbooks/templates.ts';
import { usualDurations } from './statistics.ts';

export interface NewJob {
  readonly orderId: number;
  readonly customerId: number;
  readonly productId: number;
  readonly serviceId: number | null;
  readonly storeId: number | null;
  readonly createdByName: string;
  readonly program: Program;
  readonly variables: Variables;
  readonly now: Date;
}

/** Writes a job and all its tasks, so that the screen shows the whole list at once. Enqueue it after the commit. */
export async function createJob(tx: Tx, { program, variables, now, ...job }: NewJob): Promise<number> {
  const { id } = await tx
    .insertInto('jobs')
    .values({
      ...job,
      status: 'queued',
      playbook: program.name,
      program: JSON.stringify(program),
      variables: JSON.stringify(variables),
      createdAt: now,
      queuedAt: databaseNow,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const usual = await usualDurations(
    tx,
    program.name,
    program.tasks.map(({ key }) => key),
  );
  const tasks = program.tasks.map(({ key, name, uses, subject }, index) => ({
    ...{ jobId: id, index, key, name, uses, playbook: program.name, status: 'pending' as const },
    ...{ usualMs: null, slowMs: null, ...usual.get(key) },
    subject: subjectOf(subject, variables),
  }));
  await tx.insertInto('jobTasks').values(tasks).execute();
  await writeJobLog(tx, { jobId: id, run: 1 }, now, [{ level: 'info', message: `ordered by ${job.createdByName}` }]);
  return id;
}

const LONGEST_SUBJECT = 200;

/** What a task works on, in words. It only adorns the list, so a value that is not there leaves it empty. */
function subjectOf(template: string | null, variables: Variables): string | null {
  if (template === null) return null;
  try {
    const text = fill(template, { ...variables, tasks: {} });
    return text === null || text === '' ? null : String(text).slice(0, LONGEST_SUBJECT);
  } catch {
    return null;
  }
}
