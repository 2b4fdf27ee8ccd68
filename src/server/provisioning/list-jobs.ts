import { type RawBuilder, sql } from 'kysely';
import type { JobStatus, JobSummary } from '#core/domain/provisioning.ts';
import { TASK_TIMEOUT_SECONDS } from '#core/domain/provisioning.ts';
import type { Actor } from '../context.ts';
import type { Reader } from '../database/connection.ts';
import { type Page, pageFrom, readCursor } from '../http/page.ts';
import { jobRows, presentJob } from './job-reads.ts';

export interface JobFilter {
  readonly status?: JobStatus;
  readonly storeId?: number;
  readonly customerId?: number;
  readonly attention?: boolean;
  readonly q?: string;
  readonly limit: number;
  readonly cursor?: string;
}

/** The queue, newest first. Staff of a store see their store's, unless they ask for another or for one customer's. */
export async function listJobs(
  reader: Reader,
  actor: Pick<Actor, 'storeId'>,
  now: Date,
  filter: JobFilter,
): Promise<Page<JobSummary>> {
  const { status, customerId, limit } = filter;
  const before = readCursor<{ id: number }>(filter.cursor)?.id;
  const storeId = filter.storeId ?? (customerId === undefined ? actor.storeId : null);
  let query = jobRows(reader)
    .orderBy('jobs.id', 'desc')
    .limit(limit + 1);
  if (before !== undefined) query = query.where('jobs.id', '<', Number(before));
  if (status !== undefined) query = query.where('jobs.status', '=', status);
  if (customerId !== undefined) query = query.where('jobs.customerId', '=', customerId);
  if (storeId !== null)
    query = query.where((where) => where.or([where('jobs.storeId', '=', storeId), where('jobs.storeId', 'is', null)]));
  if (filter.attention) query = query.where(needsAttention(now));
  const text = filter.q?.trim() ?? '';
  if (text !== '') query = query.where(matches(text));
  const rows = await query.execute();
  const tasks = await tasksOf(
    reader,
    rows.map(({ id }) => id),
  );
  return pageFrom(
    rows,
    limit,
    ({ id }) => ({ id }),
    (row) => presentJob(row, tasks.get(row.id) ?? []),
  );
}

/** Failed, or with a task that runs for longer than any should (PA-22). */
function needsAttention(now: Date): RawBuilder<boolean> {
  const since = new Date(now.getTime() - TASK_TIMEOUT_SECONDS * 1000);
  return sql<boolean>`(jobs.status = 'failed' or (jobs.status in ('queued', 'running') and exists (
    select from job_tasks where job_id = jobs.id and status = 'running' and started_at < ${since}))
    or (jobs.status = 'queued' and jobs.created_at < ${since}))`;
}

/** By the job's, the order's or the service's number, or a part of the customer's or product's name. */
function matches(text: string): RawBuilder<boolean> {
  const like = `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  const number = /^#?(\d{1,9})$/.exec(text)?.[1];
  const byNumber =
    number === undefined ? sql`false` : sql`${Number(number)} in (jobs.id, jobs.order_id, jobs.service_id)`;
  return sql<boolean>`(${byNumber} or customers.name ilike ${like} or products.name ilike ${like})`;
}

async function tasksOf(reader: Reader, ids: readonly number[]) {
  const rows = await reader
    .selectFrom('jobTasks')
    .select(['jobId', 'status'])
    .where('jobId', '=', sql<number>`any(${ids}::int[])`)
    .execute();
  return Map.groupBy(rows, ({ jobId }) => jobId);
}
