import type { Draft, DraftItem } from '#core/assignment/draft.ts';
import { isHeld } from '#core/assignment/steps.ts';
import { hasCode } from '../failures.ts';
import type { LocalHolds } from './local-holds.ts';
import type { Asking, Reservations } from './reservations.ts';

/** How an item is held: by head office's reservation, or by this desk itself. */
export type Hold = Pick<DraftItem, 'hold' | 'heldHere'>;

export interface Holds {
  /** Holds an item for a draft. Throws `item_not_available` when it is not to be had. */
  take(draftId: string, itemId: number): Promise<Hold>;
  /** Gives these items their full time again, or takes them anew where the hold was lost. */
  renew(draft: Draft, items: readonly DraftItem[]): Promise<Renewal>;
  /** Lets items go, after the answer: nobody waits, and a hold that can't be let go lapses by itself. */
  release(draftId: string, items: readonly DraftItem[]): void;
  /** Resolves when everything that is being let go is gone. */
  settled(): Promise<void>;
}

export interface Renewal {
  /** Every item asked for by its id, with its hold as it is now: null when it is lost. */
  readonly items: ReadonlyMap<number, DraftItem>;
  /** Why the first lost item was lost; null when all are held. */
  readonly failure: unknown;
}

interface HoldsOptions {
  readonly reservations: Reservations;
  readonly here: LocalHolds;
  readonly now: () => Date;
}

/** How long head office is waited for when the desk may decide by itself. */
const QUICK = { retry: 0, timeoutMs: 1_000 } as const;

const reservedAs = ({ id, expiresAt }: { id: string; expiresAt: string }): Hold => ({
  hold: { id, expiresAt },
  heldHere: false,
});

/** Head office can't be asked, or not in this person's name. */
const isAway = (error: unknown) => hasCode(error, 'unavailable', 'unauthorized', 'rate_limited');

/** Holds on items are central's reservations (PA-10); without a line an item of this desk's share is held here. */
export function createHolds({ reservations, here, now }: HoldsOptions): Holds {
  /** Asks head office where it can be asked, else this desk's own share. */
  const hold = async (
    draftId: string,
    itemId: number,
    ask: (asking?: Asking) => Promise<{ id: string; expiresAt: string }>,
  ): Promise<Hold> => {
    if (!here.isUsed()) return reservedAs(await ask());
    here.refusePromised(draftId, itemId);
    if (here.isOffline()) return here.take(draftId, itemId);
    const isOwn = await here.isOwn(itemId);
    const { alone, isNew } = here.announce(draftId, itemId);
    try {
      const reserved = reservedAs(await ask({ alone, limits: isOwn ? QUICK : undefined }));
      here.reserved(draftId, itemId);
      return reserved;
    } catch (error) {
      if (isOwn && isAway(error)) return await here.take(draftId, itemId);
      if (isNew) here.release(draftId, [itemId]);
      throw error;
    }
  };
  const renewSafely = async (draftId: string, one: DraftItem) => {
    try {
      const held = await hold(draftId, one.item.id, (asking) => reservations.renew(draftId, one, asking));
      // Head office's hold goes on beside the desk's own, for as long as it lasts.
      return { item: { ...one, ...held, hold: held.hold ?? one.hold }, failure: null };
    } catch (failure) {
      // Without a line nobody can take what head office holds for this draft until its time is up.
      if (here.isUsed() && here.isOffline() && isHeld(one, now())) return { item: one, failure: null };
      const isLost = hasCode(failure, 'reservation_lapsed', 'item_not_available');
      if (isLost) here.release(draftId, [one.item.id]);
      return { item: isLost ? { ...one, hold: null, heldHere: false } : one, failure };
    }
  };
  return {
    take: (draftId, itemId) => hold(draftId, itemId, (asking) => reservations.take(draftId, itemId, asking)),
    async renew(draft, items) {
      const renewed = await Promise.all(items.map((one) => renewSafely(draft.id, one)));
      return {
        items: new Map(renewed.map(({ item }) => [item.item.id, item])),
        failure: renewed.find(({ failure }) => failure !== null)?.failure ?? null,
      };
    },
    release(draftId, items) {
      reservations.release(items);
      here.release(
        draftId,
        items.map(({ item }) => item.id),
      );
    },
    settled: reservations.settled,
  };
}
