import { ORPCError } from '@orpc/client';
import type { TFunction } from 'i18next';
import type { ErrorData } from '#core/contract/errors.ts';
import type { Task } from '#core/domain/provisioning.ts';
import { createPlainFormat } from '#core/format/plain.ts';
import { HostGoneError } from './host-connection.ts';

/** An error in shop language. Every text is translated but `technical`, which is for the help desk. */
export interface ErrorWords {
  /** The contract's code, `host_gone`, or `unknown`. */
  code: string;
  /** What happened. */
  title: string;
  /** What it means for the customer and the work. */
  meaning: string;
  /** What to do now. */
  advice: string;
  technical: string;
  /** To quote to the help desk: central's request number where it gave one. */
  number: string | null;
  /** The same error again has the same id, so that it is shown once. */
  id: string;
  /** Whether trying again may help. */
  retryable: boolean;
}

const retryable = new Set(['host_gone', 'unavailable', 'internal_error', 'rate_limited', 'unknown']);

export function codeOf(error: unknown): string {
  if (error instanceof HostGoneError) return 'host_gone';
  if (error instanceof ORPCError) return error.code;
  return 'unknown';
}

/** An error that was kept as data, with a piece of work, as one that a call threw: its words are the same. */
export function errorOf({ code, message, data }: ErrorData): ORPCError<string, unknown> {
  return new ORPCError(code, { defined: true, message, data });
}

function factsOf(error: unknown): Record<string, unknown> {
  return error instanceof ORPCError && typeof error.data === 'object' && error.data !== null
    ? (error.data as Record<string, unknown>)
    : {};
}

function technicalOf(error: unknown): string {
  if (error instanceof ORPCError) {
    const facts = error.data === undefined ? '' : ` ${JSON.stringify(error.data)}`;
    return `${error.code}: ${error.message}${facts}`;
  }
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

/**
 * The facts as the messages' variables: `until` as a clock time, `heldBy` as a name. An item that can't be had has its
 * own message for each reason, `unavailable` one for a central that can't be reached.
 */
function variablesOf(facts: Record<string, unknown>, language: string): Record<string, unknown> {
  const format = createPlainFormat(language);
  const desk = facts.desk as { name?: string } | null | undefined;
  const heldBy = facts.heldBy as { userName?: string; expiresAt?: string } | null | undefined;
  return {
    ...facts,
    until: typeof facts.until === 'string' ? format.time(facts.until) : '',
    triesLeft: facts.triesLeft ?? '',
    desk: desk?.name ?? '',
    heldBy: heldBy?.userName ?? '',
    heldUntil: heldBy?.expiresAt === undefined ? '' : format.time(heldBy.expiresAt),
  };
}

/** Words any error of a desk call. `t` must be the `errors` namespace's. */
export function describeError(error: unknown, t: TFunction<'errors'>, language: string): ErrorWords {
  const code = codeOf(error);
  const facts = factsOf(error);
  const variables = variablesOf(facts, language);
  const reason = typeof facts.reason === 'string' ? facts.reason : '';
  const say = (part: 'title' | 'meaning' | 'advice'): string =>
    t([`${code}.${reason}.${part}`, `refusal.${reason}.${part}`, `${code}.${part}`, `unknown.${part}`], variables);
  const number = typeof facts.requestId === 'string' ? facts.requestId : null;
  return {
    code,
    title: say('title'),
    meaning: say('meaning'),
    advice: say('advice'),
    technical: technicalOf(error),
    number,
    id: `error-${code}-${reason}`,
    retryable: retryable.has(code),
  };
}

/** Words why a provisioning task failed; the connector is named in shop language. `t` as in `describeError`. */
export function describeTaskError(
  error: NonNullable<Task['error']>,
  t: TFunction<'errors'>,
): Omit<ErrorWords, 'id' | 'retryable'> {
  const name = typeof error.data.connector === 'string' ? error.data.connector : '';
  const connector = t([`connectors.${name}`, 'connectors.http']);
  const say = (part: 'title' | 'meaning' | 'advice'): string =>
    t([`task.${error.code}.${part}`, `task.unknown.${part}`], { ...error.data, connector });
  return {
    code: error.code,
    title: say('title'),
    meaning: say('meaning'),
    advice: say('advice'),
    technical: error.technical,
    number: null,
  };
}
