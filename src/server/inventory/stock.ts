import { sql } from 'kysely';
import type { Identifiers } from '#core/domain/inventory.ts';
import { memorability } from '#core/inventory/memorable.ts';
import type { SimSecrets } from '#core/inventory/secrets.ts';
import { iccidKey } from '#core/scan/iccid.ts';
import type { Tx } from '../database/connection.ts';
import type { HistoryEntry } from './history.ts';
import { writeHistory } from './history.ts';
import { makeLabels } from './labels.ts';
import type { SecretBox } from './secret-box.ts';
import { writeSecrets } from './secrets.ts';
import type { StoredStatus } from './tables.ts';

/** One item to put in stock. Identifiers are in their stored form (`normaliseIdentifiers`). */
export interface NewStock {
  readonly template: string;
  readonly identifiers: Identifiers;
  /** Absent or null: one is made, such as SIM-00126. */
  readonly label?: string | null;
  readonly status?: Exclude<StoredStatus, 'assigned'>;
  readonly storeId?: number | null;
  readonly secrets?: SimSecrets;
}

export interface Receipt {
  readonly box: SecretBox;
  readonly now: Date;
  readonly userName: string | null;
  readonly event?: Extract<HistoryEntry['event'], 'received' | 'imported'>;
}

/** `id` is null when an item with this label or one of these identifiers exists; then nothing was written for it. */
export interface StoredStock {
  readonly id: number | null;
  readonly label: string;
}

/**
 * Puts many items in stock at once, some thousand per call, each with its history and sealed secrets. The answer is in
 * the order of `rows`. For demo data too: `insertStock(tx, rows, { box, now, userName: null })`. Labels that look like
 * made ones (SIM-00123) move the counter past them.
 */
export async function insertStock(tx: Tx, rows: readonly NewStock[], receipt: Receipt): Promise<StoredStock[]> {
  if (rows.length === 0) return [];
  const labels = await makeLabels(tx, rows);
  const labelled = rows.map((row, index) => ({ ...row, label: labels[index] ?? '' }));
  const ids = await insertItems(tx, labelled, receipt.now);
  const stored = labelled.map((row) => ({ row, id: ids.get(row.label) ?? null }));
  await finish(tx, stored, receipt);
  return stored.map(({ row: { label }, id }) => ({ id, label }));
}

async function insertItems(
  tx: Tx,
  rows: readonly (NewStock & { label: string })[],
  now: Date,
): Promise<Map<string, number>> {
  const records = rows.map(({ template, label, identifiers, status = 'in_stock', storeId = null }) => ({
    ...{ template, label, label_key: label.toLowerCase(), status, store_id: storeId, ...identifiers },
    iccid_key: identifiers.iccid === undefined ? null : iccidKey(identifiers.iccid),
    memorable: identifiers.msisdn === undefined ? 0 : memorability(identifiers.msisdn),
  }));
  const { rows: inserted } = await sql<{ id: number; label: string }>`
    insert into items (template, label, label_key, iccid, iccid_key, imsi, msisdn, imei, serial, mac, status, store_id, memorable,
      created_at)
    select template, label, label_key, iccid, iccid_key, imsi, msisdn, imei, serial, mac, status, store_id, memorable, ${now}
    from rows from (jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as (template text, label text, label_key text, iccid text,
      iccid_key text, imsi text, msisdn text, imei text, serial text, mac text, status text, store_id int,
      memorable smallint)) with ordinality
    order by ordinality
    on conflict do nothing returning id, label`.execute(tx);
  return new Map(inserted.map(({ id, label }) => [label, id]));
}

async function finish(
  tx: Tx,
  stored: readonly { readonly row: NewStock; readonly id: number | null }[],
  { box, now, userName, event = 'received' }: Receipt,
): Promise<void> {
  const cards = stored.flatMap(({ row: { secrets = {} }, id }) =>
    id === null || Object.keys(secrets).length === 0 ? [] : [{ itemId: id, secrets }],
  );
  await writeSecrets(tx, box, cards);
  const entries = stored.flatMap(({ row: { status = 'in_stock', storeId = null }, id }): HistoryEntry[] =>
    id === null ? [] : [{ itemId: id, event, from: null, to: status, userName, detail: { storeId } }],
  );
  await writeHistory(tx, now, entries);
}
