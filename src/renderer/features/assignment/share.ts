import type { Item, ItemRefusal } from '#core/domain/inventory.ts';

/**
 * Why an item of the own store can't be promised at this desk now, by whose share it is; null when it can. With a line,
 * another desk's item is asked back when it is chosen, so only without one it is out of reach. A desk that is not enrolled
 * knows of no shares.
 */
export function refuseShare(share: Item['share'], isOffline: boolean): ItemRefusal | null {
  if (!share || !isOffline || share.kind === 'own') return null;
  return share.kind === 'other_desk' ? 'of_other_desk' : 'not_ours_offline';
}
