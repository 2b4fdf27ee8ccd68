import type { OrderStatus } from '#core/domain/provisioning.ts';
import type { OutboxState } from '#core/sync/states.ts';

/** `now` is where it is while it moves; `stopped` needs a person; `ended` was called off. */
export interface TrackStep {
  readonly word: 'saved' | 'accepted' | 'live' | 'refused' | 'failed' | 'cancelled';
  readonly state: 'done' | 'now' | 'open' | 'stopped' | 'ended';
  /** When it was reached, UTC ISO. */
  readonly at?: string | null;
}

interface Sent {
  readonly state: OutboxState;
  readonly savedAt: string;
  /** When head office answered. */
  readonly decidedAt: string | null;
  /** What became of an order since; null for what is no order, undefined while it is not known. */
  readonly order: OrderStatus | null | undefined;
  readonly liveAt?: string | null;
}

/**
 * Saved here, accepted by head office, live on the network: the honest states of a piece of work (architecture.md). What is
 * no order ends with being accepted.
 */
export function trackOf({ state, savedAt, decidedAt, order, liveAt }: Sent): TrackStep[] {
  const saved: TrackStep = { word: 'saved', state: state === 'saved' ? 'now' : 'done', at: savedAt };
  const last = (step: TrackStep): TrackStep[] => (order === null ? [] : [step]);
  const notLive: TrackStep = { word: 'live', state: 'open' };
  switch (state) {
    case 'saved':
      return [saved, { word: 'accepted', state: 'open' }, ...last(notLive)];
    case 'refused':
      return [saved, { word: 'refused', state: 'stopped', at: decidedAt }, ...last(notLive)];
    case 'settled':
      return [saved, { word: 'cancelled', state: 'ended', at: decidedAt }];
    case 'accepted':
      return [saved, { word: 'accepted', state: 'done', at: decidedAt }, ...last(liveStep(order, liveAt))];
  }
}

function liveStep(order: OrderStatus | null | undefined, at: string | null | undefined): TrackStep {
  switch (order) {
    case 'active':
      return { word: 'live', state: 'done', at };
    case 'failed':
      return { word: 'failed', state: 'stopped' };
    case 'cancelled':
      return { word: 'cancelled', state: 'ended' };
    default:
      return { word: 'live', state: order === undefined ? 'open' : 'now' };
  }
}
