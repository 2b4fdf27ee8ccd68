import { ORPCError } from '@orpc/client';
import { errorCatalogue } from '#core/contract/errors.ts';
import { fail } from '../failures.ts';

/** Why central can't be used now; the `reason` of `unavailable` and the `error` of the link. */
export type UnreachableReason = 'central_unreachable' | 'central_timeout' | 'central_bad_answer';

/** What a failed call means: central's own errors as they are, every failure on the way as `unavailable`. */
export function describeFailure(error: unknown): ORPCError<string, unknown> {
  if (error instanceof ORPCError && Object.hasOwn(errorCatalogue, error.code)) return error;
  return fail('unavailable', { reason: reasonOf(error) });
}

function reasonOf(error: unknown): UnreachableReason {
  if (error instanceof ORPCError) return 'central_bad_answer';
  return error instanceof DOMException && error.name === 'TimeoutError' ? 'central_timeout' : 'central_unreachable';
}

const AWAY = [502, 503, 504];

/** True when the call may never have reached central, or central asks to come back later. Not when time is up. */
export function mayPassLater(error: unknown): boolean {
  return error instanceof ORPCError ? AWAY.includes(error.status) : !(error instanceof DOMException);
}

/** True when central itself answered, be it with a refusal. */
export function hasAnswered(error: unknown): boolean {
  return error instanceof ORPCError && !AWAY.includes(error.status);
}
