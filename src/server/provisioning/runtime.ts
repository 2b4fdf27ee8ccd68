import type { Logger } from 'pino';
import type { Connectors } from '../connectors/registry.ts';
import type { BaseContext, Clock } from '../context.ts';
import type { Db } from '../database/connection.ts';
import type { Lease } from './lease.ts';

/** What executions of jobs work with. */
export interface Runtime {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Logger;
  readonly connectors: Connectors;
  readonly lease: Lease;
  /** Aborts when central stops: what waits gives up, what works ends its step. */
  readonly stopping: AbortSignal;
  background(): BaseContext;
}
