import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isErrorCode } from '../../../src/server/http/errors.ts';
import { rawCall, signInTo, startTestCentral, type TestCentral } from '../../parts/central.ts';

let central: TestCentral;
let token: string;
beforeAll(async () => {
  central = await startTestCentral();
  token = (await signInTo(central.url, 'admin@test.comptoir.test')).accessToken;
});
afterAll(() => central.stop());

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  rawCall(central.url, 'POST', path, { token, body, headers: { 'idempotency-key': uuid(), ...headers } });

describe('failures', () => {
  test('input that is not valid names each wrong field by its path', async () => {
    const { status, body } = await post('/api/v1/customers', { name: '', type: 'robot', phone: '12' });
    expect([status, body.code]).toEqual([422, 'invalid_input']);
    expect(body.data.issues.map(({ path }: { path: string }) => path).sort()).toEqual(['name', 'phone', 'type']);
  });

  test.each([
    ['broken JSON', '{"name": '],
    ['a JSON text that poisons prototypes', '{"name":"x","type":"individual","__proto__":{"admin":true}}'],
    ['a list where an object belongs', '[1,2]'],
    ['a number', '7'],
    ['nothing', ''],
  ])('%s is answered as invalid input', async (_title, text) => {
    const { status, body } = await post('/api/v1/customers', text);
    expect([status, body.code, body.defined]).toEqual([422, 'invalid_input', true]);
  });

  test.each(['application/x-www-form-urlencoded', 'text/plain', 'application/octet-stream', 'text/xml'])(
    'a body of type %s is answered as invalid input',
    async (type) => {
      const { status, body } = await post('/api/v1/customers', 'name=x&type=individual', { 'content-type': type });
      expect([status, body.code]).toEqual([422, 'invalid_input']);
    },
  );

  test('a form that is no form is answered as invalid input', async () => {
    const type = 'multipart/form-data; boundary=x';
    const { status, body } = await post('/api/v1/inventory/imports', 'no boundary here', { 'content-type': type });
    expect([status, body.code]).toEqual([422, 'invalid_input']);
  });

  test('a body over the limit is refused as too large', async () => {
    const { status, body } = await post('/api/v1/customers', { name: 'x'.repeat(2_000_000), type: 'individual' });
    expect([status, body.code]).toEqual([413, 'payload_too_large']);
  });

  test('an import may be larger than other bodies', async () => {
    const { status } = await post('/api/v1/inventory/imports', { content: 'x'.repeat(2_000_000), dryRun: true });
    expect(status).not.toBe(413);
  });

  test.each([
    ['GET', '/api/v1/nothing'],
    ['PUT', '/api/v1/customers/1'],
    ['DELETE', '/api/v1/customers/1'],
    ['GET', '/nothing/at/all'],
    ['GET', '/api/v1/customers/%00'],
    ['POST', '/api/v1/demo/clock'],
    ['POST', '/api/v1/demo/faults'],
  ])('%s %s is not found or not valid, in our own form', async (method, path) => {
    const body = method === 'POST' ? {} : undefined;
    const answer = await rawCall(central.url, method, path, { token, body });
    expect(isErrorCode(answer.body.code)).toBe(true);
    expect([404, 422]).toContain(answer.status);
  });

  test.each(['0', '1.5', 'abc', '99999999999', 'null'])('%s is no id of a customer', async (id) => {
    const { status, body } = await rawCall(central.url, 'GET', `/api/v1/customers/${id}`, { token });
    expect([status, body.code]).toEqual([422, 'invalid_input']);
  });

  test('a cursor that was not ours is refused', async () => {
    for (const cursor of ['x', 'bnVsbA', Buffer.from('{"probe":-1}').toString('base64url')]) {
      const { status, body } = await rawCall(central.url, 'GET', `/api/v1/customers?cursor=${cursor}`, { token });
      expect([status, body.code]).toEqual([422, 'invalid_input']);
    }
  });

  test('an unforeseen failure says nothing of its cause, only the number under which it is logged', async () => {
    await post('/api/v1/customers', { name: 'Someone', type: 'individual' });
    await central.db.schema.alterTable('sites').renameTo('sites_away').execute();
    try {
      const headers = { 'x-request-id': 'request-of-this-test' };
      const { status, body, text } = await rawCall(central.url, 'GET', '/api/v1/customers/1/sites', { token, headers });
      expect([status, body.code, body.data]).toEqual([500, 'internal_error', { requestId: 'request-of-this-test' }]);
      expect(text).not.toMatch(/relation|sites/);
    } finally {
      await central.db.schema
        .alterTable('sites_away' as 'sites')
        .renameTo('sites')
        .execute();
    }
  });

  test('every answer carries its request id and forbids scripts and frames', async () => {
    const { headers } = await rawCall(central.url, 'GET', '/api/v1/me', { token });
    expect(headers.get('x-request-id')).toMatch(/^[\w-]{8,}$/);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });
});
