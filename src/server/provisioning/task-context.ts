import type { ProgramTask } from '#core/playbook/program.ts';
import type { ActionContext, JobFacts } from '../connectors/action.ts';
import { type Claim, GivenUp, type JobRow, type TaskRow, type Variables } from './job-types.ts';
import { fence, type LogLine } from './job-writes.ts';
import { persist } from './persist.ts';
import type { Runtime } from './runtime.ts';

/** A task in the middle of being worked on. */
export interface OpenTask {
  readonly claim: Claim;
  readonly index: number;
  readonly task: ProgramTask;
  readonly facts: JobFacts;
  readonly variables: Variables;
  /** Attempts so far, this one included; an attempt that was abandoned writes nothing. */
  attempts: number;
  /** What the action said, to be written with the task's next change. */
  readonly lines: LogLine[];
}

/** The variables of a job with the outputs of its finished tasks. */
export function variablesOf(job: JobRow, tasks: readonly TaskRow[]): Variables {
  const outputs = tasks.map(({ key, output }) => [key, output] as const);
  return { ...job.variables, tasks: Object.fromEntries(outputs) };
}

export function factsOf(job: JobRow, variables: Variables): JobFacts {
  const { id, orderId, customerId, serviceId, createdByName, storeId } = job;
  return { jobId: id, orderId, customerId, serviceId, by: { name: createdByName, storeId }, variables };
}

/** The task's name towards other systems: the same for every attempt, run and central. */
export function taskKey(jobId: number, index: number): string {
  return `job-${jobId}-task-${index}`;
}

/** What an action gets. `suffix` tells the steps of a rescue apart from the task itself. */
export function actionContext(runtime: Runtime, open: OpenTask, signal: AbortSignal, suffix = ''): ActionContext {
  const { db, clock, lease } = runtime;
  const { claim, index, facts } = open;
  const attempt = open.attempts;
  return {
    db,
    clock,
    job: facts,
    key: `${taskKey(claim.jobId, index)}${suffix}`,
    signal,
    log: (message, detail) =>
      void open.lines.push({ level: 'info', message, taskIndex: index, ...(detail && { detail }) }),
    write: (work) =>
      persist(db, lease.lost(), async (tx) => {
        await fence(tx, claim);
        if (signal.aborted || open.attempts !== attempt) throw new GivenUp('the attempt was abandoned');
        return work(tx);
      }),
  };
}
