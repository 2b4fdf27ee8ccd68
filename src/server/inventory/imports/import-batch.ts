import { type Insertable, sql } from 'kysely';
import type { StockProblem, StockRow } from '#core/inventory/stock-row.ts';
import { iccidKey } from '#core/scan/iccid.ts';
import type { Tx } from '../../database/connection.ts';
import { type HistoryEntry, writeHistory } from '../history.ts';
import { findKnown } from '../matching.ts';
import type { SecretBox } from '../secret-box.ts';
import { readSecretsOf, writeSecrets } from '../secrets.ts';
import { insertStock, type StoredStock } from '../stock.ts';
import type { InventoryTables } from '../tables.ts';
import { type Plan, planRow } from './plan-row.ts';

/** One row of the file as far as it could be read. */
export type ReadRow = { readonly line: number } & ({ readonly row: StockRow } | { readonly problem: StockProblem });

export interface Batch {
  readonly importId: number;
  readonly dryRun: boolean;
  readonly rows: readonly ReadRow[];
  /** The only store whose items the importer may complete; null: any. */
  readonly ownStoreId: number | null;
  readonly box: SecretBox;
  readonly userName: string;
  readonly now: Date;
}

export type Counts = Record<'created' | 'updated' | 'unchanged' | 'failed', number>;
type Result = Insertable<InventoryTables['importRows']>;

/** Someone else received one of these items while the batch was planned; plan again. */
export class StockMoved extends Error {}

/** The import was declared dead meanwhile: it must write nothing more. */
export class ImportEnded extends Error {}

/** Works off some rows in one transaction: the stock, the result of each row and the progress stand or fall together. */
export async function runBatch(tx: Tx, batch: Batch): Promise<Counts> {
  // Statistics lag behind a large import, and without them PostgreSQL reads all items to find two thousand.
  await sql`set local enable_seqscan = off`.execute(tx);
  const plans = await planBatch(tx, batch);
  const stored = batch.dryRun ? new Map<number, StoredStock>() : await applyPlans(tx, plans, batch);
  const results = plans.map(([line, plan]) => resultOf(batch.importId, line, plan, stored.get(line)));
  const counts = countsOf(results);
  await writeResults(tx, results);
  const { numUpdatedRows } = await tx
    .updateTable('imports')
    .set(({ eb }) => ({
      done: eb('done', '+', results.length),
      created: eb('created', '+', counts.created),
      updated: eb('updated', '+', counts.updated),
      unchanged: eb('unchanged', '+', counts.unchanged),
      failed: eb('failed', '+', counts.failed),
    }))
    .where('id', '=', batch.importId)
    .where('status', '=', 'running')
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) throw new ImportEnded();
  return counts;
}

async function planBatch(tx: Tx, { rows, ownStoreId, box }: Batch): Promise<[number, Plan][]> {
  const known = await findKnown(
    tx,
    rows.flatMap((read) => ('row' in read ? [read.row] : [])),
  );
  const secrets = await readSecretsOf(tx, box, known.ids);
  return rows.map((read) => [
    read.line,
    'row' in read ? planRow(read.row, known, secrets, ownStoreId) : { outcome: 'fail', problem: read.problem },
  ]);
}

async function applyPlans(tx: Tx, plans: readonly [number, Plan][], batch: Batch): Promise<Map<number, StoredStock>> {
  const { box, userName, now } = batch;
  const fresh = plans.flatMap(([, plan]) => (plan.outcome === 'create' ? [plan.row] : []));
  const stored = await insertStock(tx, fresh, { box, userName, now, event: 'imported' });
  if (stored.some(({ id }) => id === null)) throw new StockMoved();
  await complete(tx, plans, batch);
  return new Map(fresh.map((row, index) => [row.line, stored[index] ?? { id: null, label: '' }]));
}

async function complete(tx: Tx, plans: readonly [number, Plan][], { box, userName, now }: Batch): Promise<void> {
  const plain = plans.flatMap(([, plan]) => (plan.outcome === 'complete' ? [plan] : []));
  if (plain.length === 0) return;
  const changes = plain.map(({ item, change: { identifiers, label } }) => ({
    ...{ id: item.id, label, label_key: label?.toLowerCase() ?? null, ...identifiers },
    iccid_key: identifiers.iccid === undefined ? null : iccidKey(identifiers.iccid),
  }));
  await sql`
    update items set label = coalesce(new.label, items.label), label_key = coalesce(new.label_key, items.label_key), iccid = coalesce(items.iccid, new.iccid),
      iccid_key = coalesce(items.iccid_key, new.iccid_key), imsi = coalesce(items.imsi, new.imsi),
      msisdn = coalesce(items.msisdn, new.msisdn), imei = coalesce(items.imei, new.imei),
      serial = coalesce(items.serial, new.serial), mac = coalesce(items.mac, new.mac)
    from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) as new (id int, label text, label_key text, iccid text, iccid_key text,
      imsi text, msisdn text, imei text, serial text, mac text)
    where items.id = new.id`.execute(tx);
  const cards = plain.flatMap(({ item, change: { secrets } }) =>
    secrets === null ? [] : [{ itemId: item.id, secrets }],
  );
  await writeSecrets(tx, box, cards);
  const entries = plain.map(({ item: { id, status }, change }): HistoryEntry => {
    const detail = {
      identifiers: Object.keys(change.identifiers),
      secrets: change.secrets !== null,
      label: change.label,
    };
    return { itemId: id, event: 'completed', from: status, to: status, userName, detail };
  });
  await writeHistory(tx, now, entries);
}

function resultOf(importId: number, line: number, plan: Plan, stored: StoredStock | undefined): Result {
  const result = { importId, line, itemId: null, label: null, error: null };
  if (plan.outcome === 'fail') return { ...result, outcome: 'failed', error: JSON.stringify(plan.problem) };
  if (plan.outcome === 'create') {
    const label = stored?.label ?? plan.row.label;
    return { ...result, outcome: 'created', itemId: stored?.id ?? null, label };
  }
  const { item } = plan;
  const label = plan.outcome === 'complete' ? (plan.change.label ?? item.label) : item.label;
  return { ...result, outcome: plan.outcome === 'complete' ? 'updated' : 'unchanged', itemId: item.id, label };
}

function countsOf(results: readonly Result[]): Counts {
  const counts = { created: 0, updated: 0, unchanged: 0, failed: 0 };
  for (const { outcome } of results) counts[outcome] += 1;
  return counts;
}

async function writeResults(tx: Tx, results: readonly Result[]): Promise<void> {
  const rows = results.map(({ importId, line, outcome, itemId, label, error }) => ({
    ...{ import_id: importId, line, outcome, item_id: itemId, label },
    error: typeof error === 'string' ? JSON.parse(error) : null,
  }));
  await sql`
    insert into import_rows (import_id, line, outcome, item_id, label, error)
    select import_id, line, outcome, item_id, label, error
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (import_id int, line int, outcome text, item_id int,
      label text, error jsonb)`.execute(tx);
}
