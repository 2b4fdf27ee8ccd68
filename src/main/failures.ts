import { ORPCError } from '@orpc/client';
import type { z } from 'zod';
import { type ErrorCode, errorCatalogue } from '#core/contract/errors.ts';

type Catalogue = typeof errorCatalogue;
/** The facts that an error carries; nothing for codes without any. */
type ErrorData<C extends ErrorCode> = Catalogue[C] extends { data: infer D extends z.ZodType } ? z.input<D> : undefined;

/** A declared error of the catalogue, to be thrown: `throw fail('not_found', { what: 'draft' })`. */
export function fail<C extends ErrorCode>(
  code: C,
  ...[data]: undefined extends ErrorData<C> ? [data?: ErrorData<C>] : [data: ErrorData<C>]
): ORPCError<C, ErrorData<C>> {
  const { status, message } = errorCatalogue[code];
  return new ORPCError(code, { defined: true, status, message, data: data as ErrorData<C> });
}

/** True for an error with one of these codes, whoever made it. */
export function hasCode(error: unknown, ...codes: ErrorCode[]): error is ORPCError<ErrorCode, unknown> {
  return error instanceof ORPCError && codes.includes(error.code as ErrorCode);
}
