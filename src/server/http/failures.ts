import { ORPCError, ValidationError } from '@orpc/server';
import type { Logger } from 'pino';
import { isDatabaseOutage, isUnstorableText } from '../database/failures.ts';
import { fail, isErrorCode } from './errors.ts';

/**
 * Turns whatever a request failed with into an error of the catalogue. Text of errors that we did not write ourselves
 * goes to the log, never to the caller.
 */
export function catalogued(
  error: unknown,
  { log, requestId }: { log: Logger; requestId: string },
): ORPCError<string, unknown> {
  if (error instanceof ORPCError && isErrorCode(error.code)) return error;
  if (error instanceof ORPCError && error.code === 'BAD_REQUEST') return badRequest(error);
  if (isDatabaseOutage(error)) {
    log.warn({ err: error }, 'the database is not available');
    return fail('unavailable', { reason: 'database' });
  }
  if (isUnstorableText(error)) return unreadable('A text has characters that can not be kept.');
  const known = httpFailure(error);
  if (known) return known;
  log.error({ err: causeOf(error) }, 'request failed');
  return fail('internal_error', { requestId });
}

function unreadable(message: string) {
  return fail('invalid_input', { issues: [{ path: '', message }] });
}

function causeOf(error: unknown): unknown {
  return error instanceof ORPCError && error.cause !== undefined ? error.cause : error;
}

function badRequest({ cause }: ORPCError<string, unknown>) {
  if (!(cause instanceof ValidationError)) {
    return unreadable('The body can not be read.');
  }
  const issues = cause.issues.map(({ path = [], message }) => ({
    path: path.map((part) => String(typeof part === 'object' ? part.key : part)).join('.'),
    message,
  }));
  return fail('invalid_input', { issues });
}

/** Fastify's and its plugins' own refusals, by their status. */
function httpFailure(error: unknown): ORPCError<string, unknown> | null {
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 0;
  if (status === 413) return fail('payload_too_large');
  if (status === 404) return fail('not_found', { what: 'route' });
  if (status === 429) return fail('rate_limited', retryAfter(error));
  if (status === 503) return fail('unavailable', { reason: 'overloaded' });
  if (status >= 400 && status < 500) {
    return unreadable('The request can not be read.');
  }
  return null;
}

function retryAfter(error: unknown): { retryAfterSeconds: number } | undefined {
  if (!(error instanceof Error && 'retryAfterSeconds' in error)) return undefined;
  return { retryAfterSeconds: Number(error.retryAfterSeconds) };
}
