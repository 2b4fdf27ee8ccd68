import type { CallingDesk } from '../context.ts';
import type { CentralDeps, Part } from '../deps.ts';
import { createPresence } from './presence.ts';
import { createRebalancer } from './rebalancer.ts';

/** The desks: who was heard of, and the split of the stores' stock among them. */
export interface Desks extends Part {
  /** Notes that a desk was heard of. */
  heard(desk: CallingDesk): Promise<void>;
  /** Splits the stock of a store anew, in the background. */
  rebalanceSoon(storeId: number): void;
}

export function createDesks(deps: Pick<CentralDeps, 'db' | 'clock' | 'log'>): Desks {
  const rebalancer = createRebalancer(deps);
  const presence = createPresence(deps, rebalancer.rebalanceSoon);
  return {
    heard: presence.heard,
    rebalanceSoon: rebalancer.rebalanceSoon,
    start: rebalancer.start,
    stop: rebalancer.stop,
  };
}
