import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from '../../../src/server/context.ts';
import { createImports } from '../../../src/server/inventory/imports/create-import.ts';
import { getImport, listImportRows, listImports } from '../../../src/server/inventory/imports/import-views.ts';
import { numberingOf } from '../../../src/server/inventory/phone-numbers.ts';
import { waitUntil } from '../../parts/wait.ts';
import { type ImportRoom, openImportRoom } from './import-room.ts';
import { iccidOf } from './stock-room.ts';

let room: ImportRoom;
beforeAll(async () => {
  room = await openImportRoom();
});
afterAll(() => room.close());

const ROWS = 200_000;
const START = 5_000_000;

/** BOM, CRLF, quotes, and in three lines what people break. */
function largeFile(): string {
  const lines = Array.from({ length: ROWS }, (_, index) => {
    const imsi = `2345${String(index).padStart(11, '0')}`;
    const label = `"Card ""${index}"", box ${index % 7}"`;
    return `"${iccidOf(START + index)}",${imsi},${label},12345678`;
  });
  lines[50_000] = `"8944110000000000000",999990000000000,,`;
  lines[100_000] = 'no card at all';
  lines[150_000] = `"${iccidOf(START + 150_000)},234500000150000,never closed,1`;
  return `\uFEFF${['ICC ID,IMSI,Label,PUK', ...lines].join('\r\n')}\r\n`;
}

/** Ends a hang; on a busy machine the whole takes minutes. */
const LONG = 400_000;

describe('a CSV file of 200,000 rows with a BOM, CRLF, quotes and 3 broken rows', () => {
  it(
    'is imported but for the three, which are told by line; again, it changes nothing',
    async () => {
      const text = largeFile();
      const done = await room.importText(text);
      expect(done).toMatchObject({
        ...{ status: 'done', progress: { done: ROWS, total: ROWS } },
        counts: { created: ROWS - 3, updated: 0, unchanged: 0, failed: 3 },
      });
      expect(done.rows.slice(0, 4).map(({ line, outcome, error }) => [line, outcome, error])).toEqual([
        [50_002, 'failed', { code: 'invalid_identifier', field: 'iccid', value: '8944110000000000000' }],
        [100_002, 'failed', { code: 'wrong_column_count', field: null, value: '1' }],
        [150_002, 'failed', { code: 'broken_quotes', field: null, value: null }],
        [2, 'created', null],
      ]);
      expect(done.rows).toHaveLength(1_000);
      expect(await room.counts()).toEqual({ items: ROWS - 3, secrets: ROWS - 3, history: ROWS - 3 });
      const again = await room.importText(text);
      expect(again.counts).toEqual({ created: 0, updated: 0, unchanged: ROWS - 3, failed: 3 });
      const { items } = await listImportRows(room.db, { id: done.id, outcome: 'failed', limit: 2 });
      expect(items.map(({ line }) => line)).toEqual([50_002, 100_002]);
    },
    LONG,
  );
});

describe('an import in the background', () => {
  const file = (start: number, count: number) =>
    ['ICCID', ...Array.from({ length: count }, (_, index) => iccidOf(start + index))].join('\n');

  it('answers at once, shows its progress and ends', async () => {
    const begun = await room.importText(file(6_000_000, 10_000), { wait: false });
    expect(begun).toMatchObject({ status: 'running', progress: { total: 10_000 } });
    await waitUntil(async () => (await getImport(room.db, begun.id)).progress.done > 0, 'the import to get on');
    await waitUntil(async () => (await getImport(room.db, begun.id)).status === 'done', 'the import to get on');
    expect((await getImport(room.db, begun.id)).counts.created).toBe(10_000);
    expect((await listImports(room.db, { limit: 1 })).items).toMatchObject([{ id: begun.id, status: 'done' }]);
  });

  it('ends between two batches when central stops, and importing again does the rest', async () => {
    const closing = new AbortController();
    const imports = createImports({ box: room.box, numbering: numberingOf('GB'), closing: closing.signal });
    const order = { content: file(7_000_000, 20_000), dryRun: false, wait: false };
    const begun = await imports.create(room.base, systemActor, order);
    await waitUntil(async () => (await getImport(room.db, begun.id)).progress.done > 0, 'the import to get on');
    closing.abort();
    await imports.settled();
    const ended = await getImport(room.db, begun.id);
    expect(ended).toMatchObject({ status: 'failed', failure: 'interrupted' });
    expect(ended.progress.done % 2_000).toBe(0);
    const again = await room.importText(order.content);
    expect(again.counts).toMatchObject({ unchanged: ended.counts.created, created: 20_000 - ended.counts.created });
  });

  it('two of the same file at the same time receive each card once', async () => {
    const text = file(9_000_000, 6_000);
    const [a, b] = await Promise.all([room.importText(text), room.importText(text)]);
    expect([a.status, b.status]).toEqual(['done', 'done']);
    expect(a.counts.created + b.counts.created).toBe(6_000);
    expect(a.counts.unchanged + b.counts.unchanged).toBe(6_000);
  });
});
