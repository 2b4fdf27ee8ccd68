import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLog } from '../../../src/server/system/log.ts';
import { PASSWORD, rawCall, signInTo, startTestCentral, type TestCentral } from '../../parts/central.ts';

let central: TestCentral;
let written = '';
const sink = new Writable({
  write(chunk, _encoding, done) {
    written += chunk;
    done();
  },
});
const log = createLog('trace', sink);
beforeAll(async () => {
  central = await startTestCentral({ log });
});
afterAll(() => central.stop());

const lines = (): Record<string, unknown>[] =>
  written
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('the log', () => {
  test('has a line of each request with its id, and no secret of any', async () => {
    const { accessToken, refreshToken } = await signInTo(central.url, 'admin@test.comptoir.test');
    const admin = central.client({ token: accessToken });
    const { key } = await admin.apiKeys.create({ name: 'Logged', permissions: ['view_customer'] });
    await central.client({ apiKey: key }).customers.list({ q: 'quiet search text' });
    await rawCall(central.url, 'POST', '/api/v1/auth/login', { body: { email: 'a@b.test', password: 'typed-wrong' } });
    await rawCall(central.url, 'POST', '/api/v1/auth/login', { body: '{"password": "cut off' });
    const id = 'request-to-find-again';
    await rawCall(central.url, 'GET', '/api/v1/me', { token: accessToken, headers: { 'x-request-id': id } });
    expect(lines()).toContainEqual(
      expect.objectContaining({ msg: 'request', reqId: id, path: '/api/v1/me', status: 200 }),
    );
    for (const secret of [PASSWORD, accessToken, refreshToken, key, 'typed-wrong', 'quiet search text']) {
      expect(written).not.toContain(secret);
    }
  });

  test('hides what is called like a secret, wherever it lies', () => {
    const secrets = { password: 's3', ki: 's3', puk1: 's3', refreshToken: 's3', authorization: 's3' };
    log.info(
      { ...secrets, body: secrets, req: { headers: { authorization: 's3', 'x-api-key': 's3' }, body: secrets } },
      'x',
    );
    expect(JSON.stringify(lines().at(-1))).not.toContain('s3');
  });

  test('has the cause of an unforeseen failure under the number that the caller got', async () => {
    const { accessToken } = await signInTo(central.url, 'admin@test.comptoir.test');
    await central.db.schema.alterTable('products').renameTo('products_away').execute();
    const { body } = await rawCall(central.url, 'GET', '/api/v1/products', { token: accessToken });
    await central.db.schema
      .alterTable('products_away' as 'products')
      .renameTo('products')
      .execute();
    const line = lines().find(({ reqId, msg }) => reqId === body.data.requestId && msg === 'request failed');
    expect(JSON.stringify(line)).toContain('relation \\"products\\" does not exist');
  });
});
