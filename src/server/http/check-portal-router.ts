import { type AnyProcedure, isProcedure } from '@orpc/server';
import type { PortalRouteMeta } from '#core/contract/portal/base.ts';
import { UnsafeRoute } from './check-router.ts';

/** The middlewares by which the portal's kinds of routes are told apart. */
export interface PortalGuards {
  readonly fromOwnPages: unknown;
  readonly admitted: unknown;
  readonly transactional: unknown;
}

/**
 * Checks that every route of the portal's contract is there, says who may call it, and carries the middlewares which that
 * and its being a command ask for. Throws UnsafeRoute.
 */
export function checkPortalRouter(contract: object, router: object, guards: PortalGuards): void {
  for (const [name, node] of Object.entries(contract)) checkNode(name, node, Reflect.get(router, name), guards);
}

function checkNode(name: string, contract: object, implementation: unknown, guards: PortalGuards): void {
  if (!('~orpc' in contract)) {
    for (const [key, node] of Object.entries(contract)) {
      const below = implementation ? Reflect.get(implementation as object, key) : undefined;
      checkNode(`${name}.${key}`, node, below, guards);
    }
    return;
  }
  if (!isProcedure(implementation)) throw new UnsafeRoute(`portal ${name} is not implemented`);
  checkProcedure(`portal ${name}`, implementation, guards);
}

function checkProcedure(name: string, procedure: AnyProcedure, guards: PortalGuards): void {
  const meta = procedure['~orpc'].meta as PortalRouteMeta;
  const has = (guard: unknown) => procedure['~orpc'].middlewares.some((middleware) => middleware === guard);
  if (meta.portal === undefined) throw new UnsafeRoute(`${name} does not say who may call it`);
  const isPublic = meta.portal === 'public';
  if (has(guards.fromOwnPages) !== isPublic || has(guards.admitted) === isPublic)
    throw new UnsafeRoute(`${name}: \`open\` is for public routes only`);
  if (isPublic) return;
  const wantsTransaction = meta.command === true && meta.ownTransaction !== true;
  if (has(guards.transactional) !== wantsTransaction)
    throw new UnsafeRoute(`${name} is ${wantsTransaction ? 'to be' : 'not to be'} made with \`commands\``);
  if (meta.keys !== undefined && meta.keys !== 'none' && (meta.sensitive || meta.portal === 'account'))
    throw new UnsafeRoute(`${name} is the customer's own to do, and open to programs`);
}
