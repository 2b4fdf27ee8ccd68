import type { OutboxCounts, OutboxEntry } from '#core/sync/outbox.ts';
import { listAccepted, listOpen } from '../work-store/entries.ts';
import { listNumbers } from '../work-store/numbers.ts';
import type { WorkStore } from '../work-store/work-store.ts';

/** How many accepted entries are kept at hand: local reads lay them over a directory that may not have them yet. */
const ACCEPTED_KEPT = 200;

/** What the outbox holds, at hand: everything open, the last accepted, and head office's numbers. The file is the truth. */
export interface Mirror {
  /** Saved or refused, in order. */
  open(): readonly OutboxEntry[];
  accepted(): readonly OutboxEntry[];
  readonly numbers: ReadonlyMap<number, number>;
  counts(): OutboxCounts;
  /** Takes in what was written. */
  put(entries: readonly OutboxEntry[]): void;
  /** Counts up at every change. */
  version(): number;
  /** Reads all of it anew. */
  reload(): void;
}

export function createMirror(store: WorkStore): Mirror {
  let open = new Map<string, OutboxEntry>();
  let accepted = new Map<string, OutboxEntry>();
  const numbers = new Map<number, number>();
  let version = 0;
  let ordered: OutboxEntry[] | null = null;

  const readNumbers = () => {
    for (const [localId, number] of store.read(listNumbers)) numbers.set(localId, number);
  };
  const read = () => {
    store.read((sql) => {
      open = new Map(listOpen(sql).map((entry) => [entry.id, entry]));
      accepted = new Map(listAccepted(sql, ACCEPTED_KEPT).map((entry) => [entry.id, entry]));
    });
    readNumbers();
    ordered = null;
    version += 1;
  };
  read();
  const inOrder = () => {
    ordered ??= [...open.values()].sort((a, b) => a.seq - b.seq);
    return ordered;
  };
  return {
    open: inOrder,
    accepted: () => [...accepted.values()],
    numbers,
    version: () => version,
    reload: read,
    counts() {
      const entries = inOrder();
      const refused = entries.filter(({ state }) => state === 'refused').length;
      return { waiting: entries.length - refused, refused, oldest: entries[0]?.madeAt ?? null };
    },
    put(entries) {
      for (const entry of entries) {
        open.delete(entry.id);
        if (entry.state === 'saved' || entry.state === 'refused') open.set(entry.id, entry);
        if (entry.state === 'accepted') accepted.set(entry.id, entry);
        const number = entry.state === 'accepted' ? entry.result?.id : undefined;
        if (entry.localId !== null && typeof number === 'number') numbers.set(entry.localId, number);
        if (entry.settlement === 'linked') readNumbers();
      }
      for (const id of accepted.keys()) {
        if (accepted.size <= ACCEPTED_KEPT) break;
        accepted.delete(id);
      }
      ordered = null;
      version += 1;
    },
  };
}
