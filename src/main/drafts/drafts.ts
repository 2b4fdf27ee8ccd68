import type { Draft } from '#core/assignment/draft.ts';
import { listDrafts, listOpenDrafts, removeOldDrafts } from '../store/drafts.ts';
import { createChoosing } from './choosing.ts';
import { createFollowing } from './following.ts';
import { withItems } from './items.ts';
import { withNumbers } from './numbers.ts';
import { createOrdering } from './ordering.ts';
import { reconcile } from './reconcile.ts';
import { createWorkspace, type DraftsOptions } from './workspace.ts';

const DISCARDED_KEPT_MS = 60_000;
const ORDERED_KEPT_MS = 30 * 24 * 60 * 60 * 1000;

/** Assignments from their first screen to their order: saved before answered, one act at a time, each announced. */
export function createDrafts(options: DraftsOptions) {
  const { store, outbox, holds, link, person, now, log } = options;
  const workspace = createWorkspace(options);
  const { align, follow } = createFollowing(options, workspace);
  const ordering = createOrdering(options, workspace);
  outbox.listen(follow);
  const ago = (ms: number) => new Date(now().getTime() - ms).toISOString();

  /** What was held here without a line is held at head office too once there is one; nobody waits for it. */
  const reserveQuietly = (draftId: string) =>
    workspace.actOnOpen(draftId, async (draft) => {
      const here = [...draft.items, ...draft.shortlist].filter(({ heldHere }) => heldHere);
      const { items } = await holds.renew(draft, here);
      if ([...items.values()].some(({ heldHere }) => !heldHere)) await workspace.keep(withItems(draft, items));
    });
  const touched = (draft: Draft): Draft => {
    const isHeldHere = [...draft.items, ...draft.shortlist].some(({ heldHere }) => heldHere);
    if (draft.status === 'open' && isHeldHere && outbox.isUsed() && link().state === 'online') {
      reserveQuietly(draft.id).catch((error: unknown) => log.debug({ error: String(error) }, 'a hold stays here only'));
    }
    return draft;
  };
  /** The acts that staff do on an open draft. */
  const touching = <A extends unknown[]>(act: (...input: A) => Promise<Draft>) => {
    return async (...input: A): Promise<Draft> => touched(await act(...input));
  };
  const choosing = createChoosing(options, workspace);
  return {
    list: async () => (await listDrafts(store, person().id)).map((draft) => withNumbers(draft, outbox.numbers)),
    get: touching((draftId: string) => workspace.load(draftId)),
    create: choosing.create,
    chooseProduct: touching(choosing.chooseProduct),
    chooseCustomer: touching(choosing.chooseCustomer),
    chooseItem: touching(choosing.chooseItem),
    shortlistItem: touching(choosing.shortlistItem),
    releaseItem: touching(choosing.releaseItem),
    changeDetails: touching(choosing.changeDetails),
    ...ordering,
    /** Items of everyone's open drafts, by whatever hold. */
    itemIds: async () =>
      new Set(
        (await listOpenDrafts(store)).flatMap(({ items, shortlist }) =>
          [...items, ...shortlist].map(({ item }) => item.id),
        ),
      ),
    /** Brings drafts and the outbox together after a stop at any moment. */
    reconcile: () => reconcile(options, workspace, (draftId) => align(draftId, null)),
    /** Resolves when every act under way is saved. */
    settled: workspace.settled,
    /** Forgets what nobody can come back to. */
    tidy: () => removeOldDrafts(store, ago(DISCARDED_KEPT_MS), ago(ORDERED_KEPT_MS)),
  };
}

export type Drafts = ReturnType<typeof createDrafts>;
