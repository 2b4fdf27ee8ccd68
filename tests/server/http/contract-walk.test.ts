import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { centralContract } from '#core/contract/central.ts';
import { checkRouter } from '../../../src/server/http/check-router.ts';
import { open, queries } from '../../../src/server/http/implement.ts';
import { routesOf } from '../../../src/server/http/openapi.ts';
import { rawCall, startTestCentral, type TestCentral } from '../../parts/central.ts';

let central: TestCentral;
let powerless: string;
beforeAll(async () => {
  central = await startTestCentral({ demo: 'small' });
  const admin = await central.asAdmin();
  // A key with the least of all rights: it may do nothing that needs another one.
  const { key } = await admin.apiKeys.create({ name: 'Powerless', permissions: ['publish_update'] });
  powerless = key;
});
afterAll(() => central.stop());

const routes = routesOf(centralContract).map(({ route, meta }) => ({
  method: route.method ?? '',
  path: (route.path ?? '').replace(/\{\w+\}/g, '1'),
  meta,
}));
const guarded = routes.filter(({ meta }) => meta.access !== 'public' && meta.access !== 'desk');
const ofDesks = routes.filter(({ meta }) => meta.access === 'desk');

describe('the contract', () => {
  test('every route says who may call it', () => {
    expect(routes.length).toBeGreaterThan(50);
    expect(routes.filter(({ meta }) => meta.access === undefined)).toEqual([]);
  });

  test('only signing in and asking to be enrolled are open to everyone', () => {
    const open = routes.filter(({ meta }) => meta.access === 'public').map(({ path }) => path);
    const enrolment = ['/desks/enrolments', '/desks/enrolments/1/collect'];
    expect(open).toEqual(['/auth/login', '/auth/refresh', '/auth/logout', '/auth/forgot', ...enrolment]);
  });

  test.each(guarded)('$method $path answers 401 to strangers', async ({ method, path }) => {
    const body = method === 'GET' ? undefined : {};
    const answer = await rawCall(central.url, method, `/api/v1${path}`, { body });
    expect([answer.status, answer.body?.code]).toEqual([401, 'unauthorized']);
  });

  test.each(ofDesks)('$method $path is for enrolled desks only, whoever signs in', async ({ method, path }) => {
    const body = method === 'GET' ? undefined : {};
    const nobodys: Record<string, string>[] = [
      {},
      { 'x-api-key': powerless },
      { 'x-comptoir-desk': 'nobody-has-ever-given-it' },
    ];
    for (const headers of nobodys) {
      const answer = await rawCall(central.url, method, `/api/v1${path}`, { body, headers });
      expect([answer.status, answer.body?.code]).toEqual([401, 'desk_unknown']);
    }
  });

  test.each(guarded.filter(({ meta }) => meta.access !== 'signed_in'))(
    '$method $path answers 403 without $meta.access',
    async ({ method, path, meta }) => {
      const body = method === 'GET' ? undefined : {};
      const headers = { 'x-api-key': powerless };
      const answer = await rawCall(central.url, method, `/api/v1${path}`, { body, headers });
      expect([answer.status, answer.body?.code, answer.body?.data]).toEqual([
        403,
        'forbidden',
        { permission: meta.access },
      ]);
    },
  );

  test('a route that does not say who may call it keeps central from starting', () => {
    const handler = queries.me.handler(() => {
      throw new Error('never called');
    });
    const unsaid = Object.assign(Object.create(Object.getPrototypeOf(handler)), handler, {
      '~orpc': { ...handler['~orpc'], meta: {} },
    });
    expect(() => checkRouter({ me: centralContract.me }, { me: unsaid })).toThrow(/does not say who may call it/);
  });

  test('a guarded route made without the guard keeps central from starting', () => {
    const me = open.me.handler(() => {
      throw new Error('never called');
    });
    expect(() => checkRouter({ me: centralContract.me }, { me })).toThrow(/for public routes only/);
  });
});
