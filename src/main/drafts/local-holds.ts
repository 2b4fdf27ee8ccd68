import type { Link } from '#core/contract/desk/events.ts';
import { type Item, type ItemRefusal, refuseItem } from '#core/domain/inventory.ts';
import { fail, hasCode } from '../failures.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { listOpenDrafts } from '../store/drafts.ts';
import type { Store } from '../store/store.ts';
import { lastOfDrafts } from '../work-store/entries.ts';
import { announceHold, holdOf, type KnownHold, leaseHere, letGo, takeHere } from '../work-store/holds.ts';
import type { WorkStore } from '../work-store/work-store.ts';
import type { Hold } from './holds.ts';
import type { DraftReads } from './reads.ts';

/** Holds of this desk itself, on items of its own share: nobody else can be promised those. */
export interface LocalHolds {
  /** True on an enrolled desk. */
  isUsed(): boolean;
  isOffline(): boolean;
  /** Whether an item is of this desk's share, by what the desk knows. */
  isOwn(itemId: number): Promise<boolean>;
  /** Throws `item_not_available` for what another assignment of this desk holds here, or has promised. */
  refusePromised(draftId: string, itemId: number): void;
  /** Holds an item of this desk's share, durably. Throws `item_not_available` for any other. */
  take(draftId: string, itemId: number): Promise<Hold>;
  /** Before head office is asked for it: until it answered the item is not given back. `alone`: no other draft here has it. */
  announce(draftId: string, itemId: number): { readonly alone: boolean; readonly isNew: boolean };
  /** Head office holds it for the draft now. Throws `item_not_available` when another assignment promised it meanwhile. */
  reserved(draftId: string, itemId: number): void;
  release(draftId: string, itemIds: readonly number[]): void;
}

export interface LocalHoldsOptions {
  readonly store: Store;
  readonly work: WorkStore;
  readonly outbox: Pick<Outbox, 'isUsed' | 'holdsChanged'>;
  readonly reads: Pick<DraftReads, 'inventory'>;
  readonly link: () => Link;
  readonly userName: () => string;
  readonly now: () => Date;
}

export function createLocalHolds(options: LocalHoldsOptions): LocalHolds {
  const { store, work, outbox, reads, link, userName, now } = options;

  /** Null when the desk knows nothing of it. */
  const factsOf = async (itemId: number): Promise<Item | null> => {
    try {
      return await reads.inventory.item({ id: itemId }, { context: { retry: 0, timeoutMs: 1_000 } });
    } catch (error) {
      if (hasCode(error, 'unavailable', 'not_found', 'unauthorized')) return null;
      throw error;
    }
  };
  /** An item that another open draft took while there was a line. */
  const isInOtherDraft = async (draftId: string, itemId: number) =>
    (await listOpenDrafts(store)).some(
      ({ id, items, shortlist }) => id !== draftId && [...items, ...shortlist].some(({ item }) => item.id === itemId),
    );
  const release = (draftId: string, itemIds: readonly number[]) => {
    if (itemIds.length === 0) return;
    letGo(work, draftId, itemIds);
    outbox.holdsChanged();
  };
  /** Head office judges, when it can be asked, what it leases itself and what was sold here and it knows of. */
  const isHeadOffices = ({ draftId, leased }: KnownHold) =>
    leased || work.read((sql) => lastOfDrafts(sql, draftId)).some(({ entry }) => entry.state === 'accepted');

  return {
    isUsed: outbox.isUsed,
    isOffline: () => link().state === 'offline',
    isOwn: async (itemId) => (await factsOf(itemId))?.share?.kind === 'own',
    refusePromised(draftId, itemId) {
      const held = work.read((sql) => holdOf(sql, itemId));
      if (held === null || held.draftId === draftId) return;
      if (link().state !== 'offline' && isHeadOffices(held)) return;
      throw refused(itemId, 'held_by_other');
    },
    async take(draftId, itemId) {
      const item = await factsOf(itemId);
      if (item?.share?.kind === 'other_desk') throw refused(itemId, 'of_other_desk', item.share.deskName);
      if (item?.share?.kind !== 'own') throw refused(itemId, 'not_ours_offline');
      const reason = refuseItem(item, { draftId, now: now() });
      if (reason !== null) throw refused(itemId, reason);
      if (await isInOtherDraft(draftId, itemId)) throw refused(itemId, 'held_by_other');
      const taken = takeHere(work, { itemId, draftId, userName: userName() });
      if (!taken.held) throw refused(itemId, taken.by === null ? 'not_ours_offline' : 'held_by_other');
      outbox.holdsChanged();
      return { hold: null, heldHere: true };
    },
    announce: (draftId, itemId) => announceHold(work, { itemId, draftId, userName: userName() }),
    reserved(draftId, itemId) {
      const other = leaseHere(work, { itemId, draftId, userName: userName() }, isHeadOffices);
      outbox.holdsChanged();
      if (other !== null) throw refused(itemId, 'held_by_other');
    },
    release,
  };
}

export function refused(itemId: number, reason: ItemRefusal, deskName: string | null = null) {
  const desk = reason === 'of_other_desk' ? { name: deskName ?? '', online: false } : null;
  return fail('item_not_available', { itemId, reason, heldBy: null, ...(desk === null ? {} : { desk }) });
}
