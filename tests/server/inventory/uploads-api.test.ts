import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signInTo, startTestCentral, type TestCentral } from '../../parts/central.ts';
import { freshIccid } from './central-stock.ts';

let central: TestCentral;
let token: string;
beforeAll(async () => {
  central = await startTestCentral();
  token = (await signInTo(central.url, 'sales@test.comptoir.test')).accessToken;
});
afterAll(() => central.stop());

async function upload(body: BodyInit, headers: Record<string, string> = {}, query = '') {
  const response = await fetch(`${central.url}/api/v1/inventory/imports${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'idempotency-key': uuid(), ...headers },
    body,
  });
  return { status: response.status, answer: await response.json() };
}

const csv = () => `ICCID\n${freshIccid()}\n`;
const created = { status: 200, answer: { status: 'done', counts: { created: 1 } } };

describe('a stock file', () => {
  it('comes as a form, with its options as fields', async () => {
    const form = new FormData();
    form.set('file', new File([csv()], 'delivery 7.csv', { type: 'text/csv' }));
    form.set('dryRun', 'true');
    form.set('storeId', '1');
    const { status, answer } = await upload(form);
    expect(status).toBe(200);
    expect(answer).toMatchObject({ filename: 'delivery 7.csv', dryRun: true, counts: { created: 1 } });
  });

  it('comes as JSON', async () => {
    const body = JSON.stringify({ content: csv(), filename: 'a.csv', columns: {} });
    expect(await upload(body, { 'content-type': 'application/json' })).toMatchObject(created);
  });

  it('comes as the body itself, with its options in the query', async () => {
    expect(await upload(csv(), { 'content-type': 'text/csv' })).toMatchObject(created);
    const tried = await upload(csv(), { 'content-type': 'text/csv; charset=utf-8' }, '?dryRun=true&filename=b.csv');
    expect(tried.answer).toMatchObject({ dryRun: true, filename: 'b.csv', counts: { created: 1 } });
  });

  it('sent twice with one key is imported once and answered alike; with another file it is refused', async () => {
    const headers = { 'content-type': 'text/csv', 'idempotency-key': 'delivery-9' };
    const file = csv();
    const [first, second] = await Promise.all([upload(file, headers), upload(file, headers)]);
    expect(first).toMatchObject(created);
    expect(second).toEqual(first);
    expect(await upload(csv(), headers)).toMatchObject({ status: 409, answer: { code: 'idempotency_key_reused' } });
  });

  it('that is no stock says why in a declared error', async () => {
    const headers = { 'content-type': 'text/csv' };
    expect(await upload('colour\nred\n', headers)).toMatchObject({
      ...{ status: 422, answer: { code: 'import_unreadable', data: { reason: 'no_known_column', line: 1 } } },
    });
    expect(await upload('{}', { 'content-type': 'application/json' })).toMatchObject({
      status: 422,
      answer: { code: 'invalid_input' },
    });
  });

  it('may be large here and nowhere else', async () => {
    const large = `ICCID,Note\n${freshIccid()},${'x'.repeat(3_000_000)}\n`;
    expect(await upload(large, { 'content-type': 'text/csv' })).toMatchObject(created);
    const elsewhere = await fetch(`${central.url}/api/v1/inventory/items`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'idempotency-key': uuid(), 'content-type': 'text/csv' },
      body: large,
    });
    expect(elsewhere.status).toBe(413);
  });
});
