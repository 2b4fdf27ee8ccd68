import type { Central } from '../central/client.ts';
import type { DirectoryReader } from '../directory/open.ts';
import type { Log } from '../log.ts';
import {
  giveBack,
  gotBack,
  letGo,
  listSold,
  listTold,
  listUntold,
  nextTelling,
  setTold,
  setUntold,
  tellingHeard,
} from '../work-store/holds.ts';
import type { WorkStore } from '../work-store/work-store.ts';

export interface SharesOptions {
  readonly store: WorkStore;
  readonly central: { readonly sync: Pick<Central['sync'], 'giveBack'> };
  /** Items that open drafts have, by whatever hold. */
  readonly inDrafts: () => Promise<ReadonlySet<number>>;
  /** Which of these the directory shows as this desk's own; null while it can't be read. */
  readonly ownOf: (itemIds: readonly number[]) => Promise<ReadonlySet<number> | null>;
  /** When the directory last held all that central had; another value after each pull. */
  readonly lastSyncAt: () => string | null;
  /** Reads look again at what is this desk's. */
  readonly changed: () => void;
  readonly log: Log;
}

export interface Shares {
  /** Central asks these back: those that nothing here holds are let go, durably, and then central is told. */
  asked(itemIds: readonly number[]): Promise<void>;
  /** Tells central again what it may not have heard. */
  resume(): Promise<void>;
  /** The directory holds other items: what was let go or sold here, and is seen to be gone, needs no note any more. */
  directoryChanged(): Promise<void>;
  settled(): Promise<void>;
}

/** Which of these items the directory shows as this desk's own; null when there is none to read. */
export async function ownItems(
  reader: DirectoryReader | null,
  deskId: string | null,
  itemIds: readonly number[],
): Promise<Set<number> | null> {
  if (reader === null || deskId === null) return null;
  const rows = await reader
    .selectFrom('item')
    .select('id')
    .where('deskId', '=', deskId)
    .where('id', 'in', itemIds)
    .execute();
  return new Set(rows.map(({ id }) => id));
}

const TIMEOUT_MS = 10_000;
const MOST = 5_000;
/** Pulls after which the directory must have heard of what was let go. */
const PATIENT_PULLS = 20;

/** This desk's share of the store's stock, and how it lets go of items (domain.md 5.4: the same item is never promised twice). */
export function createShares({ store, central, inDrafts, ownOf, lastSyncAt, changed, log }: SharesOptions): Shares {
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = (task: () => Promise<void>): Promise<void> => {
    const done = turn
      .then(task)
      .catch((error: unknown) => log.warn({ error: String(error) }, 'items were not given back'));
    turn = done;
    return done;
  };
  /*
   * What was let go stays marked until the directory shows it as no longer ours: as long as it shows it as ours it may only
   * not have heard, for what central commits can take a while to be pulled. Then the mark has no more use, and an item that
   * comes back is ours like any other. One that central gave us again before the directory ever showed it gone is let go
   * once more, so that it does. What was sold here stays held in the same way, for the directory may not have heard of that.
   */
  const pulls = createPullCount(lastSyncAt);

  const tell = async (again = true): Promise<void> => {
    const itemIds = store.read(listUntold).slice(0, MOST);
    if (itemIds.length === 0) return;
    const number = nextTelling(store);
    const heard = await central.sync.giveBack({ itemIds, number }, { context: { retry: 0, timeoutMs: TIMEOUT_MS } });
    if (heard.number !== undefined && heard.number > number) {
      tellingHeard(store, heard.number);
      if (again) await tell(false);
      return;
    }
    // The others are held by an assignment of this desk, which was quicker; they are told of again when it let them go.
    setTold(store, heard.itemIds);
    for (const id of itemIds) pulls.from(id, 2);
  };
  const forgetGone = async () => {
    const told = store.read(listTold).filter((id) => pulls.isPast(id));
    const own = told.length === 0 ? null : await ownOf(told);
    if (own === null) return;
    const gone = told.filter((id) => !own.has(id));
    gotBack(store, gone);
    for (const id of gone) pulls.forget(id);
    const unheard = told.filter((id) => own.has(id) && pulls.isPast(id, PATIENT_PULLS));
    for (const id of unheard) pulls.forget(id);
    setUntold(store, unheard);
  };
  const endSold = async () => {
    const sold = store.read(listSold);
    for (const { itemId } of sold) pulls.from(itemId, 2, { anew: false });
    const seen = sold.filter(({ itemId }) => pulls.isPast(itemId));
    const own = seen.length === 0 ? null : await ownOf(seen.map(({ itemId }) => itemId));
    if (own === null) return;
    for (const { draftId, itemId } of seen) {
      if (own.has(itemId)) continue;
      letGo(store, draftId, [itemId]);
      pulls.forget(itemId);
    }
  };
  return {
    asked: (itemIds) =>
      inTurn(async () => {
        giveBack(store, itemIds, await inDrafts());
        changed();
        await tell();
      }),
    resume: () => inTurn(tell),
    directoryChanged: () =>
      inTurn(async () => {
        if (!pulls.count()) return;
        await forgetGone();
        await endSold();
        changed();
        if (store.read(listUntold).some((id) => pulls.isPast(id, PATIENT_PULLS))) await tell();
      }),
    async settled() {
      await turn;
    },
  };
}

/** Counts the pulls that this run has seen end, and from which on the directory has heard of what was done to an item. */
function createPullCount(lastSyncAt: () => string | null) {
  let seen = lastSyncAt();
  let pulls = 0;
  const readable = new Map<number, number>();
  return {
    /** False when no pull has ended since. */
    count(): boolean {
      const at = lastSyncAt();
      if (at === null || at === seen) return false;
      if (seen !== null) pulls += 1;
      seen = at;
      return true;
    },
    from(itemId: number, more: number, { anew = true } = {}) {
      if (anew || !readable.has(itemId)) readable.set(itemId, pulls + more);
    },
    /** Without a word of this run one pull is enough: it began after this run did. */
    isPast: (itemId: number, more = 0) => pulls >= (readable.get(itemId) ?? 1) + more,
    forget: (itemId: number) => void readable.delete(itemId),
  };
}
