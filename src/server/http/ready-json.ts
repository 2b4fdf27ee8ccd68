import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { type AnyProcedure, Procedure } from '@orpc/server';
import type { BaseContext } from '../context.ts';

/** Below it a packed answer is hardly smaller. */
const WORTH_PACKING = 1_000;
const FASTEST = { level: 1 };
const packed = promisify(gzip);

/**
 * A route whose handler answers with `readyJson`. The answer goes out as it is: it is neither checked against the
 * contract's output nor written again. The route is otherwise what its contract says.
 */
export function answersReady<P extends AnyProcedure>(procedure: P): P {
  return new Procedure({ ...procedure['~orpc'], outputSchema: undefined }) as AnyProcedure as P;
}

/** An answer of type T that is JSON already, packed when the caller takes gzip. */
export async function readyJson<T>({ headers, resHeaders }: BaseContext, json: string): Promise<T> {
  const text = Buffer.from(json);
  const isPacked = text.length > WORTH_PACKING && takesGzip(headers['accept-encoding']);
  const body = isPacked ? await packed(text, FASTEST) : text;
  resHeaders?.set('content-type', 'application/json');
  resHeaders?.set('content-length', String(body.length));
  resHeaders?.set('vary', 'accept-encoding');
  if (isPacked) resHeaders?.set('content-encoding', 'gzip');
  // oRPC sends a stream as it comes; its type is not the contract's, which is why it goes unchecked.
  return new Blob([body]).stream() as unknown as T;
}

function takesGzip(accepted: string | string[] | undefined): boolean {
  return typeof accepted === 'string' && /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(accepted);
}
