import { ORPCError } from '@orpc/server';
import type { BaseContext } from '../context.ts';
import type { Db } from '../database/connection.ts';
import { askBack } from '../sync/signals.ts';
import { isOnline } from './presence.ts';

/** So long an item that was asked back is kept from the split, for whoever wanted it to try again. */
const WISH_MS = 10_000;

/**
 * Does what wants an item. When the item is of another desk's share and that desk is online, it is asked at once to give it
 * back, so that the next try may have it; this one fails as it did.
 */
export async function askingBack<T>(context: BaseContext, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const itemId = ofOtherDesk(error);
    if (itemId !== null) {
      const { db, clock, log } = context;
      // On a connection of its own, not waited for: the command's holds the item's lock and undoes what it wrote.
      ask(db, itemId, clock.now()).catch((err) => log.warn({ err, itemId }, 'the desk could not be asked'));
    }
    throw error;
  }
}

function ofOtherDesk(error: unknown): number | null {
  if (!(error instanceof ORPCError) || error.code !== 'item_not_available') return null;
  const { itemId, reason }: { itemId: number; reason: string } = error.data;
  return reason === 'of_other_desk' ? itemId : null;
}

async function ask(db: Db, itemId: number, now: Date): Promise<void> {
  const holder = await db
    .selectFrom('items')
    .innerJoin('desks', 'desks.id', 'items.deskId')
    .select(['desks.id', 'desks.lastSeenAt', 'desks.revokedAt'])
    .where('items.id', '=', itemId)
    .executeTakeFirst();
  if (!holder || !isOnline(holder, now)) return;
  const until = new Date(now.getTime() + WISH_MS);
  await db
    .insertInto('itemWishes')
    .values({ itemId, until })
    .onConflict((conflict) => conflict.column('itemId').doUpdateSet({ until }))
    .execute();
  await askBack(db, holder.id, [itemId]);
}
