import type { Import } from '#core/contract/central/inventory.ts';
import { areWholeIccids } from '#core/inventory/identifiers.ts';
import { inferTemplate, type StockContext } from '#core/inventory/stock-row.ts';
import type { Actor, BaseContext } from '../../context.ts';
import type { Db } from '../../database/connection.ts';
import { fail } from '../../http/errors.ts';
import type { Numbering } from '../phone-numbers.ts';
import { refuseOtherStore } from '../reservations.ts';
import type { SecretBox } from '../secret-box.ts';
import { decodeFile, unreadable } from './decode.ts';
import { startLocked } from './import-lock.ts';
import { getImport } from './import-views.ts';
import { runImport } from './run-import.ts';
import { openStockFile, type StockFile } from './stock-file.ts';

/** As the contract's `createImport` takes it. */
export interface ImportOrder {
  readonly file?: File | undefined;
  readonly content?: string | undefined;
  readonly filename?: string | undefined;
  readonly template?: string | undefined;
  readonly storeId?: number | undefined;
  readonly dryRun: boolean;
  readonly wait: boolean;
  readonly columns?: Record<string, string> | undefined;
}

export interface Imports {
  create(base: BaseContext, actor: Actor, order: ImportOrder): Promise<Import>;
  /** Waits for what runs; with `closing` aborted, that ends after its batch. */
  settled(): Promise<void>;
}

export interface ImportTools {
  readonly box: SecretBox;
  readonly numbering: Numbering;
  readonly closing: AbortSignal;
}

const MAX_BYTES = 64 * 1024 * 1024;
/** Each holds its file in memory. */
const MAX_RUNNING = 4;

/** Takes stock files and works them off, a few at a time. */
export function createImports({ box, numbering, closing }: ImportTools): Imports {
  const running = new Set<Promise<void>>();
  return {
    async create(base, actor, order) {
      if (running.size >= MAX_RUNNING || closing.aborted) throw fail('unavailable', { reason: 'imports_busy' });
      const { text, filename } = await textOf(order);
      const file = openStockFile(text, order.columns);
      const stock = await stockContext(base.db, actor, order, file, numbering);
      const record = { ...recordOf(base, actor, order, file, filename), storeId: stock.storeId };
      const started = await startLocked(base.db, record, (id) =>
        runImport(base, actor, { id, filename, dryRun: order.dryRun, file, stock, box, closing }),
      );
      const watched = started.ended.finally(() => running.delete(watched));
      running.add(watched);
      if (order.wait) await watched;
      return getImport(base.db, started.id);
    },
    async settled() {
      await Promise.allSettled(running);
    },
  };
}

async function textOf({ file, content, filename }: ImportOrder): Promise<{ text: string; filename: string }> {
  if ((file?.size ?? content?.length ?? 0) > MAX_BYTES) throw fail('payload_too_large');
  if (file === undefined && content === undefined) throw invalid('file', 'required');
  const bytes = file === undefined ? Buffer.from(content ?? '') : await file.bytes();
  return { text: decodeFile(bytes), filename: filename ?? file?.name ?? '' };
}

function invalid(path: string, message: string) {
  return fail('invalid_input', { issues: [{ path, message }] });
}

async function stockContext(
  db: Db,
  actor: Actor,
  order: ImportOrder,
  file: StockFile,
  numbering: Numbering,
): Promise<StockContext> {
  const { format, columns } = file;
  const templates = await db.selectFrom('inventoryTemplates').select(['slug', 'name', 'identifiers']).execute();
  const stores = await db.selectFrom('stores').select(['id', 'name']).execute();
  const { template: chosen } = order;
  if (chosen !== undefined && !templates.some(({ slug }) => slug === chosen))
    throw invalid('template', 'unknown_template');
  if (order.storeId !== undefined && !stores.some(({ id }) => id === order.storeId))
    throw invalid('storeId', 'unknown_store');
  refuseOtherStore(actor, order.storeId ?? null);
  const template = format === 'sim_output' ? 'sim_card' : (chosen ?? inferTemplate(columns));
  if (template === null && !columns.some(({ field }) => field === 'template')) throw unreadable('no_template');
  const storeId = order.storeId ?? actor.storeId;
  const spelling = { readNumber: numbering.read, wholeIccids: areWholeIccids(someIccids(file)) };
  return { columns, templates, template, stores, storeId, ownStoreId: actor.storeId, spelling };
}

/** Enough to tell how this file spells its cards. */
const SAMPLE = 500;

function* someIccids({ columns, records }: StockFile): Generator<string> {
  const column = columns.findIndex(({ field }) => field === 'iccid');
  let seen = 0;
  for (const record of column === -1 ? [] : records()) {
    if ('values' in record) yield record.values[column] ?? '';
    seen += 1;
    if (seen === SAMPLE) return;
  }
}

function recordOf({ clock }: BaseContext, actor: Actor, order: ImportOrder, file: StockFile, filename: string) {
  return {
    filename: filename.slice(0, 300),
    format: file.format,
    dryRun: order.dryRun,
    status: 'running' as const,
    failure: null,
    total: file.total,
    columns: JSON.stringify(file.columns),
    userName: actor.name,
    startedAt: clock.now(),
  };
}
