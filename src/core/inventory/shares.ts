/** How many free numbers a store is kept at; below half of it central tops it up, above twice of it central takes back. */
export const NUMBER_POOL_TARGET = 50;

/** How many numbers a store gets from the operator's free ones (positive) or gives back (negative). */
export function poolChange(free: number, target: number = NUMBER_POOL_TARGET): number {
  if (free * 2 < target) return target - free;
  return free > target * 2 ? target - free : 0;
}

export interface ShareItem {
  readonly id: number;
  /** The desk that holds it; null when none does. */
  readonly deskId: string | null;
}

export interface ShareChanges {
  /** Items nobody holds, to be leased now. */
  readonly grant: readonly { readonly itemId: number; readonly deskId: string }[];
  /** Items a desk holds beyond its share; asked back, and free only when that desk has let them go. */
  readonly ask: readonly { readonly itemId: number; readonly deskId: string }[];
}

/**
 * Splits one template's free items of a store among its desks, equal to within one, moving as few as possible: a desk keeps
 * what it has up to its share, what nobody holds goes to who has least, and what is beyond a share is asked back. Only what
 * no desk holds is given, so no item is ever two desks'. Items keep the order given.
 */
export function splitShares(items: readonly ShareItem[], deskIds: readonly string[]): ShareChanges {
  if (deskIds.length === 0) return { grant: [], ask: [] };
  const held = new Map(deskIds.map((id) => [id, items.filter(({ deskId }) => deskId === id)]));
  const count = (id: string) => held.get(id)?.length ?? 0;
  const total = items.filter(({ deskId }) => deskId === null || held.has(deskId)).length;
  const base = Math.floor(total / deskIds.length);
  // Those who hold most keep the odd ones, so that nothing moves for a remainder.
  const byMost = [...deskIds].sort((a, b) => count(b) - count(a) || (a < b ? -1 : 1));
  const shares = new Map(byMost.map((id, index) => [id, base + (index < total % deskIds.length ? 1 : 0)]));
  const ask = byMost.flatMap((deskId) =>
    (held.get(deskId) ?? []).slice(shares.get(deskId)).map(({ id }) => ({ itemId: id, deskId })),
  );
  const wanting = byMost.flatMap((id) => Array<string>(Math.max(0, (shares.get(id) ?? 0) - count(id))).fill(id));
  const free = items.filter(({ deskId }) => deskId === null);
  const grant = free
    .slice(0, wanting.length)
    .map(({ id }, index) => ({ itemId: id, deskId: wanting[index] as string }));
  return { grant, ask };
}
