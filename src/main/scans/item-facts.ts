import type { Item } from '#core/domain/inventory.ts';

const KEPT_MS = 60_000;
const KEPT_ITEMS = 50;

/**
 * Items as last seen in a scan, else as `itemOf` has them. Only their lasting facts (template, label, identifiers, store) are for use: whether an
 * item is free is central's to say, when it is held.
 */
export function createItemFacts(itemOf: (id: number) => Promise<Item>) {
  const seen = new Map<number, { item: Item; at: number }>();
  return {
    see(item: Item): void {
      seen.delete(item.id);
      seen.set(item.id, { item, at: performance.now() });
      for (const id of seen.keys()) {
        if (seen.size <= KEPT_ITEMS) break;
        seen.delete(id);
      }
    },
    async get(id: number): Promise<Item> {
      const known = seen.get(id);
      if (known !== undefined && performance.now() - known.at < KEPT_MS) return known.item;
      return itemOf(id);
    },
  };
}
