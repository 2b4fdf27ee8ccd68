import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unswapNibbles } from '#core/inventory/sim-output.ts';
import { getItem } from '../../../src/server/inventory/item-rows.ts';
import { readSecrets } from '../../../src/server/inventory/secrets.ts';
import { type ImportRoom, openImportRoom } from './import-room.ts';
import { iccid } from './stock-room.ts';

let room: ImportRoom;
beforeAll(async () => {
  room = await openImportRoom();
});
afterAll(() => room.close());

const ki = (digit: string) => digit.repeat(32);
const cards = [iccid(), iccid(), iccid()];
const [first = '', second = '', third = ''] = cards;

const file = [
  '*************************************',
  '*        HEADER DESCRIPTION         *',
  '*************************************',
  '* Customer: Demo Mobile',
  'Quantity     : 3',
  'Type         : USIM 128K',
  'Batch        : 20261122',
  'Transport_key: 000',
  '*************************************',
  '*         INPUT VARIABLES           *',
  'Var_In:',
  'IMSI: 234500000000101',
  `ICCID: ${first}`,
  '*         OUTPUT VARIABLES          *',
  'Var_Out:IMSI/ICCID/PIN1/PUK1/PIN2/PUK2/Ki',
  `234500000000101 ${first}F 0000 11111111 1111 22222222 ${ki('a')}`,
  '',
  `234500000000102 ${unswapNibbles(`${second}F`)} 0000 33333333 1111 44444444 ${ki('b')}`,
  `234500000000103 ${third} 0000 5555 1111 66666666 ${ki('c')}`,
  '234500000000104 0000',
  '* end of file',
].join('\r\n');

describe('a SIM maker’s output file', () => {
  it('becomes SIM cards with sealed secrets, each broken line told without its secrets', async () => {
    const done = await room.importText(file, { storeId: 1, filename: 'batch.out' });
    expect(done).toMatchObject({
      format: 'sim_output',
      counts: { created: 2, failed: 2 },
      progress: { done: 4, total: 4 },
    });
    expect(done.columns.map(({ field }) => field)).toEqual(['imsi', 'iccid', 'pin1', 'puk1', 'pin2', 'puk2', 'ki']);
    expect(done.rows.map(({ line, outcome, error }) => [line, outcome, error])).toEqual([
      [19, 'failed', { code: 'invalid_secret', field: 'puk1', value: null }],
      [20, 'failed', { code: 'wrong_column_count', field: null, value: '2' }],
      [16, 'created', null],
      [18, 'created', null],
    ]);
    const id = done.rows[3]?.itemId ?? 0;
    expect(await getItem(room.db, id, room.now())).toMatchObject({
      ...{ template: 'sim_card', storeId: 1, identifiers: { iccid: second, imsi: '234500000000102' } },
    });
    expect(await readSecrets(room.db, room.box, id)).toEqual({
      ...{ pin1: '0000', puk1: '33333333', pin2: '1111', puk2: '44444444', ki: ki('B') },
    });
  });

  it('adds the secrets to cards that were received without them, once', async () => {
    const card = iccid();
    const [item] = await room.stock([{ template: 'sim_card', identifiers: { iccid: card } }]);
    const text = `Var_Out:ICCID/PUK1\n${card.slice(0, -1)} 98989898\n`;
    expect((await room.importText(text)).counts).toMatchObject({ updated: 1 });
    expect((await room.importText(text)).counts).toMatchObject({ unchanged: 1 });
    expect(await readSecrets(room.db, room.box, item ?? 0)).toEqual({ puk1: '98989898' });
  });

  it('a sealed row copied to another card does not open there', async () => {
    const [a, b] = await room.stock([
      { template: 'sim_card', identifiers: { iccid: iccid() }, secrets: { puk1: '10101010' } },
      { template: 'sim_card', identifiers: { iccid: iccid() }, secrets: { puk1: '20202020' } },
    ]);
    const stolen = await room.db
      .selectFrom('itemSecrets')
      .selectAll()
      .where('itemId', '=', a ?? 0)
      .executeTakeFirstOrThrow();
    await room.db
      .updateTable('itemSecrets')
      .set({ ...stolen, itemId: b ?? 0 })
      .where('itemId', '=', b ?? 0)
      .execute();
    await expect(readSecrets(room.db, room.box, b ?? 0)).rejects.toThrow();
  });
});
