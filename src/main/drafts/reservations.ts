import { setTimeout as wait } from 'node:timers/promises';
import { v7 as uuid } from 'uuid';
import type { DraftItem } from '#core/assignment/draft.ts';
import type { Reservation } from '#core/domain/inventory.ts';
import type { CallContext, Central } from '../central/client.ts';
import { fail, hasCode } from '../failures.ts';
import type { Log } from '../log.ts';

export interface Asking {
  /** No other draft of this desk has the item: what one of them left on it at head office ends. */
  readonly alone?: boolean;
  readonly limits?: CallContext | undefined;
}

export interface Reservations {
  /** Leases an item for a draft; one act, however often it is tried. Throws `item_not_available` when it is not to be had. */
  take(draftId: string, itemId: number, asking?: Asking): Promise<Reservation>;
  /** Gives a hold its full time again, or takes the item anew. Throws `reservation_lapsed` when someone else has it. */
  renew(draftId: string, item: DraftItem, asking?: Asking): Promise<Reservation>;
  /** Lets items go, after the answer: nobody waits, and a hold that can't be let go lapses by itself. */
  release(items: readonly DraftItem[]): void;
  settled(): Promise<void>;
}

const OTHER_DESK_MS = 2_000;
const OTHER_DESK_BEAT_MS = 150;

/** Holds at head office (PA-10). */
export function createReservations(central: Pick<Central, 'inventory'>, log: Log): Reservations {
  const leaving = new Map<number, Promise<void>>();

  const reserve = (draftId: string, itemId: number, { alone, limits }: Asking) => {
    const wish = { itemId, draftId, ...(alone === true ? { alone } : {}) };
    return central.inventory.reserve(wish, { context: { ...limits, key: `${draftId}:${itemId}:${uuid()}` } });
  };

  const take = async (draftId: string, itemId: number, asking: Asking = {}) => {
    // Central keeps one hold for a draft and an item: one that is still being let go would take the new one with it.
    await leaving.get(itemId);
    const until = performance.now() + OTHER_DESK_MS;
    for (;;) {
      try {
        return await reserve(draftId, itemId, asking);
      } catch (error) {
        // The other desk is asked to give it back, and does within moments.
        if (!isComing(error) || performance.now() > until) throw error;
        await wait(OTHER_DESK_BEAT_MS);
      }
    }
  };
  const letGo = async (id: string) => {
    try {
      await central.inventory.releaseReservation({ id });
    } catch (error) {
      if (!hasCode(error, 'not_found')) log.warn({ reservationId: id, error: String(error) }, 'a hold was not let go');
    }
  };
  return {
    take,
    async renew(draftId, { item, hold }, asking = {}) {
      if (hold !== null) {
        try {
          return await central.inventory.extendReservation({ id: hold.id }, { context: { ...asking.limits } });
        } catch (error) {
          if (!hasCode(error, 'reservation_lapsed', 'not_found')) throw error;
        }
      }
      return take(draftId, item.id, asking).catch((error: unknown) => {
        throw hasCode(error, 'item_not_available') ? fail('reservation_lapsed', { itemId: item.id }) : error;
      });
    },
    release(items) {
      for (const { item, hold } of items) {
        if (hold === null) continue;
        const done = letGo(hold.id).finally(() => {
          if (leaving.get(item.id) === done) leaving.delete(item.id);
        });
        leaving.set(item.id, done);
      }
    },
    async settled() {
      await Promise.all(leaving.values());
    },
  };
}

function isComing(error: unknown): boolean {
  if (!hasCode(error, 'item_not_available')) return false;
  const { reason, desk } = (error.data ?? {}) as { reason?: string; desk?: { online: boolean } | null };
  return reason === 'of_other_desk' && desk?.online === true;
}
