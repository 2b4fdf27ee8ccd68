import { type RawBuilder, sql } from 'kysely';
import type { JobStatus, OrderStatus, TaskStatus } from '#core/domain/provisioning.ts';
import { assertMove, jobTransitions, orderTransitions, taskTransitions } from '#core/domain/state-machine.ts';
import type { Tx } from '../database/connection.ts';
import { type Claim, GivenUp, type JobRow } from './job-types.ts';
import type { ProvisioningTables } from './tables.ts';

/** Where changes of jobs are announced: the payload is the job's id. */
export const JOB_CHANNEL = 'comptoir_job';

export type TaskChange = { status?: TaskStatus } & Partial<
  Pick<ProvisioningTables['jobTasks'], 'startedAt' | 'endedAt' | 'durationMs'>
> & { attempts?: number; output?: string; error?: string | null };

/** Locks a job against every other change of it, its order and its tasks. */
export async function lockJob(tx: Tx, id: number): Promise<JobRow | undefined> {
  return tx.selectFrom('jobs').selectAll().where('id', '=', id).forNoKeyUpdate().executeTakeFirst();
}

/** Locks the job for its execution. Throws GivenUp when the execution no longer owns it. */
export async function fence(tx: Tx, { jobId, run, executorId }: Claim): Promise<JobRow> {
  const job = await lockJob(tx, jobId);
  if (!job || job.run !== run || job.executorId !== executorId || job.status !== 'running') {
    throw new GivenUp(`job ${jobId} is no longer worked on by run ${run}`);
  }
  return job;
}

const announce = (id: number) => sql<null>`pg_notify(${JOB_CHANNEL}, ${String(id)})`.as('announced');

/** Changes a job, counts its revision up and announces the change when the transaction commits. */
export async function touchJob(tx: Tx, id: number, change: JobChange = {}): Promise<void> {
  await tx
    .updateTable('jobs')
    .set(({ eb }) => ({ ...change, revision: eb('revision', '+', 1) }))
    .where('id', '=', id)
    .returning(announce(id))
    .execute();
}

type JobChange = Partial<
  Pick<JobRow, 'status' | 'run' | 'executorId' | 'cancelRequested' | 'startedAt' | 'endedAt'>
> & { queuedAt?: RawBuilder<Date> };

/** Moves a locked job to another state. Throws when the state machine has no such move. */
export async function moveJob(
  tx: Tx,
  job: JobRow,
  status: JobStatus,
  change: Omit<JobChange, 'status' | 'queuedAt'> = {},
): Promise<void> {
  assertMove(jobTransitions, job.status, status);
  const queued = status === 'queued' ? { queuedAt: databaseNow } : {};
  await touchJob(tx, job.id, { status, ...change, ...queued });
}

/** By PostgreSQL's clock: centrals compare their work by it, and a demo does not move it. */
export const databaseNow = sql<Date>`now()`;

/** Moves the order of a locked job; nothing when it is there already. */
export async function moveOrder(tx: Tx, id: number, status: OrderStatus, endedAt: Date | null): Promise<void> {
  const order = await tx
    .selectFrom('orders')
    .select('status')
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();
  if (order.status === status) return;
  assertMove(orderTransitions, order.status, status);
  await tx.updateTable('orders').set({ status, endedAt }).where('id', '=', id).execute();
}

/**
 * Changes a task of a locked job, and tells so in the job's log. `from` is the state it was read in. One statement: tasks
 * are many, and every round trip to the database is time that staff wait.
 */
export async function changeTask(
  tx: Tx,
  at: { readonly claim: Pick<Claim, 'jobId' | 'run'>; readonly index: number; readonly from: TaskStatus },
  change: TaskChange,
  said?: { readonly at: Date; readonly lines: readonly LogLine[] },
): Promise<void> {
  const { claim, index, from } = at;
  if (change.status !== undefined) assertMove(taskTransitions, from, change.status);
  const rows = said ? logRows(claim, said.at, said.lines) : [];
  const changed = tx.with('changed', (db) =>
    db
      .updateTable('jobTasks')
      .set(change)
      .where('jobId', '=', claim.jobId)
      .where('index', '=', index)
      .where('status', '=', from)
      .returning('index'),
  );
  const written = rows.length === 0 ? changed : changed.with('said', (db) => db.insertInto('jobLogs').values(rows));
  await written
    .updateTable('jobs')
    .set(({ eb }) => ({ revision: eb('revision', '+', 1) }))
    .where('id', '=', claim.jobId)
    .returning(announce(claim.jobId))
    .execute();
}

export interface LogLine {
  readonly level: 'info' | 'warning' | 'error';
  readonly message: string;
  readonly detail?: Record<string, unknown>;
  readonly taskIndex?: number | null;
}

const LONGEST_MESSAGE = 4_000;

/** Adds lines to a job's log, in their order. */
export async function writeJobLog(
  tx: Tx,
  job: { readonly jobId: number; readonly run: number },
  at: Date,
  lines: readonly LogLine[],
): Promise<void> {
  if (lines.length > 0)
    await tx
      .insertInto('jobLogs')
      .values(logRows(job, at, lines))
      .execute();
}

function logRows(job: { readonly jobId: number; readonly run: number }, at: Date, lines: readonly LogLine[]) {
  return lines.map(({ level, message, detail = {}, taskIndex = null }) => ({
    jobId: job.jobId,
    run: job.run,
    at,
    level,
    taskIndex,
    message: storable(message).slice(0, LONGEST_MESSAGE),
    detail: jsonOf(detail),
  }));
}

const LONGEST_JSON = 100_000;

/** A value as jsonb keeps it. What is too long to keep is said to be. */
export function jsonOf(value: Record<string, unknown>): string {
  const text = JSON.stringify(value, (_, part) => (typeof part === 'string' ? storable(part) : part));
  return text.length <= LONGEST_JSON ? text : JSON.stringify({ tooLong: text.length });
}

/** PostgreSQL keeps no NUL, and no half of a surrogate pair: what a far side sent may hold both. */
export function storable(text: string): string {
  return text.toWellFormed().replaceAll('\u0000', '\uFFFD');
}
