import { type AnyContractProcedure, isContractProcedure } from '@orpc/contract';
import type { RouteMeta } from '#core/contract/base.ts';
import { centralContract } from '#core/contract/central.ts';

export interface NamedProcedure {
  readonly path: readonly string[];
  readonly procedure: AnyContractProcedure;
}

/** Every procedure of a contract, with its name. */
export function proceduresOf(tree: object, above: readonly string[] = []): NamedProcedure[] {
  return Object.entries(tree).flatMap(([name, node]) => {
    const path = [...above, name];
    return isContractProcedure(node) ? [{ path, procedure: node }] : proceduresOf(node, path);
  });
}

/** What the client must know of a route of central's before it calls it. */
export interface Route {
  readonly meta: RouteMeta;
  /** Answers with a stream of events, for as long as it is read. */
  readonly streams: boolean;
  readonly needsKey: boolean;
}

const routes = new Map(
  proceduresOf(centralContract).map(({ path, procedure }): [string, Route] => {
    const { meta, route } = procedure['~orpc'];
    const { command, keyless }: RouteMeta = meta;
    const needsKey = route.method === 'POST' && command === true && keyless !== true;
    return [path.join('.'), { meta, streams: path.at(-1) === 'events', needsKey }];
  }),
);

export function routeOf(path: readonly string[]): Route {
  const route = routes.get(path.join('.'));
  if (route === undefined) throw new Error(`central has no ${path.join('.')}`);
  return route;
}
