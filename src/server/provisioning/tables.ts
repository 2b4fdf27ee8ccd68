import type { ColumnType, Generated, GeneratedAlways } from 'kysely';
import type { JobStatus, TaskStatus } from '#core/domain/provisioning.ts';
import type { Program } from '#core/playbook/program.ts';
import type { TaskError, Variables } from './job-types.ts';

/** jsonb: read as a value, written as its text. */
type Json<T> = ColumnType<T, string, string>;

export interface ProvisioningTables {
  jobs: {
    id: Generated<number>;
    orderId: number;
    status: JobStatus;
    playbook: string;
    program: Json<Program>;
    variables: Json<Variables>;
    /** Counts the executions. A write that names an older one is refused. */
    run: Generated<number>;
    executorId: string | null;
    cancelRequested: Generated<boolean>;
    revision: Generated<number>;
    customerId: number;
    productId: number;
    serviceId: number | null;
    storeId: number | null;
    createdByName: string;
    createdAt: Date;
    queuedAt: Date;
    startedAt: Date | null;
    endedAt: Date | null;
  };
  jobTasks: {
    jobId: number;
    index: number;
    key: string;
    name: string;
    uses: string;
    playbook: string;
    status: TaskStatus;
    subject: string | null;
    attempts: Generated<number>;
    startedAt: Date | null;
    endedAt: Date | null;
    durationMs: number | null;
    usualMs: number | null;
    slowMs: number | null;
    output: ColumnType<Record<string, unknown>, string | undefined, string>;
    error: ColumnType<TaskError | null, string | null | undefined, string | null>;
  };
  jobLogs: {
    id: GeneratedAlways<number>;
    jobId: number;
    at: Date;
    run: number;
    taskIndex: number | null;
    level: 'info' | 'warning' | 'error';
    message: string;
    detail: Json<Record<string, unknown>>;
  };
  executors: {
    id: string;
    boot: string;
    machine: string;
    pid: number;
    startedAt: Generated<Date>;
    beatAt: Generated<Date>;
  };
  tickets: {
    id: Generated<number>;
    /** Of the task that opened it. */
    key: string;
    kind: string;
    subject: string;
    body: string;
    status: 'open' | 'closed' | 'cancelled';
    customerId: number;
    serviceId: number | null;
    orderId: number | null;
    siteId: number | null;
    dueOn: string | null;
    createdAt: Date;
  };
  installations: {
    id: Generated<number>;
    key: string;
    status: 'booked' | 'done' | 'cancelled';
    serviceId: number;
    siteId: number | null;
    plannedOn: string | null;
    createdAt: Date;
  };
}
