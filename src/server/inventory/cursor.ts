import { fail } from '../http/errors.ts';

/** An opaque mark in a list: by what it was sorted, and the last row's key and id. */
export function cursorOf(sort: string, key: string | number, id: number): string {
  return Buffer.from(JSON.stringify([sort, key, id])).toString('base64url');
}

/** Throws invalid_input for a cursor that another list or nobody made. */
export function readCursor(cursor: string, sort: string): [key: string | number, id: number] {
  const parts = parse(cursor);
  const [madeFor, key, id] = parts;
  const isKey = typeof key === 'string' || typeof key === 'number';
  if (madeFor !== sort || !isKey || typeof id !== 'number' || !Number.isSafeInteger(id)) throw notACursor();
  return [key, id];
}

function parse(cursor: string): unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(parts) ? parts : [];
  } catch {
    return [];
  }
}

function notACursor() {
  return fail('invalid_input', { issues: [{ path: 'cursor', message: 'not a cursor of this list' }] });
}
