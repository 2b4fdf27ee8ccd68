import { minifyContractRouter } from '@orpc/contract';
import { expect, test } from 'vitest';
import { portalContract } from '#core/contract/portal.ts';
import { treatmentOf, withoutCsrf } from '../../src/portal/worker/rules.ts';

const origin = 'https://portal.example';
const treat = (path: string, { method = 'GET', mode = 'cors' } = {}) =>
  treatmentOf({ method, mode, url: new URL(path, origin) }, origin);

interface Route {
  readonly path: string;
  readonly method: string;
  readonly sensitive: boolean;
}

function routesOf(part: object): Route[] {
  if ('~orpc' in part) {
    const { route, meta } = part['~orpc'] as { route: { path: string; method: string }; meta: { sensitive?: boolean } };
    return [{ path: route.path.replace('{id}', '7'), method: route.method, sensitive: meta.sensitive === true }];
  }
  return Object.values(part).flatMap((inner) => routesOf(inner as object));
}
const routes = routesOf(minifyContractRouter(portalContract));

test('nothing that changes something, and nothing sensitive, is kept', () => {
  const kept = routes.filter(({ path, method }) => treat(`/portal/api/v1${path}`, { method }) === 'data');
  expect(kept.length).toBeGreaterThan(5);
  expect(kept.filter(({ method, sensitive }) => method !== 'GET' || sensitive)).toEqual([]);
  for (const path of [
    '/services/7/esim',
    '/api-keys',
    '/account/sessions',
    '/account/two-factor',
    '/payment-methods',
  ]) {
    expect(treat(`/portal/api/v1${path}`)).toBe('none');
  }
});

test('recent data is kept: dashboard, services, usage, invoices, activity', () => {
  for (const path of ['/dashboard', '/services?limit=50', '/services/7/usage', '/invoices', '/activity?limit=50']) {
    expect(treat(`/portal/api/v1${path}`)).toBe('data');
  }
});

test('the look of the operator is kept: name, style sheet and logo', () => {
  for (const path of ['/portal/api/v1/brand?language=fr', '/portal/brand.css?v=1', '/portal/brand-logo?v=1']) {
    expect(treat(path)).toBe('brand');
  }
});

test('every way in and out passes the door', () => {
  for (const path of ['/auth/login', '/auth/logout', '/auth/reset']) {
    expect(treat(`/portal/api/v1${path}`, { method: 'POST' })).toBe('door');
  }
});

test('one-use links and other origins are left to the browser', () => {
  expect(treat('/portal/enter?link=x', { mode: 'navigate' })).toBe('none');
  expect(treat('https://elsewhere.example/portal/assets/a.js')).toBe('none');
  expect(treat('/api/v1/customers')).toBe('none');
});

test('pages come from the network first, files with a hash from what is kept', () => {
  expect(treat('/portal/account/security', { mode: 'navigate' })).toBe('page');
  expect(treat('/portal/assets/first-abc.js')).toBe('file');
});

test('an answer is kept without what lets writes through', () => {
  expect(JSON.parse(withoutCsrf('{"mode":"own","csrfToken":"secret"}'))).toEqual({ mode: 'own', csrfToken: '' });
  expect(withoutCsrf('{"items":[]}')).toBe('{"items":[]}');
  expect(withoutCsrf('no json')).toBe('no json');
});
