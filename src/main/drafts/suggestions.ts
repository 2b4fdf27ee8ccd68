import type { Draft, DraftItem } from '#core/assignment/draft.ts';
import type { Link } from '#core/contract/desk/events.ts';
import { type Item, refuseItem } from '#core/domain/inventory.ts';
import { hasCode } from '../failures.ts';
import type { Log } from '../log.ts';
import type { Holds } from './holds.ts';
import { draftItemOf, putInSlot } from './items.ts';
import type { DraftReads } from './reads.ts';

/** Numbers are proposed, because one is as good as another until the customer says so; a SIM is what lies on the counter. */
const PROPOSED_TEMPLATE = 'mobile_number';
const LISTED = 50;

interface Needs {
  readonly reads: Pick<DraftReads, 'inventory'>;
  readonly link: () => Link;
  readonly holds: Holds;
  readonly now: () => Date;
  readonly log: Log;
}

/**
 * Fills empty required slots where nobody needs to choose: the most memorable number of the store, and any item that is
 * the only one. Without success the slot stays empty: proposing must never keep staff from choosing.
 */
export async function withSuggestions(draft: Draft, needs: Needs): Promise<Draft> {
  const empty = (draft.product?.inventoryTemplates ?? []).filter(
    ({ required, template }) => required && !draft.items.some((item) => item.template === template),
  );
  const found = await Promise.all(empty.map(({ template }) => suggest(draft, template, needs)));
  return found.filter((item) => item !== null).reduce((filled, item) => putInSlot(filled, item).draft, draft);
}

async function suggest(draft: Draft, template: string, needs: Needs): Promise<DraftItem | null> {
  try {
    const candidates = await pickable(draft, template, needs);
    if (template !== PROPOSED_TEMPLATE && candidates.length !== 1) return null;
    return await holdFirst(draft, candidates, needs);
  } catch (error) {
    needs.log.warn({ template, error: String(error) }, 'nothing could be proposed');
    return null;
  }
}

async function pickable(draft: Draft, template: string, { reads, link, now }: Needs): Promise<Item[]> {
  const storeId = draft.storeId ?? undefined;
  const sort = template === PROPOSED_TEMPLATE ? 'memorable' : 'label';
  const { items } = await reads.inventory.items({ template, storeId, sort, pickable: true, limit: LISTED });
  return items.filter(
    (item) =>
      refuseItem(item, { template, draftId: draft.id, storeId, now: now() }) === null &&
      !isOnShortlist(draft, item) &&
      mayPromise(item, link()),
  );
}

/** On an enrolled desk: not what another desk would have to give back first, and without a line only this desk's own. */
function mayPromise({ share }: Item, { state }: Link): boolean {
  if (share === null || share === undefined) return true;
  return state === 'offline' ? share.kind === 'own' : share.kind !== 'other_desk';
}

function isOnShortlist(draft: Draft, { id }: Item): boolean {
  return draft.shortlist.some(({ item }) => item.id === id);
}

/** Another desk may be quicker to the first of them; then the next is tried. */
async function holdFirst(draft: Draft, candidates: readonly Item[], { holds }: Needs): Promise<DraftItem | null> {
  for (const item of candidates) {
    try {
      return draftItemOf(item, await holds.take(draft.id, item.id), true);
    } catch (error) {
      if (!hasCode(error, 'item_not_available')) throw error;
    }
  }
  return null;
}
