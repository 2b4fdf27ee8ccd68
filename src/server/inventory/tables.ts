import type { ColumnType, Generated } from 'kysely';
import type { Identifier, ItemStatus } from '#core/domain/inventory.ts';
import type { MappedColumn } from '#core/inventory/stock-columns.ts';
import type { StockProblem } from '#core/inventory/stock-row.ts';

/** What a row of `items` may say; reserved is told by an open reservation. */
export type StoredStatus = Exclude<ItemStatus, 'reserved'>;
export type ReservationEnd = 'released' | 'lapsed' | 'withdrawn' | 'assigned' | 'undone';

export interface InventoryTables {
  inventoryTemplates: {
    slug: string;
    name: string;
    identifiers: Identifier[];
    labelPrefix: string;
    labelCount: Generated<number>;
  };
  items: {
    id: Generated<number>;
    template: string;
    label: string;
    labelKey: string;
    iccid: string | null;
    iccidKey: string | null;
    imsi: string | null;
    msisdn: string | null;
    imei: string | null;
    serial: string | null;
    mac: string | null;
    status: StoredStatus;
    storeId: number | null;
    customerId: number | null;
    serviceId: number | null;
    orderId: number | null;
    /** The desk that alone may promise it without a line; null when it is in nobody's share. */
    deskId: Generated<string | null>;
    memorable: Generated<number>;
    createdAt: Date;
  };
  reservations: {
    id: string;
    itemId: number;
    draftId: string;
    orderId: number | null;
    expiresAt: Date | null;
    storeId: number | null;
    userName: string;
    /** The enrolled desk at which it was taken; null elsewhere. */
    deskId: Generated<string | null>;
    createdAt: Date;
    endedAt: Date | null;
    endReason: ReservationEnd | null;
  };
  itemSecrets: { itemId: number; keyId: string; nonce: Buffer; sealed: Buffer; hasEsim: Generated<boolean> };
  itemHistory: {
    id: Generated<number>;
    itemId: number;
    at: Date;
    event: string;
    fromStatus: ItemStatus | null;
    toStatus: ItemStatus;
    userName: string | null;
    detail: ColumnType<Record<string, unknown>, string, never>;
  };
  imports: {
    id: Generated<number>;
    filename: string;
    format: 'csv' | 'sim_output';
    dryRun: boolean;
    status: 'running' | 'done' | 'failed';
    failure: string | null;
    done: Generated<number>;
    total: Generated<number>;
    created: Generated<number>;
    updated: Generated<number>;
    unchanged: Generated<number>;
    failed: Generated<number>;
    columns: ColumnType<MappedColumn[], string, string>;
    storeId: number | null;
    userName: string;
    startedAt: Date;
  };
  importRows: {
    importId: number;
    line: number;
    outcome: 'created' | 'updated' | 'unchanged' | 'failed';
    itemId: number | null;
    label: string | null;
    error: ColumnType<StockProblem | null, string | null, never>;
  };
}
