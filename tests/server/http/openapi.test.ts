import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rawCall, startTestCentral, type TestCentral } from '../../parts/central.ts';

let central: TestCentral;
beforeAll(async () => {
  central = await startTestCentral();
});
afterAll(() => central.stop());

/** The table of outward names (contract.md), without what comes later: sync, impersonation, portal. */
const outward = [
  'POST /auth/login',
  'POST /auth/refresh',
  'POST /auth/logout',
  'GET /me',
  'GET /products',
  'GET /customers',
  'POST /customers',
  'GET /customers/{id}',
  'PATCH /customers/{id}',
  'GET /customers/{id}/services',
  'GET /customers/{id}/contacts',
  'GET /customers/{id}/sites',
  'GET /customers/{id}/activity',
  'GET /inventory/items',
  'POST /inventory/reservations',
  'PATCH /inventory/reservations/{id}',
  'DELETE /inventory/reservations/{id}',
  'POST /inventory/imports',
  'POST /orders',
  'GET /orders/{id}',
  'GET /provisioning/jobs/{id}',
  'GET /provisioning/jobs/{id}/events',
  'POST /provisioning/jobs/{id}/retry',
  'POST /provisioning/jobs/{id}/cancel',
  'GET /services/{id}',
  'GET /services/{id}/balances',
];

interface Operation {
  operationId: string;
  responses: Record<string, object>;
  'x-permission'?: string;
}

const document = async () => (await rawCall(central.url, 'GET', '/api/v1/openapi.json')).body;

describe('the OpenAPI document', () => {
  test('is OpenAPI 3.1 and names every outward route, without the demo’s', async () => {
    const { openapi, paths, servers } = await document();
    expect(openapi).toMatch(/^3\.1\./);
    expect(servers).toEqual([{ url: '/api/v1' }]);
    const named = Object.entries<object>(paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(named).toEqual(expect.arrayContaining(outward));
    expect(named.filter((name) => name.includes('/demo/'))).toEqual([]);
  });

  test('each operation has its own id, its answers, its errors and who may call it', async () => {
    const { paths } = await document();
    const operations = Object.values<Record<string, Operation>>(paths).flatMap((item) => Object.values(item));
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    for (const operation of operations) {
      expect(operation['x-permission'], operation.operationId).toBeTypeOf('string');
      expect(
        Object.keys(operation.responses).some((status) => status.startsWith('2')),
        operation.operationId,
      ).toBe(true);
      expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(['401', '403', '422', '500', '503']));
    }
  });

  test('says which commands want an Idempotency-Key', async () => {
    const { paths } = await document();
    const wants = (operation: { parameters?: { name: string; required?: boolean }[] }) =>
      operation.parameters?.some(({ name, required }) => name === 'Idempotency-Key' && required) ?? false;
    expect(wants(paths['/orders'].post)).toBe(true);
    expect(wants(paths['/customers'].post)).toBe(true);
    expect(wants(paths['/auth/login'].post)).toBe(false);
    expect(wants(paths['/customers/{id}'].patch)).toBe(false);
  });

  test('every reference in it leads somewhere', async () => {
    const whole = await document();
    const references = [...JSON.stringify(whole).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, target]) => target ?? '');
    expect(references.length).toBeGreaterThan(20);
    for (const reference of new Set(references)) {
      const found = reference.split('/').reduce<unknown>((node, name) => Reflect.get(Object(node), name), whole);
      expect(found, reference).toBeDefined();
    }
  });
});

describe('the documentation page', () => {
  test('shows every operation, needs nothing from elsewhere and runs no script', async () => {
    const { status, text, headers } = await rawCall(central.url, 'GET', '/api/docs');
    expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    for (const route of outward) {
      const [method, path] = route.split(' ');
      expect(text).toMatch(new RegExp(`>${method}</span> <code>/api/v1${path?.replace(/[{}]/g, '\\$&')}</code>`));
    }
    expect(text).not.toMatch(/<script|https?:\/\/|\son\w+=|style=/i);
    const [, style = ''] = /<link rel="stylesheet" href="([^"]+)">/.exec(text) ?? [];
    const css = await rawCall(central.url, 'GET', style);
    expect([css.status, css.headers.get('content-type')]).toEqual([200, 'text/css; charset=utf-8']);
  });
});
