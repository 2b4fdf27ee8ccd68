import { ActionFailure, isTransient } from '../connectors/failure.ts';
import { isDatabaseOutage } from '../database/failures.ts';
import { GivenUp } from './job-types.ts';
import { fill } from './playbooks/templates.ts';
import type { Runtime } from './runtime.ts';
import { actionContext, type OpenTask } from './task-context.ts';

/**
 * Undoes what a failed task may have done outside (domain.md 8 (3)); our own records stay for Retry. Failing to undo is
 * noted and no more: the task's key keeps a retry from doubling anything.
 */
export async function rescueTask(runtime: Runtime, open: OpenTask): Promise<void> {
  const { task } = open;
  if (task.rescue === null && !runtime.connectors.isOutside(task.uses)) return;
  try {
    await undoTask(runtime, open);
  } catch (error) {
    if (error instanceof GivenUp) throw error;
    const text = error instanceof Error ? error.message : String(error);
    const message = `${task.uses} could not be undone: ${text}`;
    open.lines.push({ level: 'warning', message, taskIndex: open.index });
  }
}

const ATTEMPTS = 3;
const UNDO_LIMIT_MS = 60_000;

/** Takes a task back: by its `rescue` steps, else as the action itself knows. Throws ActionFailure or GivenUp. */
export async function undoTask(runtime: Runtime, open: OpenTask): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await undoOnce(runtime, open);
    } catch (error) {
      if (runtime.lease.lost().aborted) throw new GivenUp('this central lost its lease');
      const passing = error instanceof ActionFailure ? isTransient(error) : isDatabaseOutage(error);
      if (!passing || attempt === ATTEMPTS) throw error;
    }
  }
}

async function undoOnce(runtime: Runtime, open: OpenTask): Promise<void> {
  const { connectors, lease } = runtime;
  const { task, variables } = open;
  const limit = AbortSignal.timeout(Math.min(task.timeoutSeconds * 1000, UNDO_LIMIT_MS));
  const signal = AbortSignal.any([limit, lease.lost()]);
  const timedOut = new Promise<never>((_, reject) => {
    const give = () => reject(new ActionFailure('timeout', `undoing ${task.uses} did not end in time`));
    signal.addEventListener('abort', give, { once: true });
  });
  const context = (suffix?: string) => actionContext(runtime, open, signal, suffix);
  const work = async () => {
    if (task.rescue === null) return connectors.undo(task.uses, context(), fill(task.with, variables));
    for (const [index, step] of task.rescue.entries()) {
      await connectors.run(step.uses, context(`-rescue-${index}`), fill(step.with, variables));
    }
  };
  await Promise.race([work(), timedOut]);
}
