import { sql } from 'kysely';
import type { ItemStatus } from '#core/domain/inventory.ts';
import type { Tx } from '../database/connection.ts';

/** What happened to an item; `userName` null when nobody did it. */
export interface HistoryEntry {
  readonly itemId: number;
  readonly event:
    | 'received'
    | 'imported'
    | 'completed'
    | 'reserved'
    | 'released'
    | 'hold_lapsed'
    | 'hold_withdrawn'
    | 'ordered'
    | 'assigned'
    | 'unassigned'
    | 'changed'
    | 'secrets_revealed';
  readonly from: ItemStatus | null;
  readonly to: ItemStatus;
  readonly userName: string | null;
  /** JSON without secrets. */
  readonly detail?: Record<string, unknown>;
}

/** Writes entries in their order, all at one instant. */
export async function writeHistory(tx: Tx, at: Date, entries: readonly HistoryEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map(({ itemId, event, from, to, userName, detail = {} }) => ({
    item_id: itemId,
    event,
    from_status: from,
    to_status: to,
    user_name: userName,
    detail,
  }));
  await sql`
    insert into item_history (item_id, at, event, from_status, to_status, user_name, detail)
    select item_id, ${at}, event, from_status, to_status, user_name, detail
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as entry (item_id int, event text, from_status text,
      to_status text, user_name text, detail jsonb)
  `.execute(tx);
}
