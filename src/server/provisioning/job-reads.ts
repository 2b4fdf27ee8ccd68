import type { Job, JobSummary, Task } from '#core/domain/provisioning.ts';
import { progressOf } from '#core/domain/provisioning.ts';
import type { Reader } from '../database/connection.ts';
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

/** One job with its tasks. Throws not_found. */
export async function getJob(reader: Reader, id: number): Promise<Job> {
  const row = await jobRows(reader).where('jobs.id', '=', id).executeTakeFirst();
  if (!row) throw fail('not_found', { what: 'job' });
  const tasks = await reader.selectFrom('jobTasks').selectAll().where('jobId', '=', id).orderBy('index').execute();
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
