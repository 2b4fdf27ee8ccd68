import { listOpenDrafts } from '../store/drafts.ts';
import { lastOfDrafts } from '../work-store/entries.ts';
import { announceHold, listHolds, takeHere, tidyHolds } from '../work-store/holds.ts';
import { withItems } from './items.ts';
import type { DraftsOptions, Workspace } from './workspace.ts';

/** Older orders were brought in line at an earlier start. */
const LAST_ORDERS = 500;

/**
 * Brings drafts and the outbox together at the start, the outbox being the truth. They are in two files, so that a crash can
 * fall between two writes:
 *
 * 1. the order is in the outbox, the draft still open: it becomes `ordered`, saved here;
 * 2. head office's answer is in the outbox, the draft still `saved`: it gets its order, and the job is followed; or it is
 *    `refused`, with the reason;
 * 3. a refusal was answered at once, or reopened by a person: the draft is open again;
 * 4. it was retried: the draft names the new command; it was cancelled: the draft is discarded;
 * 5. the desk's own file was set aside and its drafts with it: an unsent order brings its draft back;
 * 6. an item is held here for a draft that was never saved with it, or let it go: the hold is dropped;
 * 7. a draft says that an item is held here and the hold is not there: it is taken again, or shown as lost; one that head
 *    office leases to it is noted, where it was not.
 *
 * The items of an accepted order stay held, whatever head office says of them: the directory may be of a moment before, and
 * this desk must not promise by it what it sold itself (outbox/shares.ts ends these holds).
 */
export async function reconcile(
  options: DraftsOptions,
  { actOnAny, keep }: Workspace,
  align: (draftId: string) => Promise<void>,
): Promise<void> {
  const { store, work, outbox } = options;
  const orders = work.read((sql) => lastOfDrafts(sql));
  for (const { entry } of orders.slice(-LAST_ORDERS)) if (entry.draftId !== null) await align(entry.draftId);

  const open = new Map((await listOpenDrafts(store)).map((draft) => [draft.id, draft]));
  const lastOf = new Map(orders.map(({ entry }) => [entry.draftId, entry]));
  const over = [];
  for (const hold of work.read(listHolds)) {
    const draft = open.get(hold.draftId);
    const isInDraft = [...(draft?.items ?? []), ...(draft?.shortlist ?? [])].some(
      ({ item }) => item.id === hold.itemId,
    );
    const isPromised = ['saved', 'refused', 'accepted'].includes(lastOf.get(hold.draftId)?.state ?? '');
    if (!isInDraft && !isPromised) over.push(hold);
  }
  tidyHolds(work, over);

  for (const { id, items, shortlist } of open.values()) {
    for (const { item, hold, heldHere } of [...items, ...shortlist]) {
      if (hold !== null && !heldHere) announceHold(work, { itemId: item.id, draftId: id, userName: '' });
    }
    if (![...items, ...shortlist].some(({ heldHere }) => heldHere)) continue;
    await actOnAny(id, async (draft) => {
      if (draft?.status !== 'open') return;
      const lost = [...draft.items, ...draft.shortlist].filter(
        ({ item, heldHere }) => heldHere && !takeHere(work, { itemId: item.id, draftId: id, userName: '' }).held,
      );
      if (lost.length === 0) return;
      await keep(withItems(draft, new Map(lost.map((one) => [one.item.id, { ...one, heldHere: false }]))));
    });
  }
  outbox.holdsChanged();
}
