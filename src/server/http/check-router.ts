import { type AnyProcedure, isProcedure } from '@orpc/server';
import type { RouteMeta } from '#core/contract/base.ts';
import { stacks } from './implement.ts';

/** A route of the contract that must not go live as it is. */
export class UnsafeRoute extends Error {}

/**
 * Checks before central listens that every route says who may call it, and carries the middlewares which that and its
 * being a command ask for. Throws UnsafeRoute.
 */
export function checkRouter(contract: object, router: object): void {
  for (const [name, node] of Object.entries(contract)) checkNode(name, node, Reflect.get(router, name));
}

function checkNode(name: string, contract: object, implementation: unknown): void {
  if (!('~orpc' in contract)) {
    for (const [key, node] of Object.entries(contract)) {
      checkNode(`${name}.${key}`, node, implementation ? Reflect.get(implementation as object, key) : undefined);
    }
    return;
  }
  if (!isProcedure(implementation)) throw new UnsafeRoute(`${name} is not implemented`);
  checkProcedure(name, implementation);
}

function checkProcedure(name: string, procedure: AnyProcedure): void {
  const { access, command, ownTransaction } = procedure['~orpc'].meta as RouteMeta;
  const has = (stack: unknown) => procedure['~orpc'].middlewares.some((middleware) => middleware === stack);
  if (access === undefined) throw new UnsafeRoute(`${name} does not say who may call it`);
  if (has(stacks.authorized) !== (access !== 'public'))
    throw new UnsafeRoute(`${name}: \`open\` is for public routes only`);
  if (access === 'public') return;
  const expected = !command ? 'queries' : ownTransaction ? 'ownTransactions' : 'commands';
  const actual = has(stacks.transactional) ? 'commands' : has(stacks.serialised) ? 'ownTransactions' : 'queries';
  if (actual !== expected)
    throw new UnsafeRoute(`${name} is made with \`${actual}\`; its contract asks for \`${expected}\``);
}
