import { setImmediate as nextTurn } from 'node:timers/promises';
import type { JournalEntry } from '#core/sync/journal.ts';
import { appendJournal, faultIn, type JournalActor, listJournal, nextJournal } from '../work-store/journal.ts';
import type { WorkStore } from '../work-store/work-store.ts';

export type { JournalActor };

export interface Journal {
  /** Writes one entry, durably, before it returns. Throws `not_saved`. */
  write(event: string, actor: JournalActor | null, detail: Record<string, unknown>): void;
  /** Newest first. */
  list(input: { readonly limit: number; readonly cursor?: string }): {
    items: JournalEntry[];
    nextCursor: string | null;
  };
  verify(): Promise<JournalCheck>;
  /** One entry a line (JSON). */
  text(): Promise<string>;
}

export interface JournalCheck {
  readonly entries: number;
  readonly intact: boolean;
  /** The number of the first entry that is not as it was written. */
  readonly brokenAt: number | null;
}

/** What is read at once, so that nothing else waits long. */
const CHUNK = 250;

type ReadOnly = Pick<WorkStore, 'read'>;

/** Everything that was done at this desk, for good (domain.md 5.20). */
export function createJournal(store: WorkStore): Journal {
  return {
    write(event, actor, detail) {
      store.write((sql) => appendJournal(sql, { at: store.now(), event, actor, detail }));
    },
    list({ limit, cursor }) {
      const before = cursor === undefined ? undefined : Number.parseInt(cursor, 10);
      const items = store.read((sql) => listJournal(sql, limit, Number.isNaN(before) ? undefined : before));
      const last = items.at(-1);
      return { items, nextCursor: items.length < limit || last === undefined ? null : String(last.seq) };
    },
    verify: () => verifyJournal(store),
    async text() {
      const lines: string[] = [];
      for await (const entries of chunksOf(store)) lines.push(...entries.map((entry) => `${JSON.stringify(entry)}\n`));
      return lines.join('');
    },
  };
}

/** Checks the whole chain, oldest first. */
export async function verifyJournal(store: ReadOnly): Promise<JournalCheck> {
  let entries = 0;
  let last: JournalEntry | null = null;
  for await (const chunk of chunksOf(store)) {
    const fault = faultIn(chunk, last);
    if (fault !== null) return { entries: entries + chunk.length, intact: false, brokenAt: fault.seq };
    entries += chunk.length;
    last = chunk.at(-1) ?? last;
  }
  return { entries, intact: true, brokenAt: null };
}

export async function* chunksOf(store: ReadOnly): AsyncGenerator<JournalEntry[]> {
  let after = 0;
  for (;;) {
    const from = after;
    const entries = store.read((sql) => nextJournal(sql, CHUNK, from));
    const last = entries.at(-1);
    if (last === undefined) return;
    yield entries;
    after = last.seq;
    await nextTurn();
  }
}
