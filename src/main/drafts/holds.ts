import { v7 as uuid } from 'uuid';
import type { Draft, DraftItem } from '#core/assignment/draft.ts';
import type { Reservation } from '#core/domain/inventory.ts';
import type { Central } from '../central/client.ts';
import { fail, hasCode } from '../failures.ts';
import type { Log } from '../log.ts';

export interface Holds {
  /** Leases an item for a draft; one act, however often it is tried. Throws `item_not_available` when it is not to be had. */
  take(draftId: string, itemId: number): Promise<Reservation>;
  /** Gives these items their full time again, or takes them anew where the hold was lost. */
  renew(draft: Draft, items: readonly DraftItem[]): Promise<Renewal>;
  /** Lets items go, after the answer: nobody waits, and a hold that can't be let go lapses by itself. */
  release(items: readonly DraftItem[]): void;
  /** Resolves when everything that is being let go is gone. */
  settled(): Promise<void>;
}

export interface Renewal {
  /** Every item asked for by its id, with its hold as it is now: null when it is lost. */
  readonly items: ReadonlyMap<number, DraftItem>;
  /** Why the first lost item was lost; null when all are held. */
  readonly failure: unknown;
}

/** Holds on items are central's reservations (PA-10). */
export function createHolds(central: Central, log: Log): Holds {
  const leaving = new Map<number, Promise<void>>();

  const take = async (draftId: string, itemId: number) => {
    // Central keeps one hold for a draft and an item: one that is still being let go would take the new one with it.
    await leaving.get(itemId);
    return central.inventory.reserve({ itemId, draftId }, { context: { key: `${draftId}:${itemId}:${uuid()}` } });
  };

  const renewOne = async (draftId: string, { item, hold }: DraftItem): Promise<Reservation> => {
    if (hold !== null) {
      try {
        return await central.inventory.extendReservation({ id: hold.id });
      } catch (error) {
        if (!hasCode(error, 'reservation_lapsed', 'not_found')) throw error;
      }
    }
    return take(draftId, item.id).catch((error: unknown) => {
      throw hasCode(error, 'item_not_available') ? fail('reservation_lapsed', { itemId: item.id }) : error;
    });
  };
  const renewSafely = async (draftId: string, one: DraftItem) => {
    try {
      const { id, expiresAt } = await renewOne(draftId, one);
      return { item: { ...one, hold: { id, expiresAt } }, failure: null };
    } catch (failure) {
      const isLost = hasCode(failure, 'reservation_lapsed');
      return { item: isLost ? { ...one, hold: null } : one, failure };
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
    async renew(draft, items) {
      const renewed = await Promise.all(items.map((one) => renewSafely(draft.id, one)));
      return {
        items: new Map(renewed.map(({ item }) => [item.item.id, item])),
        failure: renewed.find(({ failure }) => failure !== null)?.failure ?? null,
      };
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
