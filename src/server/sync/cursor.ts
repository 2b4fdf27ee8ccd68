import { z } from 'zod';
import { syncEntities } from '#core/sync/rows.ts';
import { fail } from '../http/errors.ts';

/** A transaction's number, in decimal digits: it is wider than a JavaScript number. */
const xidSchema = z.string().regex(/^\d{1,20}$/);
const keySchema = z.union([z.int(), z.string().max(100)]);
const shared = { v: z.literal(1), database: z.string().max(50), store: z.int() };

/** Where a desk is in its first pull: after `key` of `entity`. Changes are to follow from `horizon` on. */
export const snapshotCursorSchema = z.object({
  ...shared,
  kind: z.literal('snapshot'),
  horizon: xidSchema,
  entity: z.enum(syncEntities),
  key: keySchema.nullable(),
  done: z.int(),
  total: z.int(),
});
export type SnapshotCursor = z.infer<typeof snapshotCursorSchema>;

/** Has all up to `from`. When `at` is set, it is in the middle of what changed from there up to its horizon. */
export const changesCursorSchema = z.object({
  ...shared,
  kind: z.literal('changes'),
  from: xidSchema,
  at: z.object({ horizon: xidSchema, source: z.string().max(50), xid: xidSchema, key: keySchema }).nullable(),
});
export type ChangesCursor = z.infer<typeof changesCursorSchema>;

export function writeCursor(cursor: SnapshotCursor | ChangesCursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

/** Throws cursor_unknown when it is not one of ours, or one for the other route. */
export function readCursor<T>(schema: z.ZodType<T>, text: string): T {
  try {
    return schema.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  } catch {
    throw fail('cursor_unknown');
  }
}
