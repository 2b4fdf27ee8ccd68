import { DBOS } from '@dbos-inc/dbos-sdk';
import { breakJob, succeedJob } from './finish.ts';
import { type Claim, GivenUp, Stopping } from './job-types.ts';
import { lockJob, moveJob, moveOrder, touchJob, writeJobLog } from './job-writes.ts';
import { persist } from './persist.ts';
import { runTask } from './run-task.ts';
import type { Runtime } from './runtime.ts';
import { endCancel, undoJobTask } from './undo-job.ts';

type Step = <T>(name: string, work: () => Promise<T>) => Promise<T>;

/** What an execution found when it took its job. */
interface Taken {
  readonly claim: Claim;
  readonly tasks: number;
  readonly cancel: boolean;
}

/**
 * One execution of a job: a durable workflow with a step for each task. What the steps did stands in our own tables, so an
 * execution that ends in the middle is followed by another that goes on from there.
 */
export async function executeJob(runtime: Runtime, jobId: number, run: number): Promise<string> {
  const step: Step = (name, work) => DBOS.runStep(work, { name });
  let claim: Claim | undefined;
  try {
    const taken = await step('take', () => takeJob(runtime, jobId, run));
    if (taken === null) return 'given up';
    claim = taken.claim;
    if (!taken.cancel && (await runTasks(runtime, taken, step)) === 'ended') return 'ended';
    await undoTasks(runtime, taken, step);
    return 'cancelled';
  } catch (error) {
    if (error instanceof Stopping) {
      await releaseJob(runtime, jobId, run);
      return 'left for later';
    }
    if (error instanceof GivenUp || runtime.lease.lost().aborted) return 'given up';
    if (claim === undefined) throw error;
    runtime.log.error({ err: error, job: jobId, run }, 'the execution of a job broke');
    await breakJob(runtime, claim, error instanceof Error ? error.message : String(error));
    return 'broken';
  }
}

async function runTasks(runtime: Runtime, { claim, tasks }: Taken, step: Step): Promise<'ended' | 'cancel'> {
  for (let index = 0; index < tasks; index += 1) {
    if (runtime.stopping.aborted) throw new Stopping();
    const result = await step(`task ${index}`, () => runTask(runtime, claim, index));
    if (result === 'failed') return 'ended';
    if (result === 'cancel') return 'cancel';
  }
  return (await step('succeed', () => succeedJob(runtime, claim))) === 'done' ? 'ended' : 'cancel';
}

async function undoTasks(runtime: Runtime, { claim, tasks }: Taken, step: Step): Promise<void> {
  const faults: string[] = [];
  for (let index = tasks - 1; index >= 0; index -= 1) {
    if (runtime.stopping.aborted) throw new Stopping();
    const fault = await step(`undo ${index}`, () => undoJobTask(runtime, claim, index));
    if (fault !== null) faults.push(fault);
  }
  await step('cancel', () => endCancel(runtime, claim, faults));
}

/** Takes the job for this central; null when this execution is not the one that may. */
async function takeJob({ db, clock, lease }: Runtime, jobId: number, run: number): Promise<Taken | null> {
  const claim = { jobId, run, executorId: lease.id() };
  return persist(db, lease.lost(), async (tx) => {
    const job = await lockJob(tx, jobId);
    if (!job || job.run !== run) return null;
    const taken = { claim, tasks: job.program.tasks.length, cancel: job.cancelRequested };
    if (job.status === 'running' && job.executorId === claim.executorId) return taken;
    if (job.executorId !== null || (job.status !== 'queued' && job.status !== 'running')) return null;
    const now = clock.now();
    await writeJobLog(tx, claim, now, [{ level: 'info', message: `run ${run} begins`, detail: { ...claim } }]);
    await moveOrder(tx, job.orderId, 'provisioning', null);
    const change = { executorId: claim.executorId, startedAt: job.startedAt ?? now };
    if (job.status === 'queued') await moveJob(tx, job, 'running', change);
    else await touchJob(tx, jobId, change);
    return taken;
  });
}

/** Leaves a job to the next execution, here after a restart or at another central. */
async function releaseJob({ db, clock, lease }: Runtime, jobId: number, run: number): Promise<void> {
  await persist(db, lease.lost(), async (tx) => {
    const job = await lockJob(tx, jobId);
    if (!job || job.run !== run || job.status !== 'running') return;
    const message = 'this central stops; the job goes on from here at the next one';
    await writeJobLog(tx, { jobId, run }, clock.now(), [{ level: 'info', message }]);
    await touchJob(tx, jobId, { run: run + 1, executorId: null });
  });
}
