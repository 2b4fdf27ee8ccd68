import { setImmediate as otherWork } from 'node:timers/promises';
import type { StockContext } from '#core/inventory/stock-row.ts';
import { readStockRow } from '#core/inventory/stock-row.ts';
import type { Actor, BaseContext } from '../../context.ts';
import { violatedConstraint } from '../../database/failures.ts';
import { inTransaction } from '../../http/transaction.ts';
import type { SecretBox } from '../secret-box.ts';
import type { FileRecord } from './csv-records.ts';
import { ImportEnded, type ReadRow, runBatch, StockMoved } from './import-batch.ts';
import { SeenRows } from './seen-rows.ts';
import type { StockFile } from './stock-file.ts';

export interface ImportRun {
  readonly id: number;
  readonly filename: string;
  readonly dryRun: boolean;
  readonly file: StockFile;
  readonly stock: StockContext;
  readonly box: SecretBox;
  /** Aborts when central stops. */
  readonly closing: AbortSignal;
}

const BATCH = 2_000;
const ATTEMPTS = 5;

/** Central stops; what is imported stays, and importing the file again does the rest. */
class Interrupted extends Error {}

/**
 * Imports a file batch by batch; each batch is one transaction, so a crash leaves whole batches. Ends as `done`, or as
 * `failed` with `interrupted` or `internal_error`; does not throw for these.
 */
export async function runImport(base: BaseContext, actor: Actor, run: ImportRun): Promise<void> {
  try {
    const batches = batchesOf(run);
    for (let batch = batches.next(); batch.done !== true; ) {
      if (run.closing.aborted) throw new Interrupted();
      // The next rows are read while PostgreSQL writes these.
      const next = otherWork().then(() => batches.next());
      [batch] = await Promise.all([next, attemptBatch(base, actor, run, batch.value)]);
    }
    await finish(base, actor, run);
  } catch (error) {
    if (error instanceof ImportEnded) return;
    const failure = error instanceof Interrupted ? 'interrupted' : 'internal_error';
    base.log.error({ err: error, importId: run.id, failure }, 'import ended early');
    await markFailed(base, run.id, failure);
  }
}

function* batchesOf({ file, stock }: ImportRun): Generator<ReadRow[]> {
  const seen = new SeenRows();
  let batch: ReadRow[] = [];
  for (const record of file.records()) {
    batch.push(readRecord(record, stock, seen));
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function readRecord(record: FileRecord, stock: StockContext, seen: SeenRows): ReadRow {
  const { line } = record;
  if ('broken' in record) {
    const value = record.broken === 'wrong_column_count' ? String(record.columns) : null;
    return { line, problem: { code: record.broken, field: null, value } };
  }
  const reading = readStockRow(stock, line, record.values);
  if ('problem' in reading) return { line, problem: reading.problem };
  const problem = seen.refuse(reading.row);
  return problem === null ? { line, row: reading.row } : { line, problem };
}

/** Someone may receive the same items at the same time; then what they did is read again. */
async function attemptBatch(base: BaseContext, actor: Actor, run: ImportRun, rows: readonly ReadRow[]): Promise<void> {
  const { id: importId, dryRun, box, stock } = run;
  const shared = { importId, dryRun, box, rows, ownStoreId: stock.ownStoreId, userName: actor.name };
  for (let attempt = 1; ; attempt += 1) {
    try {
      await inTransaction(base, actor, ({ tx }) => runBatch(tx, { ...shared, now: base.clock.now() }));
      return;
    } catch (error) {
      const moved = error instanceof StockMoved || violatedConstraint(error) !== undefined;
      if (!moved || attempt === ATTEMPTS) throw error;
    }
  }
}

async function finish(base: BaseContext, actor: Actor, { id, filename, dryRun }: ImportRun): Promise<void> {
  await inTransaction(base, actor, async ({ tx, audit }) => {
    const ended = await tx
      .updateTable('imports')
      .set(({ ref }) => ({ status: 'done', total: ref('done') }))
      .where('id', '=', id)
      .where('status', '=', 'running')
      .returning(['created', 'updated', 'unchanged', 'failed'])
      .executeTakeFirst();
    if (ended === undefined || dryRun) return;
    audit({ action: 'inventory.imported', subject: { type: 'import', id }, detail: { filename, ...ended } });
  });
}

async function markFailed({ db, log }: BaseContext, id: number, failure: string): Promise<void> {
  try {
    await db
      .updateTable('imports')
      .set({ status: 'failed', failure })
      .where('id', '=', id)
      .where('status', '=', 'running')
      .execute();
  } catch (error) {
    // PostgreSQL is gone, and with it the import's lock: whoever looks next declares it interrupted.
    log.error({ err: error, importId: id }, 'the end of an import could not be written');
  }
}
