import { expect, test } from 'vitest';
import { portalContract } from '#core/contract/portal.ts';
import { checkPortalRouter } from '../../../src/server/http/check-portal-router.ts';
import { portalStack } from '../../../src/server/self-care/stack.ts';

const stack = portalStack({ of: () => '', matches: () => false });
const never = (): never => {
  throw new Error('never called');
};
const contract = { me: portalContract.me, account: { change: portalContract.account.change } };
const me = stack.queries.me.handler(never);
const change = stack.commands.account.change.handler(never);
const check = (router: object, of: object = contract) => checkPortalRouter(of, router, stack.middlewares);

test('a router with every route made as its contract asks may go live', () => {
  expect(() => check({ me, account: { change } })).not.toThrow();
});

test('a route that is not there keeps central from starting', () => {
  expect(() => check({ me })).toThrow('portal account.change is not implemented');
  expect(() => check({ me, account: {} })).toThrow('portal account.change is not implemented');
});

test('a guarded route made without the guard keeps central from starting', () => {
  expect(() => check({ me: stack.open.me.handler(never), account: { change } })).toThrow(/for public routes only/);
  const login = stack.queries.auth.login.handler(never);
  expect(() => check({ login }, { login: portalContract.auth.login })).toThrow(/for public routes only/);
});

test('a command without its transaction keeps central from starting', () => {
  const loose = stack.ownTransactions.account.change.handler(never);
  expect(() => check({ me, account: { change: loose } })).toThrow(/to be made with `commands`/);
  const bound = stack.commands.account.changePassword.handler(never);
  expect(() => check({ bound }, { bound: portalContract.account.changePassword })).toThrow(/not to be made with/);
});

test('a route that does not say who may call it keeps central from starting', () => {
  const unsaid = Object.assign(Object.create(Object.getPrototypeOf(me)), me, { '~orpc': { ...me['~orpc'], meta: {} } });
  expect(() => check({ me: unsaid, account: { change } })).toThrow(/does not say who may call it/);
});

test('what is the customer’s own to do is not open to programs', () => {
  const meta = { ...change['~orpc'].meta, sensitive: true, keys: 'write' };
  const open = Object.assign(Object.create(Object.getPrototypeOf(change)), change, {
    '~orpc': { ...change['~orpc'], meta },
  });
  expect(() => check({ me, account: { change: open } })).toThrow(/open to programs/);
});
