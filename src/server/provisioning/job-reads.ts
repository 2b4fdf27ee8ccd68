import { progressOf } from '#core/domain/job-progress.ts';
import type { Job, JobSummary, Task } from '#core/domain/provisioning.ts';
import type { Db, Reader } from '../database/connection.ts';
import { fail } from '../http/errors.ts';
import type { TaskRow } from './job-types.ts';

/** Jobs with what a `Job` shows besides its tasks. */
export function jobRows(reader: Reader) {
  return reader
    .selectFrom('jobs')
    .innerJoin('customers', 'customers.id', 'jobs.customerId')
    .innerJoin('products', 'products.id', 'jobs.productId')
    .select([
      'jobs.id',
      'jobs.orderId',
      'jobs.status',
      'jobs.playbook',
      'jobs.serviceId',
      'jobs.storeId',
      'jobs.customerId',
      'customers.name as customerName',
      'jobs.productId',
      'products.name as productName',
      'jobs.createdByName',
      'jobs.createdAt',
      'jobs.endedAt',
      'jobs.revision',
      'jobs.cancelRequested',
    ]);
}
export type JobViewRow = Awaited<ReturnType<ReturnType<typeof jobRows>['executeTakeFirstOrThrow']>>;

const tasksOf = (reader: Reader, id: number) =>
  reader.selectFrom('jobTasks').selectAll().where('jobId', '=', id).orderBy('index').execute();

/** One job with its tasks. Throws not_found. */
export async function getJob(reader: Reader, id: number): Promise<Job> {
  const row = await jobRows(reader).where('jobs.id', '=', id).executeTakeFirst();
  return present(row, await tasksOf(reader, id));
}

/** The same outside a transaction, with both asked for at once: a mark on a screen waits for the answer. */
export async function getJobSoon(db: Db, id: number): Promise<Job> {
  const [row, tasks] = await Promise.all([jobRows(db).where('jobs.id', '=', id).executeTakeFirst(), tasksOf(db, id)]);
  return present(row, tasks);
}

function present(row: JobViewRow | undefined, tasks: readonly TaskRow[]): Job {
  if (!row) throw fail('not_found', { what: 'job' });
  return { ...presentJob(row, tasks), tasks: tasks.map(presentTask) };
}

export function presentJob(row: JobViewRow, tasks: readonly Pick<TaskRow, 'status'>[]): JobSummary {
  const { id, orderId, status, playbook, serviceId, storeId, createdByName, createdAt, endedAt, revision } = row;
  return {
    ...{ id, orderId, status, playbook, storeId, createdByName, revision },
    progress: progressOf(tasks),
    serviceIds: serviceId === null ? [] : [serviceId],
    customer: { id: row.customerId, name: row.customerName },
    product: { id: row.productId, name: row.productName },
    createdAt: createdAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
    ...(row.cancelRequested && { cancelling: true }),
  };
}

function presentTask(row: TaskRow): Task {
  const { index, key, name, uses, status, subject, attempts, startedAt, endedAt, usualMs, slowMs, error } = row;
  return {
    ...{ index, key, name, uses, status, subject, attempts, usualMs, slowMs, error },
    startedAt: startedAt?.toISOString() ?? null,
    endedAt: endedAt?.toISOString() ?? null,
  };
}
