import { pino } from 'pino';
import type { Import } from '#core/contract/central/inventory.ts';
import { type Actor, type BaseContext, systemActor } from '../../../src/server/context.ts';
import { createImports, type ImportOrder } from '../../../src/server/inventory/imports/create-import.ts';
import { numberingOf } from '../../../src/server/inventory/phone-numbers.ts';
import { openStockRoom, type StockRoom } from './stock-room.ts';

export interface ImportRoom extends StockRoom {
  readonly base: BaseContext;
  readonly closing: AbortController;
  /** Imports a text as the office does unless told otherwise, and waits for its end. */
  importText(content: string | Uint8Array<ArrayBuffer>, options?: Partial<ImportOrder>, by?: Actor): Promise<Import>;
  counts(): Promise<{ items: number; secrets: number; history: number }>;
}

const notUsed = () => {
  throw new Error('an import has no use for this');
};

export const clerk: Actor = { kind: 'user', id: 1, name: 'Ana', permissions: ['create_inventory'], storeId: 1 };

export async function openImportRoom(): Promise<ImportRoom> {
  const room = await openStockRoom();
  const closing = new AbortController();
  const imports = createImports({ box: room.box, numbering: numberingOf('GB'), closing: closing.signal });
  const base: BaseContext = {
    ...{
      db: room.db,
      clock: { now: room.now },
      log: pino({ level: 'silent' }),
      requestId: 'test',
      headers: {},
      ip: '',
    },
    ...{
      answers: { close: notUsed, open: notUsed },
      closing: closing.signal,
      identify: notUsed,
      identifyDesk: notUsed,
    },
  };
  return {
    ...{ ...room, base, closing },
    importText: (content, options = {}, by = systemActor) => {
      const file = typeof content === 'string' ? { content } : { file: new File([content], 'stock.csv') };
      return imports.create(base, by, { dryRun: false, wait: true, filename: 'stock.csv', ...file, ...options });
    },
    counts: async () => {
      const count = async (table: 'items' | 'itemSecrets' | 'itemHistory') => {
        const query = room.db.selectFrom(table).select(({ fn }) => fn.countAll<number>().as('count'));
        return (await query.executeTakeFirstOrThrow()).count;
      };
      return { items: await count('items'), secrets: await count('itemSecrets'), history: await count('itemHistory') };
    },
  };
}
