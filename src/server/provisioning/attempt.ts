import { setTimeout as delay } from 'node:timers/promises';
import { ActionFailure, isTransient } from '../connectors/failure.ts';
import { isDatabaseOutage } from '../database/failures.ts';
import { GivenUp, Stopping } from './job-types.ts';
import { changeTask, fence } from './job-writes.ts';
import { persist } from './persist.ts';
import { fill } from './playbooks/templates.ts';
import type { Runtime } from './runtime.ts';
import { actionContext, type OpenTask } from './task-context.ts';

export type Outcome =
  | { readonly output: Record<string, unknown> }
  | { readonly failure: ActionFailure; readonly cancelled?: boolean };

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;

/**
 * Does a task's action: once, and again with growing pauses while the other side can't be reached, within the task's time
 * limit. What hangs is abandoned at the limit. Throws GivenUp, or Stopping when central stops during a pause.
 */
export async function attemptTask(runtime: Runtime, open: OpenTask): Promise<Outcome> {
  const limit = AbortSignal.timeout(open.task.timeoutSeconds * 1000);
  for (let tries = 1; ; tries += 1) {
    const outcome = await tryOnce(runtime, open, limit);
    if (!('failure' in outcome)) return outcome;
    const { failure } = outcome;
    if (!isTransient(failure) || tries > open.task.retries || limit.aborted) return outcome;
    const wait = Math.min(FIRST_WAIT_MS * 2 ** (tries - 1), LONGEST_WAIT_MS);
    const cancelled = await noteRetry(runtime, open, failure, wait);
    if (cancelled) return { failure, cancelled };
    await pause(wait, [limit, runtime.lease.lost(), runtime.stopping]);
    if (runtime.stopping.aborted) throw new Stopping();
  }
}

async function tryOnce(runtime: Runtime, open: OpenTask, limit: AbortSignal): Promise<Outcome> {
  const { lease, connectors, log } = runtime;
  const signal = AbortSignal.any([limit, lease.lost()]);
  try {
    const input = fillInput(open);
    const work = connectors.run(open.task.uses, actionContext(runtime, open, signal), input);
    return { output: await Promise.race([work, aborted(signal)]) };
  } catch (error) {
    if (lease.lost().aborted) throw new GivenUp('this central lost its lease');
    if (error instanceof GivenUp) throw error;
    if (limit.aborted) return { failure: tooSlow(open) };
    if (error instanceof ActionFailure) return { failure: error };
    if (isDatabaseOutage(error)) return waitForDatabase(runtime, open, limit);
    log.error({ err: error, job: open.claim.jobId, task: open.task.key }, 'an action broke');
    return { failure: new ActionFailure('internal', error instanceof Error ? error.message : String(error)) };
  }
}

/** Our own database went away under the action: nothing about the task, so it begins again when the database is back. */
async function waitForDatabase(runtime: Runtime, open: OpenTask, limit: AbortSignal): Promise<Outcome> {
  await persist(runtime.db, runtime.lease.lost(), (tx) => fence(tx, open.claim));
  return limit.aborted ? { failure: tooSlow(open) } : tryOnce(runtime, open, limit);
}

function fillInput({ task, variables }: OpenTask): unknown {
  try {
    return fill(task.with, variables);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    throw new ActionFailure('precondition_failed', `${task.source}: ${text}`, { reason: 'missing_variable' });
  }
}

function tooSlow({ task }: OpenTask): ActionFailure {
  const seconds = task.timeoutSeconds;
  return new ActionFailure('timeout', `${task.uses} did not end within ${seconds} s`, { seconds });
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const give = () => reject(signal.reason);
    if (signal.aborted) give();
    else signal.addEventListener('abort', give, { once: true });
  });
}

async function pause(milliseconds: number, signals: readonly AbortSignal[]): Promise<void> {
  await delay(milliseconds, undefined, { signal: AbortSignal.any([...signals]) }).catch(() => undefined);
}

/** Counts the next attempt. True when the order is being cancelled, so that there is none. */
async function noteRetry(runtime: Runtime, open: OpenTask, failure: ActionFailure, wait: number): Promise<boolean> {
  const { db, lease, clock } = runtime;
  const { claim, index } = open;
  const next = open.attempts + 1;
  const cancelled = await persist(db, lease.lost(), async (tx) => {
    const job = await fence(tx, claim);
    if (job.cancelRequested) return true;
    const message = `attempt ${open.attempts} failed: ${failure.message}; again in ${wait} ms`;
    const detail = { code: failure.code, ...failure.data };
    const lines = [...open.lines, { level: 'warning' as const, message, detail, taskIndex: index }];
    await changeTask(tx, { claim, index, from: 'running' }, { attempts: next }, { at: clock.now(), lines });
    return false;
  });
  open.lines.length = 0;
  open.attempts = next;
  return cancelled;
}
