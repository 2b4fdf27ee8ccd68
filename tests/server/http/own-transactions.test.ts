import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CentralClient, startTestCentral, type TestCentral } from '../../parts/central.ts';

let central: TestCentral;
let sales: CentralClient;
beforeAll(async () => {
  central = await startTestCentral();
  sales = await central.asSales();
});
afterAll(() => central.stop());

const serials = (prefix: string) => ['serial', ...Array.from({ length: 50 }, (_, n) => `${prefix}${n}`)].join('\n');
const importCsv = (prefix: string, idempotencyKey: string) =>
  sales.inventory.createImport({ content: serials(prefix), template: 'modem' }, { context: { idempotencyKey } });

describe('a command with transactions of its own', () => {
  test('ten at once with one key: the work is done once, and all get its answer', async () => {
    const key = uuid();
    const answers = await Promise.all(Array.from({ length: 10 }, () => importCsv('ONCE', key)));
    expect(answers[0]?.counts).toMatchObject({ created: 50, failed: 0 });
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    const imports = await central.db.selectFrom('imports').select('id').execute();
    expect(imports).toHaveLength(1);
  });

  test('forty different ones at once all get through: they do not use up the connections that they need', async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, (_, n) => importCsv(`MANY${n}-`, uuid())));
    expect(answers.map(({ counts }) => counts.created)).toEqual(answers.map(() => 50));
  });

  test('the same key with another file is refused', async () => {
    const key = uuid();
    await importCsv('FIRST', key);
    await expect(importCsv('OTHER', key)).rejects.toMatchObject({ code: 'idempotency_key_reused' });
  });

  test('a key whose work failed may be tried again', async () => {
    const key = uuid();
    const call = (content: string) =>
      sales.inventory.createImport({ content, template: 'modem' }, { context: { idempotencyKey: key } });
    await expect(call('')).rejects.toMatchObject({ status: 422 });
    expect((await call(serials('AGAIN'))).counts.created).toBe(50);
  });

  test('without a key it is refused', async () => {
    const call = sales.inventory.createImport({ content: 'serial\nX1' }, { context: { idempotencyKey: '' } });
    await expect(call).rejects.toMatchObject({ code: 'idempotency_key_required' });
  });
});
