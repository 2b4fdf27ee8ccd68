import type { Logger } from 'pino';
import type { Secrets } from './access/secrets.ts';
import type { Config } from './config.ts';
import type { AnswerSeal, BaseContext, Clock } from './context.ts';
import type { Connection, Db } from './database/connection.ts';

/** What the composition root (central.ts) gives to each part of central. A part takes only what it names. */
export interface CentralDeps {
  readonly config: Config;
  readonly connection: Connection;
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Logger;
  readonly secrets: Secrets;
  readonly answers: AnswerSeal;
  /** Aborts when central stops. */
  readonly closing: AbortSignal;
  /** Where people reach central, without a slash at its end: for links in mail and one-use addresses. */
  publicUrl(): string;
  /** The context of work that no request asked for; pass it to `inTransaction` with `systemActor`. */
  background(): BaseContext;
}

/** A part with work of its own in the background. */
export interface Part {
  start(): Promise<void>;
  /** Takes no new work, ends or parks what runs, resolves when nothing is left. */
  stop(): Promise<void>;
}
