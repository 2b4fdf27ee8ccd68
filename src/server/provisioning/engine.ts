import { DBOS, type DLogger } from '@dbos-inc/dbos-sdk';
import pg from 'pg';
import type { Logger } from 'pino';
import { executeJob } from './execution.ts';
import type { Runtime } from './runtime.ts';
import type { ProvisioningSettings } from './settings.ts';

/** The durable queue on which all centrals of a database share their jobs. */
export interface Engine {
  start(): Promise<void>;
  /** Puts an execution of a job on the queue; once, however often it is called. */
  enqueue(jobId: number, run: number): Promise<void>;
  /** State of executions, by job: null for one that was never put on the queue. */
  states(executions: readonly Execution[]): Promise<Map<number, ExecutionState | null>>;
  /** Stops an execution that was given up from ever being taken. */
  forget(execution: Execution): Promise<void>;
  /** Drops the queue's records of executions that ended, or were left, before; what they did stays with their jobs. Returns how many. */
  forgetEnded(before: Date): Promise<number>;
  /** True while this process is at it. */
  isRunning(execution: Execution): boolean;
  stop(drainMs: number): Promise<void>;
}

export interface Execution {
  readonly jobId: number;
  readonly run: number;
}
export interface ExecutionState {
  readonly isWaiting: boolean;
  readonly isTaken: boolean;
  /** Process that took it. */
  readonly boot: string | null;
}

const QUEUE = 'comptoir-jobs';
const WORKFLOW = 'job';
const SCHEMA = 'dbos';
/** Executions stay takeable across versions of central: what they do is kept with the job. */
const VERSION = 'jobs-1';

const workflowId = ({ jobId, run }: Execution) => `job-${jobId}-run-${run}`;

/** DBOS is one per process, so a process has one engine. */
export function createEngine(runtime: Runtime, settings: ProvisioningSettings, databaseUrl: string): Engine {
  const running = new Set<string>();
  let pool: pg.Pool | undefined;
  const job = DBOS.registerWorkflow(
    async (jobId: number, run: number) => {
      const id = workflowId({ jobId, run });
      running.add(id);
      try {
        return await executeJob(runtime, jobId, run);
      } finally {
        running.delete(id);
      }
    },
    { name: WORKFLOW },
  );
  return {
    isRunning: (execution) => running.has(workflowId(execution)),
    async start() {
      if (DBOS.isInitialized()) throw new Error('this process has a central already');
      pool = createPool(databaseUrl);
      DBOS.setConfig({
        name: 'comptoir',
        systemDatabaseUrl: databaseUrl,
        systemDatabasePool: pool,
        systemDatabaseSchemaName: SCHEMA,
        executorID: runtime.lease.boot,
        applicationVersion: VERSION,
        useListenNotify: false,
        logger: quietLogger(runtime.log),
      });
      await DBOS.launch();
      await DBOS.registerQueue(QUEUE, {
        workerConcurrency: settings.jobsAtOnce,
        minPollingIntervalMs: settings.queuePollMs,
        onConflict: 'always_update',
      });
    },
    async enqueue(jobId, run) {
      await DBOS.startWorkflow(job, { workflowID: workflowId({ jobId, run }), queueName: QUEUE })(jobId, run);
    },
    async states(executions) {
      if (executions.length === 0) return new Map();
      const found = await DBOS.listWorkflows({
        workflowIDs: executions.map(workflowId),
        loadInput: false,
        loadOutput: false,
      });
      const byId = new Map(found.map((workflow) => [workflow.workflowID, workflow]));
      return new Map(
        executions.map((execution) => {
          const workflow = byId.get(workflowId(execution));
          if (!workflow) return [execution.jobId, null];
          const { status, executorId } = workflow;
          const isWaiting = status === 'ENQUEUED' || status === 'DELAYED';
          return [execution.jobId, { isWaiting, isTaken: status === 'PENDING', boot: executorId ?? null }];
        }),
      );
    },
    forget: (execution) => DBOS.cancelWorkflow(workflowId(execution)),
    async forgetEnded(before) {
      const time = before.toISOString();
      const few = { limit: FORGET_AT_ONCE, loadInput: false, loadOutput: false };
      const ended = await DBOS.listWorkflows({ status: [...endStates], completedBefore: time, ...few });
      // Its central was killed between the job's end and this record of it; no execution lasts for so long.
      const abandoned = await DBOS.listWorkflows({ status: 'PENDING', dequeuedBefore: time, ...few });
      const ids = [...ended, ...abandoned].map(({ workflowID }) => workflowID);
      if (ids.length > 0) await DBOS.deleteWorkflows(ids);
      return ids.length;
    },
    async stop(drainMs) {
      await DBOS.shutdown({ workflowCompletionTimeoutMS: drainMs, deregister: true });
      await pool?.end();
    },
  };
}

const endStates = ['SUCCESS', 'ERROR', 'CANCELLED', 'MAX_RECOVERY_ATTEMPTS_EXCEEDED'] as const;
const FORGET_AT_ONCE = 500;
const CONNECTIONS = 10;

/** Connections of the queue's own. One that breaks, in use or not, is made anew; without listeners it would end the process. */
function createPool(connectionString: string): pg.Pool {
  const idle_in_transaction_session_timeout = 60_000;
  const pool = new pg.Pool({
    connectionString,
    max: CONNECTIONS,
    keepAlive: true,
    idle_in_transaction_session_timeout,
  });
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** The engine's own talk goes to the debug level; its warnings and errors stay what they are. */
function quietLogger(log: Logger): DLogger {
  const facts = (metadata: object | undefined) => (metadata && 'error' in metadata ? { err: metadata.error } : {});
  return {
    info: (entry) => log.debug(String(entry)),
    debug: (entry) => log.trace(String(entry)),
    warn: (entry) => log.warn(`job queue: ${String(entry)}`),
    error: (entry, metadata) => log.error(facts(metadata), `job queue: ${String(entry)}`),
  };
}
