import { z } from 'zod';
import { fail } from './errors.ts';

/** One page of a list, as the contract's `pageOf`. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** The position after which a page starts; undefined for the first. Throws invalid_input for one that we did not give. */
export function readCursor<T extends object>(cursor: string | undefined): T | undefined {
  if (cursor === undefined || cursor === '') return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value as T;
  } catch {
    // falls through: every text that is not ours is refused alike
  }
  throw foreignCursor();
}

const foreignCursor = () =>
  fail('invalid_input', { issues: [{ path: 'cursor', message: 'is not a cursor of this list' }] });

const idCursorSchema = z.object({ id: z.int().nonnegative() });

/** The id at which a page of a list by ids ended; undefined for the first. Throws invalid_input for what is none. */
export function readIdCursor(cursor: string | undefined): number | undefined {
  return readCursorAs(idCursorSchema, cursor)?.id;
}

/** The position after which a page starts, of the shape that the list gives. Throws invalid_input for any other. */
export function readCursorAs<T extends z.ZodType>(schema: T, cursor: string | undefined): z.output<T> | undefined {
  const given = readCursor(cursor);
  if (given === undefined) return undefined;
  const { success, data } = schema.safeParse(given);
  if (!success) throw foreignCursor();
  return data;
}

export function writeCursor(position: object): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** Makes a page of rows that were read with `limit + 1`: the extra one only tells that there are more. */
export function pageFrom<R, T>(
  rows: readonly R[],
  limit: number,
  positionOf: (row: R) => object,
  present: (row: R) => T,
): Page<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  return { items: shown.map(present), nextCursor: hasMore ? writeCursor(positionOf(last)) : null };
}
