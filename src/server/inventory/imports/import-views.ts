import type { Selectable } from 'kysely';
import type { Import, ImportRow } from '#core/contract/central/inventory.ts';
import type { Reader } from '../../database/connection.ts';
import { fail } from '../../http/errors.ts';
import { cursorOf, readCursor } from '../cursor.ts';
import type { InventoryTables } from '../tables.ts';

type ImportRecord = Selectable<InventoryTables['imports']>;
type Summary = Omit<Import, 'rows'>;

const ROWS_SHOWN = 1_000;

function toSummary(record: ImportRecord): Summary {
  const { id, filename, format, dryRun, status, failure, done, total, columns } = record;
  const { created, updated, unchanged, failed } = record;
  return {
    ...{ id, filename, format, dryRun, status, failure, columns: [...columns] },
    progress: { done, total },
    counts: { created, updated, unchanged, failed },
  };
}

function toRow({ line, outcome, itemId, label, error }: Selectable<InventoryTables['importRows']>): ImportRow {
  return { line, outcome, itemId, label, error };
}

/** The import with up to 1,000 of its rows, failed ones first. Throws not_found. */
export async function getImport(reader: Reader, id: number): Promise<Import> {
  const record = await reader.selectFrom('imports').selectAll().where('id', '=', id).executeTakeFirst();
  if (record === undefined) throw fail('not_found', { what: 'import' });
  const failed = await rowsOf(reader, id, true, ROWS_SHOWN);
  const others = await rowsOf(reader, id, false, ROWS_SHOWN - failed.length);
  return { ...toSummary(record), rows: [...failed, ...others] };
}

async function rowsOf(reader: Reader, id: number, failed: boolean, limit: number): Promise<ImportRow[]> {
  const rows = await reader
    .selectFrom('importRows')
    .selectAll()
    .where('importId', '=', id)
    .where('outcome', failed ? '=' : '<>', 'failed')
    .orderBy('line')
    .limit(limit)
    .execute();
  return rows.map(toRow);
}

interface Page {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Earlier imports, newest first. */
export async function listImports(reader: Reader, { limit, cursor }: Page) {
  const before = cursor === undefined ? null : readCursor(cursor, 'imports')[1];
  const records = await reader
    .selectFrom('imports')
    .selectAll()
    .$if(before !== null, (query) => query.where('id', '<', before ?? 0))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  const last = records[limit - 1];
  const more = records.length > limit && last !== undefined;
  return { items: records.slice(0, limit).map(toSummary), nextCursor: more ? cursorOf('imports', 0, last.id) : null };
}

/** The result of each row in file order. Throws not_found for an unknown import. */
export async function listImportRows(
  reader: Reader,
  { id, outcome, limit, cursor }: Page & { readonly id: number; readonly outcome?: ImportRow['outcome'] | undefined },
) {
  const known = await reader.selectFrom('imports').select('id').where('id', '=', id).executeTakeFirst();
  if (known === undefined) throw fail('not_found', { what: 'import' });
  const after = cursor === undefined ? 0 : readCursor(cursor, 'lines')[1];
  const rows = await reader
    .selectFrom('importRows')
    .selectAll()
    .where('importId', '=', id)
    .where('line', '>', after)
    .$if(outcome !== undefined, (query) => query.where('outcome', '=', outcome ?? 'failed'))
    .orderBy('line')
    .limit(limit + 1)
    .execute();
  const last = rows[limit - 1];
  const more = rows.length > limit && last !== undefined;
  return { items: rows.slice(0, limit).map(toRow), nextCursor: more ? cursorOf('lines', 0, last.line) : null };
}
