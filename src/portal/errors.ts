import { ORPCError } from '@orpc/client';
import type { TFunction } from 'i18next';
import { createPlainFormat } from '#core/format/plain.ts';

/** An error in a customer's words. */
export interface ErrorWords {
  /** The contract's code; `offline` when no answer came, `unknown` for what is neither. */
  readonly code: string;
  readonly title: string;
  /** What to do now. */
  readonly advice: string;
  /** The server's number for it, to quote to the operator. */
  readonly number: string | null;
  readonly retryable: boolean;
}

const retryable = new Set(['offline', 'unavailable', 'internal_error', 'rate_limited', 'unknown', 'csrf_failed']);

export function codeOf(error: unknown): string {
  if (error instanceof ORPCError) return error.code;
  return error instanceof TypeError ? 'offline' : 'unknown';
}

/** Facts that came with an error. */
export function factsOf(error: unknown): Record<string, unknown> {
  const data: unknown = error instanceof ORPCError ? error.data : null;
  return typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : {};
}

/** Words any error of a call. `t` must be the `errors` namespace's. */
export function describeError(error: unknown, t: TFunction, language: string): ErrorWords {
  const code = codeOf(error);
  const facts = factsOf(error);
  const until = typeof facts.until === 'string' ? createPlainFormat(language).time(facts.until) : '';
  const say = (part: 'title' | 'advice') => t([`${code}.${part}`, `unknown.${part}`], { ...facts, until });
  return {
    code,
    title: say('title'),
    advice: say('advice'),
    number: typeof facts.requestId === 'string' ? facts.requestId : null,
    retryable: retryable.has(code),
  };
}
