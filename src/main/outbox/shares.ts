import type { Central } from '../central/client.ts';
import type { DirectoryReader } from '../directory/open.ts';
import type { Log } from '../log.ts';
import { giveBack, gotBack, listTold, listUntold, setTold, setUntold } from '../work-store/holds.ts';
import type { WorkStore } from '../work-store/work-store.ts';

export interface SharesOptions {
  readonly store: WorkStore;
  readonly central: { readonly sync: Pick<Central['sync'], 'giveBack'> };
  /** Items that open drafts have, by whatever hold. */
  readonly inDrafts: () => Promise<ReadonlySet<number>>;
  /** Which of these the directory shows as this desk's own. */
  readonly ownOf: (itemIds: readonly number[]) => Promise<ReadonlySet<number>>;
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
  /** The directory holds other items: what was let go and has come back since is this desk's again. */
  directoryChanged(): Promise<void>;
  settled(): Promise<void>;
}

/** Which of these items the directory shows as this desk's own. */
export async function ownItems(
  reader: DirectoryReader | null,
  deskId: string | null,
  itemIds: readonly number[],
): Promise<Set<number>> {
  if (reader === null || deskId === null) return new Set();
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
   * once more, so that it does.
   */
  let sync: string | null = null;
  let pulls = 0;
  const readableFrom = new Map<number, number>();
  const countPulls = () => {
    const at = lastSyncAt();
    if (at === sync) return;
    if (sync !== null) pulls += 1;
    sync = at;
  };

  const tell = async () => {
    const itemIds = store.read(listUntold).slice(0, MOST);
    if (itemIds.length === 0) return;
    await central.sync.giveBack({ itemIds }, { context: { retry: 0, timeoutMs: TIMEOUT_MS } });
    setTold(store, itemIds);
    for (const id of itemIds) readableFrom.set(id, pulls + 2);
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
        countPulls();
        const told = store.read(listTold).filter((id) => pulls >= (readableFrom.get(id) ?? 1));
        if (told.length === 0) return;
        const own = await ownOf(told);
        const gone = told.filter((id) => !own.has(id));
        gotBack(store, gone);
        for (const id of gone) readableFrom.delete(id);
        const unheard = told.filter((id) => own.has(id) && pulls >= (readableFrom.get(id) ?? 1) + PATIENT_PULLS);
        for (const id of unheard) readableFrom.delete(id);
        setUntold(store, unheard);
        await tell();
        changed();
      }),
    async settled() {
      await turn;
    },
  };
}
