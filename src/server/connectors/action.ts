import type { z } from 'zod';
import type { Clock } from '../context.ts';
import type { Db, Tx } from '../database/connection.ts';

/** What a job's actions may know of it. */
export interface JobFacts {
  readonly jobId: number;
  readonly orderId: number;
  readonly customerId: number;
  readonly serviceId: number | null;
  /** Who ordered. */
  readonly by: { readonly name: string; readonly storeId: number | null };
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface ActionContext {
  readonly db: Db;
  readonly clock: Clock;
  readonly job: JobFacts;
  /** The same for every attempt of this task: the far side does the work once, however often it is asked. */
  readonly key: string;
  /** Aborts at the task's time limit, and when this central no longer owns the job. */
  readonly signal: AbortSignal;
  /** A line in the job's log. Never secrets. */
  log(message: string, detail?: Record<string, unknown>): void;
  /** A transaction on our own tables; refused when the job has gone to another central meanwhile. */
  write<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
}

export interface Action {
  readonly input: z.ZodObject;
  /** Throws ActionFailure. What it returns is kept as the task's output, in sight of staff: no secrets. */
  run(context: ActionContext, input: unknown): Promise<Record<string, unknown>>;
  /** Takes back what `run` did with this input and key; harmless when `run` did nothing. */
  readonly undo?: (context: ActionContext, input: unknown) => Promise<void>;
}

export interface Connector {
  readonly name: string;
  /** Where it goes, without secrets: embedded, a host name. */
  readonly target: string;
  /** False for our own tables: nothing to undo when a task fails, only when the order is cancelled (domain.md 8 (3)). */
  readonly outside: boolean;
  readonly actions: Readonly<Record<string, Action>>;
  /** Resolves when the other side answers; throws when it does not. */
  check(signal: AbortSignal): Promise<void>;
}

/** Ties an action's parts to one input type. */
export function defineAction<S extends z.ZodObject>(
  input: S,
  run: (context: ActionContext, input: z.output<S>) => Promise<Record<string, unknown> | undefined>,
  undo?: (context: ActionContext, input: z.output<S>) => Promise<void>,
): Action {
  return {
    input,
    run: async (context, value) => (await run(context, value as z.output<S>)) ?? {},
    ...(undo && { undo: (context, value) => undo(context, value as z.output<S>) }),
  };
}
