import type { Item } from '#core/domain/inventory.ts';
import type { Reader } from '../database/connection.ts';
import { type Page, pageFrom, readCursor } from '../http/page.ts';
import { selectItems, toItem } from '../inventory/item-rows.ts';
import type { Numbering } from '../inventory/phone-numbers.ts';
import { lookupItem } from '../inventory/search-items.ts';
import type { OwnersOf } from './search.ts';

/** Inventory in a customer's hands, as it is at `now`. */
export async function listHeldItems(
  reader: Reader,
  now: Date,
  { id, limit, cursor }: { id: number; limit: number; cursor?: string },
): Promise<Page<Item>> {
  const rows = await selectItems(reader, now)
    .where('items.customerId', '=', id)
    .where('items.id', '>', readCursor<{ id: number }>(cursor)?.id ?? 0)
    .orderBy('items.id')
    .limit(limit + 1)
    .execute();
  return pageFrom(rows, limit, (row) => ({ id: row.id }), toItem);
}

/** Finds a customer by an ICCID, number or serial that they hold. */
export function ownersByItem(numbering: Numbering, now: () => Date): OwnersOf {
  return async (reader, identifier) => {
    const item = await lookupItem(reader, identifier, numbering, now());
    return item?.customerId ? [item.customerId] : [];
  };
}
