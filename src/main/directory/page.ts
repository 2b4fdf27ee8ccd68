import { z } from 'zod';
import {
  type SyncEntity,
  type SyncPage,
  type SyncRow,
  syncColumns,
  syncPageSchema,
  syncRowSchemas,
} from '#core/sync/rows.ts';

/** An answer that is not a page, or holds a row that is none: nothing of it is kept. */
export class PageNotUnderstood extends Error {}

/** The page in a text. Throws PageNotUnderstood. */
export function readPage(text: string): SyncPage {
  try {
    return syncPageSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new PageNotUnderstood(error instanceof z.ZodError ? z.prettifyError(error) : String(error));
  }
}

export type SyncTable = SyncPage['tables'][number];

/**
 * A table's rows as objects, each parsed with its schema (about 2 µs for a customer). Columns that this version doesn't know
 * are passed over. Throws PageNotUnderstood at the first bad row.
 */
export function* rowsOf<E extends SyncEntity>(entity: E, { columns, rows }: SyncTable): Generator<SyncRow<E>> {
  const schema: z.ZodType = syncRowSchemas[entity];
  const known = syncColumns(entity)
    .map((name) => ({ name, index: columns.indexOf(name) }))
    .filter(({ index }) => index >= 0);
  for (const cells of rows) {
    if (cells.length !== columns.length) throw new PageNotUnderstood(`a row of ${entity} has ${cells.length} cells`);
    const row: Record<string, unknown> = {};
    for (const { name, index } of known) row[name] = cells[index];
    const { data, error } = schema.safeParse(row);
    if (error) throw new PageNotUnderstood(`${entity} ${String(row.id ?? row.slug)}: ${z.prettifyError(error)}`);
    yield data as SyncRow<E>;
  }
}
