import { ORPCError, ValidationError } from '@orpc/server';
import { v7 as uuid } from 'uuid';
import { errorCatalogue } from '#core/contract/errors.ts';
import { fail } from '../failures.ts';
import type { Log } from '../log.ts';

/** Declared errors as they are, wrong input as `invalid_input`; a surprise is logged and leaves as its number only. */
export function presentFailure(error: unknown, path: readonly string[], log: Log): unknown {
  if (error instanceof ORPCError) {
    if (Object.hasOwn(errorCatalogue, error.code)) return error;
    if (error.code === 'BAD_REQUEST' && error.cause instanceof ValidationError) return invalidInput(error.cause);
  }
  if (error instanceof DOMException && error.name === 'AbortError') return error;
  const requestId = uuid();
  log.error({ err: error, path: path.join('.'), requestId }, 'a call failed unexpectedly');
  return fail('internal_error', { requestId });
}

function invalidInput({ issues }: ValidationError) {
  return fail('invalid_input', {
    issues: issues.map(({ path = [], message }) => ({
      path: path.map((part) => String(typeof part === 'object' ? part.key : part)).join('.'),
      message,
    })),
  });
}
