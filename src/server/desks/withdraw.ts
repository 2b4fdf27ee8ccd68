import type { CommandContext } from '../context.ts';
import type { Tx } from '../database/connection.ts';
import { fail } from '../http/errors.ts';
import { notifyWithdrawn } from '../sync/signals.ts';
import { refuseOtherStore } from './desk-rows.ts';

async function lockDesk(tx: Tx, id: string) {
  const desk = await tx
    .selectFrom('desks')
    .select(['id', 'name', 'storeId', 'revokedAt'])
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (desk === undefined) throw fail('not_found', { what: 'desk' });
  return desk;
}

/**
 * Kills a desk's credential; acts at its next request, and its open streams end. Its items stay its own, for its unsent work
 * may have promised them. One that is withdrawn already stays so. Throws not_found, and forbidden for a desk of another
 * store. Returns its store.
 */
export async function revokeDesk({ tx, actor, clock, audit }: CommandContext, id: string): Promise<number> {
  const desk = await lockDesk(tx, id);
  refuseOtherStore(actor, desk.storeId);
  if (desk.revokedAt !== null) return desk.storeId;
  await tx.updateTable('desks').set({ revokedAt: clock.now() }).where('id', '=', id).execute();
  const { name, storeId } = desk;
  audit({ action: 'desk.revoked', subject: { type: 'desk', id }, detail: { name, storeId } });
  await notifyWithdrawn(tx, id);
  return storeId;
}

/**
 * Takes all items of a withdrawn desk back into the free stock of its store. Throws not_found, forbidden, desk_not_revoked.
 * Returns how many, and the store.
 */
export async function reclaimStock({ tx, actor, audit }: CommandContext, id: string) {
  const { name, storeId, revokedAt } = await lockDesk(tx, id);
  refuseOtherStore(actor, storeId);
  if (revokedAt === null) throw fail('desk_not_revoked');
  const { numUpdatedRows } = await tx
    .updateTable('items')
    .set({ deskId: null })
    .where('deskId', '=', id)
    .executeTakeFirstOrThrow();
  const items = Number(numUpdatedRows);
  audit({ action: 'desk.stock_reclaimed', subject: { type: 'desk', id }, detail: { name, storeId, items } });
  return { items, storeId };
}
