import { ORPCError } from '@orpc/server';
import type { Logger } from 'pino';
import { isDatabaseOutage, retryable } from '../database/failures.ts';
import { catalogued } from '../http/failures.ts';

/** Errors that say nothing about the command: it is to be sent again. */
const passing = new Set(['unavailable', 'rate_limited']);

/** SQLSTATE classes of a PostgreSQL that is short of something, stopping, or ill: disk full, out of memory, I/O error. */
const troubled = /^(08|40|53|55|57|58)/;

/** Why a command can't be decided now; null for a failure that is the command's own. */
export function passingReason(error: unknown): string | null {
  if (error instanceof ORPCError && passing.has(error.code)) return reasonOf(error);
  if (isDatabaseOutage(error)) return 'database';
  if (retryable(error)) return 'busy';
  return isTroubled(error) ? 'database' : null;
}

function reasonOf({ code, data }: ORPCError<string, unknown>): string {
  const { reason } = (data ?? {}) as { reason?: unknown };
  return typeof reason === 'string' ? reason : code;
}

function isTroubled(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && troubled.test(error.code);
}

/**
 * The refusal that a failure comes to; null when it is to be tried again. A failure that nobody foresaw is a refusal too:
 * a person sees it and may send the work anew, where `later` would go round for ever unseen.
 */
export function refusalOf(error: unknown, log: { log: Logger; requestId: string }): ORPCError<string, unknown> | null {
  return passingReason(error) === null ? catalogued(error, log) : null;
}
