import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getItem } from '../../../src/server/inventory/item-rows.ts';
import { readSecrets } from '../../../src/server/inventory/secrets.ts';
import { clerk, type ImportRoom, openImportRoom } from './import-room.ts';
import { iccid } from './stock-room.ts';

let room: ImportRoom;
beforeAll(async () => {
  room = await openImportRoom();
});
afterAll(() => room.close());

const outcomes = ({ rows }: { rows: { line: number; outcome: string }[] }) =>
  rows.map(({ line, outcome }) => `${line} ${outcome}`);

describe('a CSV file of stock', () => {
  it('puts its rows in stock, with labels made or given, stores by name or number and secrets sealed', async () => {
    const [first, second] = [iccid(), iccid()];
    const done = await room.importText(
      `ICCID,IMSI,Label,Store,PUK1\n${first},234500000000001,,Paris 2,12345678\n${second},234500000000002,CARD-A,2,\n`,
    );
    expect(done).toMatchObject({
      ...{ status: 'done', format: 'csv', failure: null, progress: { done: 2, total: 2 } },
      counts: { created: 2, updated: 0, unchanged: 0, failed: 0 },
    });
    const [made, given] = done.rows;
    const item = await getItem(room.db, made?.itemId ?? 0, room.now());
    expect(item).toMatchObject({
      identifiers: { iccid: first, imsi: '234500000000001' },
      storeId: 1,
      status: 'in_stock',
    });
    expect(item?.label).toMatch(/^SIM-\d{5}$/);
    expect(await getItem(room.db, given?.itemId ?? 0, room.now())).toMatchObject({ label: 'CARD-A', storeId: 2 });
    expect(await readSecrets(room.db, room.box, made?.itemId ?? 0)).toEqual({ puk1: '12345678' });
    expect(await readSecrets(room.db, room.box, given?.itemId ?? 0)).toBeNull();
  });

  it('imported twice changes nothing the second time', async () => {
    const text = `ICCID;IMSI;PUK;Ki\r\n${iccid()};234500000000011;87654321;${'0A'.repeat(16)}\r\n${iccid()};;;\r\n`;
    expect((await room.importText(text)).counts.created).toBe(2);
    const before = await room.counts();
    const again = await room.importText(text);
    expect(again.counts).toEqual({ created: 0, updated: 0, unchanged: 2, failed: 0 });
    expect(again.rows.every(({ itemId }) => itemId !== null)).toBe(true);
    expect(await room.counts()).toEqual(before);
  });

  it('tried first writes nothing and says of each row what the import then does', async () => {
    const known = iccid();
    await room.importText(`ICCID,IMSI\n${known},234500000000021\n`);
    const text = [
      'ICCID,IMSI,Label',
      `${iccid()},,`,
      `${known},,`,
      `${known},,`,
      `${known.slice(0, -1)}x,,`,
      `${iccid()},234500000000021,`,
      `${iccid()},234500000000029,NEW-1`,
    ].join('\n');
    const before = await room.counts();
    const tried = await room.importText(text, { dryRun: true });
    expect(await room.counts()).toEqual(before);
    const real = await room.importText(text);
    expect(tried.dryRun).toBe(true);
    expect(tried.counts).toEqual(real.counts);
    expect(tried.rows.map(({ line, outcome, error }) => ({ line, outcome, error }))).toEqual(
      real.rows.map(({ line, outcome, error }) => ({ line, outcome, error })),
    );
    expect(tried.rows.filter(({ outcome }) => outcome === 'failed').map(({ line, error }) => [line, error])).toEqual([
      [4, { code: 'duplicate_in_file', field: 'iccid', value: known }],
      [5, { code: 'invalid_identifier', field: 'iccid', value: `${known.slice(0, -1)}x` }],
      [6, { code: 'item_conflict', field: 'imsi', value: '234500000000021' }],
    ]);
  });

  it('completes what an item lacked, and never moves it or changes its state', async () => {
    const card = iccid();
    const [created] = (await room.importText(`ICCID,Store\n${card},1\n`)).rows;
    const text = `ICCID,IMSI,PUK,Store,Status,Label\n${card},234500000000031,11112222,2,faulty,GOLD-1\n`;
    const done = await room.importText(text);
    expect(done.rows).toMatchObject([{ outcome: 'updated', itemId: created?.itemId, label: 'GOLD-1' }]);
    expect(await getItem(room.db, created?.itemId ?? 0, room.now())).toMatchObject({
      ...{ label: 'GOLD-1', storeId: 1, status: 'in_stock', identifiers: { iccid: card, imsi: '234500000000031' } },
    });
    expect((await room.importText(text)).counts.unchanged).toBe(1);
  });

  it('knows a card in whichever spelling of its number it was received', async () => {
    const card = iccid();
    await room.importText(`ICCID\n${card}\n`);
    for (const spelling of [`${card}F`, card.slice(0, -1), card.replace(/(.{4})/g, '$1 ')])
      expect((await room.importText(`ICCID\n${spelling}\n`)).counts).toMatchObject({ unchanged: 1, failed: 0 });
  });

  it('conflicts where an item has another identifier, or the label is someone else’s', async () => {
    const [card, other] = [iccid(), iccid()];
    await room.importText(`ICCID,IMSI,Label\n${card},234500000000041,MINE-1\n${other},,MINE-2\n`);
    const done = await room.importText(
      `ICCID,IMSI,Label\n${card},234500000000042,\n${other},,MINE-1\n${iccid()},,mine-2\n`,
    );
    expect(done.rows.map(({ error }) => error)).toEqual([
      { code: 'item_conflict', field: 'imsi', value: '234500000000042' },
      { code: 'item_conflict', field: 'label', value: 'MINE-1' },
      { code: 'item_conflict', field: 'label', value: 'mine-2' },
    ]);
  });

  it('may label its items in any script; labels differ by more than their case', async () => {
    const text = `ICCID,Label\n${iccid()},ÉTÉ-1\n${iccid()},щука 😀\n${iccid()},${'ж'.repeat(100)}\n`;
    expect((await room.importText(text)).counts).toMatchObject({ created: 3, failed: 0 });
    expect((await room.importText(text)).counts).toMatchObject({ unchanged: 3, failed: 0 });
    expect((await room.importText(`ICCID,Label\n${iccid()},été-1\n`)).rows[0]?.error).toMatchObject({ field: 'label' });
  });

  it('may hold quotes, quoted delimiters and line breaks, blank lines, and lines are counted as an editor does', async () => {
    const text = `\uFEFF"Serial";"MAC";"Label"\r\n\r\n"SN-1";"aa:bb:cc:00:00:01";"Box; the ""big"" one"\r\nSN-2;AABBCC000002;"two\r\nlines"\r\nSN-3;;x\r\n`;
    const done = await room.importText(text, { template: 'modem' });
    expect(outcomes(done)).toEqual(['4 failed', '3 created', '6 created']);
    expect(done.rows[0]?.error).toMatchObject({ code: 'invalid_label', field: 'label' });
    expect(await getItem(room.db, done.rows[1]?.itemId ?? 0, room.now())).toMatchObject({
      ...{ template: 'modem', label: 'Box; the "big" one', identifiers: { serial: 'SN-1', mac: 'AA:BB:CC:00:00:01' } },
    });
  });

  it('loses only the line in which a quote is never closed', async () => {
    const cards = [iccid(), iccid(), iccid(), iccid()];
    const [a, b, c, d] = cards;
    const done = await room.importText(`ICCID,Label\n${a},ok-1\n"${b},broken\n${c},"ok ""2"""\n${d},ok-3,surplus\n`);
    expect(outcomes(done)).toEqual(['3 failed', '5 failed', '2 created', '4 created']);
    expect(done.rows.slice(0, 2).map(({ error }) => error)).toEqual([
      { code: 'broken_quotes', field: null, value: null },
      { code: 'wrong_column_count', field: null, value: '3' },
    ]);
  });

  it('is read with tabs, in UTF-16 and in the old code page of Windows', async () => {
    const tabs = `Numéro de téléphone\tMagasin\n+44 7700 900 201\tParis 2\n`;
    const utf16 = new Uint8Array(Buffer.from(`\uFEFF${tabs}`, 'utf16le'));
    expect((await room.importText(utf16)).rows).toMatchObject([{ outcome: 'created' }]);
    const latin = new Uint8Array(Buffer.from(tabs.replace('201', '202'), 'latin1'));
    const done = await room.importText(latin);
    expect(done.columns.map(({ field }) => field)).toEqual(['msisdn', 'store']);
    expect(done.rows).toMatchObject([{ outcome: 'created' }]);
  });

  it('takes national numbers as the operator’s country dials them', async () => {
    const done = await room.importText('Number\n07700 900211\n447700900212\n(0)7700-900213\n0800\n');
    expect(outcomes(done)).toEqual(['5 failed', '2 created', '3 created', '4 created']);
    const item = await getItem(room.db, done.rows[1]?.itemId ?? 0, room.now());
    expect(item?.identifiers.msisdn).toBe('+447700900211');
  });

  it('of a shop receives into that shop only', async () => {
    const own = iccid();
    const done = await room.importText(`ICCID,Store\n${own},\n${iccid()},Lyon\n`, {}, clerk);
    expect(done.rows.map(({ error }) => error?.code ?? null)).toEqual(['other_store', null]);
    expect(await getItem(room.db, done.rows[1]?.itemId ?? 0, room.now())).toMatchObject({ storeId: 1 });
    await expect(room.importText(`ICCID\n${iccid()}\n`, { storeId: 2 }, clerk)).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  it('that can’t be read as a whole says why', async () => {
    const refused = async (content: string | Uint8Array<ArrayBuffer>) => {
      const error = await room.importText(content).catch((reason: unknown) => reason);
      return (error as { data: { reason: string } }).data.reason;
    };
    expect(await refused('')).toBe('empty');
    expect(await refused('\uFEFF \r\n')).toBe('empty');
    expect(await refused('name;colour\nx;y\n')).toBe('no_known_column');
    expect(await refused('Serial,MAC\nx1,\n')).toBe('no_template');
    expect(await refused(new Uint8Array([0x50, 0x4b, 3, 4, 1, 2, 3]))).toBe('spreadsheet');
    expect(await refused(new Uint8Array([1, 0, 2, 0, 3, 0]))).toBe('binary');
    await expect(room.importText('Serial\nx1\n', { template: 'fridge' })).rejects.toMatchObject({
      code: 'invalid_input',
    });
  });
});
