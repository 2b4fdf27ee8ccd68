import { ORPCError } from '@orpc/server';
import type { z } from 'zod';
import { type ErrorCode, errorCatalogue } from '#core/contract/errors.ts';

type Catalogue = typeof errorCatalogue;
/** The facts an error carries; nothing for codes without any. */
export type ErrorData<C extends ErrorCode> = Catalogue[C] extends { data: infer D extends z.ZodType }
  ? z.input<D>
  : undefined;

/**
 * An error of the catalogue, to be thrown anywhere below a handler: `throw fail('not_found', { what: 'customer' })`.
 * A route that does not declare the code in its contract answers internal_error instead, so declare it there.
 */
export function fail<C extends ErrorCode>(
  code: C,
  ...[data]: undefined extends ErrorData<C> ? [data?: ErrorData<C>] : [data: ErrorData<C>]
): ORPCError<C, ErrorData<C>> {
  const { status, message } = errorCatalogue[code];
  return new ORPCError(code, { defined: true, status, message, data: data as ErrorData<C> });
}

export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorCatalogue, code);
}
