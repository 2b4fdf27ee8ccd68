import type { Selectable } from 'kysely';
import type { z } from 'zod';
import type { taskErrorSchema } from '#core/domain/provisioning.ts';
import type { ProvisioningTables } from './tables.ts';

export type TaskError = z.output<typeof taskErrorSchema>;
/** What a job's templates may use, by the names of playbook/scope.ts; kept as it was when the job began. */
export type Variables = Record<string, unknown>;
export type JobRow = Selectable<ProvisioningTables['jobs']>;
export type TaskRow = Selectable<ProvisioningTables['jobTasks']>;

/** One execution of a job by one central. */
export interface Claim {
  readonly jobId: number;
  readonly run: number;
  readonly executorId: string;
}

/** This execution no longer owns its job: another central took it over, or this one lost its lease. It must write nothing. */
export class GivenUp extends Error {}

/** Central stops: the job is left for another execution. */
export class Stopping extends Error {}
