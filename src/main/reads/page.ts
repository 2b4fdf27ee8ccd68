import { fail } from '../failures.ts';

/** One page of a list, as the contract's `pageOf`. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

export interface PageInput {
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

/** The contract's own, for callers inside the host. */
export const PAGE_LIMIT = 50;

/**
 * A cursor's value. Cursors are spelled as central spells them, so that a list begun here can go on there and the other
 * way round. Throws invalid_input for what is none.
 */
export function readCursor(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw notACursor();
  }
}

export function notACursor() {
  return fail('invalid_input', { issues: [{ path: 'cursor', message: 'is not a cursor of this list' }] });
}

export function writeCursor(position: object): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** The id after which a page by id starts; undefined for the first page. */
export function idOfCursor(cursor: string | undefined): number | undefined {
  if (cursor === undefined || cursor === '') return undefined;
  const position = readCursor(cursor);
  if (position === null || typeof position !== 'object' || !('id' in position) || typeof position.id !== 'number') {
    throw notACursor();
  }
  return position.id;
}

/** Makes a page by id of rows that were read with `limit + 1`: the extra one only tells that there are more. */
export function pageById<R extends { id: number }, T>(
  rows: readonly R[],
  limit: number,
  present: (row: R) => T,
): Page<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  return { items: shown.map(present), nextCursor: hasMore ? writeCursor({ id: last.id }) : null };
}
