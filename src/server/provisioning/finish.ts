import type { ProgramTask } from '#core/playbook/program.ts';
import { writeAudit } from '../audit/write.ts';
import { type AuditEntry, systemActor } from '../context.ts';
import type { Tx } from '../database/connection.ts';
import { releaseOrderItems } from '../inventory/order-items.ts';
import { activateService, cancelService } from '../services/write.ts';
import type { Claim, JobRow } from './job-types.ts';
import { changeTask, fence, jsonOf, moveJob, moveOrder, type TaskChange, writeJobLog } from './job-writes.ts';
import { persist } from './persist.ts';
import type { Runtime } from './runtime.ts';

type Finisher = Pick<Runtime, 'clock'>;

/** True when the job's order made its service, so that the service stands and falls with it. */
async function makesService(tx: Tx, job: JobRow): Promise<boolean> {
  const product = await tx
    .selectFrom('products')
    .select('category')
    .where('id', '=', job.productId)
    .executeTakeFirstOrThrow();
  return product.category === 'plan';
}

async function audit(tx: Tx, { clock }: Finisher, job: JobRow, entries: readonly AuditEntry[]): Promise<void> {
  const origin = { actor: systemActor, at: clock.now(), requestId: `job-${job.id}-${job.run}` };
  await writeAudit(tx, origin, entries);
}

const about = (type: string, id: number, job: JobRow) => ({ subject: { type, id }, customerId: job.customerId });

/** Ends a job whose tasks are all done: order and service are in use. `cancel` when the order is being cancelled. */
export async function succeedJob(runtime: Runtime, claim: Claim): Promise<'done' | 'cancel'> {
  return persist(runtime.db, runtime.lease.lost(), async (tx) => {
    const job = await fence(tx, claim);
    if (job.cancelRequested) return 'cancel';
    const now = runtime.clock.now();
    const { orderId, serviceId } = job;
    const entries: AuditEntry[] = [
      { action: 'order.completed', ...about('order', orderId, job), detail: { jobId: job.id } },
    ];
    if (serviceId !== null && (await makesService(tx, job))) {
      const { name } = await activateService(tx, serviceId, now);
      entries.push({ action: 'service.activated', ...about('service', serviceId, job), detail: { name } });
    }
    await moveOrder(tx, orderId, 'active', now);
    await writeJobLog(tx, claim, now, [{ level: 'info', message: 'the job succeeded' }]);
    await moveJob(tx, job, 'succeeded', { endedAt: now });
    await audit(tx, runtime, job, entries);
    return 'done';
  });
}

/** Fails a locked job at a task. The service stays pending, and its items stay with it, for Retry (domain.md 8 (3)). */
export async function failJob(tx: Tx, runtime: Finisher, job: JobRow, task: ProgramTask): Promise<void> {
  const now = runtime.clock.now();
  await moveOrder(tx, job.orderId, 'failed', null);
  await moveJob(tx, job, 'failed', { endedAt: now });
  const detail = { jobId: job.id, task: task.key };
  await audit(tx, runtime, job, [{ action: 'order.failed', ...about('order', job.orderId, job), detail }]);
}

/** Fails a job whose undo can't be finished; it may be cancelled again. Nothing is freed that may still be in use. */
export async function failCancel(runtime: Runtime, claim: Claim, reason: string): Promise<void> {
  await persist(runtime.db, runtime.lease.lost(), async (tx) => {
    const job = await fence(tx, claim);
    const now = runtime.clock.now();
    await endOpenTasks(tx, job, { status: 'skipped', endedAt: now });
    await writeJobLog(tx, claim, now, [{ level: 'error', message: `the order could not be cancelled: ${reason}` }]);
    await moveOrder(tx, job.orderId, 'failed', null);
    await moveJob(tx, job, 'failed', { endedAt: now, cancelRequested: false });
    const detail = { jobId: job.id, reason };
    await audit(tx, runtime, job, [{ action: 'order.cancel_failed', ...about('order', job.orderId, job), detail }]);
  });
}

/** Fails a job that central itself can't go on with: a fault of ours, never of staff. Retry takes it up again. */
export async function breakJob(runtime: Runtime, claim: Claim, technical: string): Promise<void> {
  await persist(runtime.db, runtime.lease.lost(), async (tx) => {
    const job = await fence(tx, claim);
    const now = runtime.clock.now();
    await writeJobLog(tx, claim, now, [{ level: 'error', message: `central can not go on: ${technical}` }]);
    const error = jsonOf({ code: 'internal', technical, data: {} });
    await endOpenTasks(tx, job, { status: 'failed', endedAt: now, error });
    await moveOrder(tx, job.orderId, 'failed', null);
    await moveJob(tx, job, 'failed', { endedAt: now, cancelRequested: false });
  });
}

/** Ends a locked job whose effects are undone: items freed, the service that it made and its order cancelled. */
export async function cancelNow(tx: Tx, runtime: Finisher, job: JobRow, byName: string): Promise<void> {
  const now = runtime.clock.now();
  const { id, orderId, serviceId } = job;
  await endOpenTasks(tx, job, { status: 'skipped', endedAt: now });
  const freed = await releaseOrderItems(tx, orderId, { name: byName }, now);
  if (serviceId !== null && (await makesService(tx, job))) await cancelService(tx, serviceId, now);
  await moveOrder(tx, orderId, 'cancelled', now);
  await writeJobLog(tx, { jobId: id, run: job.run }, now, [
    { level: 'info', message: 'the order is cancelled', detail: { freedItems: freed } },
  ]);
  await moveJob(tx, job, 'cancelled', { endedAt: now, cancelRequested: false });
  const detail = { jobId: id, freedItems: freed };
  await audit(tx, runtime, job, [{ action: 'order.cancelled', ...about('order', orderId, job), detail }]);
}

/** A task that its central left in the middle is over once the job is. */
async function endOpenTasks(tx: Tx, job: JobRow, change: TaskChange): Promise<void> {
  const running = await tx
    .selectFrom('jobTasks')
    .select('index')
    .where('jobId', '=', job.id)
    .where('status', '=', 'running')
    .execute();
  for (const { index } of running) {
    const claim = { jobId: job.id, run: job.run };
    await changeTask(tx, { claim, index, from: 'running' }, change);
  }
}
