import type { ProgramTask } from '#core/playbook/program.ts';
import { ActionFailure } from '../connectors/failure.ts';
import type { Tx } from '../database/connection.ts';
import { attemptTask, type Outcome } from './attempt.ts';
import { failJob } from './finish.ts';
import type { Claim, JobRow, TaskRow, Variables } from './job-types.ts';
import { changeTask, fence, jsonOf, type LogLine } from './job-writes.ts';
import { persist } from './persist.ts';
import { holds } from './playbooks/templates.ts';
import { rescueTask } from './rescue.ts';
import type { Runtime } from './runtime.ts';
import { factsOf, type OpenTask, variablesOf } from './task-context.ts';

/** `done`: go on; `failed`: the job has failed; `cancel`: the order is being cancelled, undo what was done. */
export type TaskResult = 'done' | 'failed' | 'cancel';

/** Runs one task of a job, unless it is done already. Safe to call again at any point where a crash stopped it. */
export async function runTask(runtime: Runtime, claim: Claim, index: number): Promise<TaskResult> {
  const { db, lease } = runtime;
  const begun = await persist(db, lease.lost(), (tx) => beginTask(tx, runtime, claim, index));
  if (typeof begun === 'string') return begun;
  const started = performance.now();
  const outcome = begun.failure ? { failure: begun.failure } : await attemptTask(runtime, begun.open);
  const durationMs = Math.round(performance.now() - started);
  const { open } = begun;
  if ('failure' in outcome && !open.task.ignoreErrors) await rescueTask(runtime, open);
  return persist(db, lease.lost(), (tx) => endTask(tx, runtime, open, outcome, durationMs));
}

interface Begun {
  readonly open: OpenTask;
  /** Its condition can't be judged. */
  readonly failure?: ActionFailure;
}

async function beginTask(tx: Tx, { clock }: Runtime, claim: Claim, index: number): Promise<Begun | 'done' | 'cancel'> {
  const job = await fence(tx, claim);
  const tasks = await tx.selectFrom('jobTasks').selectAll().where('jobId', '=', job.id).orderBy('index').execute();
  const row = tasks.find((each) => each.index === index);
  const task = job.program.tasks[index];
  if (!row || !task) throw new Error(`job ${job.id} has no task ${index}`);
  if (job.cancelRequested) return 'cancel';
  if (row.status === 'succeeded' || row.status === 'skipped' || row.status === 'failed_ignored') return 'done';
  const variables = variablesOf(job, tasks.slice(0, index));
  const needed = isNeeded(task, variables);
  const now = clock.now();
  if (needed === false) {
    const lines = [{ level: 'info', message: `left out: ${task.when} does not hold`, taskIndex: index } as const];
    await changeTask(tx, { claim, index, from: row.status }, { status: 'skipped', endedAt: now }, { at: now, lines });
    return 'done';
  }
  const open = openTask(job, row, task, variables, claim);
  await markRunning(tx, open, row, now);
  return needed === true ? { open } : { open, failure: needed };
}

function isNeeded(task: ProgramTask, variables: Variables): boolean | ActionFailure {
  if (task.when === null) return true;
  try {
    return holds(task.when, variables);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return new ActionFailure('precondition_failed', `${task.source}: ${text}`, { reason: 'missing_variable' });
  }
}

function openTask(job: JobRow, row: TaskRow, task: ProgramTask, variables: Variables, claim: Claim): OpenTask {
  const facts = factsOf(job, variables);
  return { claim, index: row.index, task, facts, variables, attempts: row.attempts + 1, lines: [] };
}

async function markRunning(tx: Tx, { claim, index, attempts, task }: OpenTask, row: TaskRow, now: Date): Promise<void> {
  const again = row.status === 'running';
  const message = again ? `${task.uses} begins again: its central stopped in the middle` : `${task.uses} begins`;
  const said = { at: now, lines: [{ level: again ? 'warning' : 'info', message, taskIndex: index } as const] };
  const at = { claim, index, from: row.status };
  if (again) return changeTask(tx, at, { attempts }, said);
  return changeTask(tx, at, { status: 'running', attempts, startedAt: now, endedAt: null, error: null }, said);
}

async function endTask(
  tx: Tx,
  runtime: Runtime,
  open: OpenTask,
  outcome: Outcome,
  durationMs: number,
): Promise<TaskResult> {
  const { claim, index, task } = open;
  const job = await fence(tx, claim);
  const now = runtime.clock.now();
  const at = { claim, index, from: 'running' as const };
  const said = (line: LogLine) => ({ at: now, lines: [...open.lines, { ...line, taskIndex: index }] });
  if ('output' in outcome) {
    const change = { status: 'succeeded', endedAt: now, durationMs, output: jsonOf(outcome.output) } as const;
    await changeTask(tx, at, change, said({ level: 'info', message: `${task.uses} succeeded in ${durationMs} ms` }));
    return 'done';
  }
  const { code, message: technical, data } = outcome.failure;
  const error = jsonOf({ code, technical, data });
  const ignored = task.ignoreErrors;
  const message = `${task.uses} failed${ignored ? ', which this task may' : ''}: ${technical}`;
  const line = { level: ignored ? ('warning' as const) : ('error' as const), message, detail: { code, ...data } };
  const change = { status: ignored ? 'failed_ignored' : 'failed', endedAt: now, durationMs, error } as const;
  await changeTask(tx, at, change, said(line));
  if (ignored) return 'done';
  if (job.cancelRequested) return 'cancel';
  await failJob(tx, runtime, job, task);
  return 'failed';
}
