import type { Draft, DraftItem } from '#core/assignment/draft.ts';
import type { Hold } from './holds.ts';

/** How many items of one template may be held beside the chosen one. */
const SHORTLIST_LENGTH = 2;

/** A changed draft and the holds that it no longer needs. */
export interface Change {
  readonly draft: Draft;
  readonly released: readonly DraftItem[];
}

export function draftItemOf(item: DraftItem['item'], hold: Hold, suggested: boolean): DraftItem {
  const { id, template, templateName, label, identifiers, storeId } = item;
  return {
    template,
    item: { id, template, templateName, label, identifiers, storeId },
    ...hold,
    suggested,
  };
}

export function findItem(draft: Draft, itemId: number): DraftItem | undefined {
  return [...draft.items, ...draft.shortlist].find(({ item }) => item.id === itemId);
}

/** Puts an item in its template's slot; the one there before is let go (PA-10). */
export function putInSlot(draft: Draft, chosen: DraftItem): Change {
  const isOther = (one: DraftItem) => one.item.id !== chosen.item.id;
  const stays = (one: DraftItem) => isOther(one) && one.template !== chosen.template;
  return {
    draft: { ...draft, items: [...draft.items.filter(stays), chosen], shortlist: draft.shortlist.filter(isOther) },
    released: draft.items.filter((one) => isOther(one) && !stays(one)),
  };
}

/** Puts an item beside the chosen one; of more than two of a template the first put there is let go. */
export function putOnShortlist(draft: Draft, favourite: DraftItem): Change {
  const others = draft.shortlist.filter(({ item }) => item.id !== favourite.item.id);
  const sameTemplate = others.filter(({ template }) => template === favourite.template);
  const released = sameTemplate.slice(0, Math.max(0, sameTemplate.length + 1 - SHORTLIST_LENGTH));
  return {
    draft: {
      ...draft,
      items: draft.items.filter(({ item }) => item.id !== favourite.item.id),
      shortlist: [...others.filter((one) => !released.includes(one)), favourite],
    },
    released,
  };
}

export function takeOut(draft: Draft, isLeaving: (item: DraftItem) => boolean): Change {
  const all = [...draft.items, ...draft.shortlist];
  return {
    draft: {
      ...draft,
      items: draft.items.filter((one) => !isLeaving(one)),
      shortlist: draft.shortlist.filter((one) => !isLeaving(one)),
    },
    released: all.filter(isLeaving),
  };
}

/** Replaces items by their new state, in place. */
export function withItems(draft: Draft, changed: ReadonlyMap<number, DraftItem>): Draft {
  const current = (one: DraftItem) => changed.get(one.item.id) ?? one;
  return { ...draft, items: draft.items.map(current), shortlist: draft.shortlist.map(current) };
}
