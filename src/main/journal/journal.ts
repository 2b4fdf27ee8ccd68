import type { JournalEntry } from '#core/sync/journal.ts';

export interface JournalActor {
  readonly id: number;
  readonly name: string;
}

export interface Journal {
  /** Writes one entry, durably, before it returns. */
  write(event: string, actor: JournalActor | null, detail: Record<string, unknown>): void;
  list(input: { readonly limit: number; readonly cursor?: string }): {
    items: JournalEntry[];
    nextCursor: string | null;
  };
  verify(): { entries: number; intact: boolean; brokenAt: number | null };
  /** One entry a line (JSON). */
  text(): string;
}

export function createJournal(): Journal {
  return {
    write: () => undefined,
    list: () => ({ items: [], nextCursor: null }),
    verify: () => ({ entries: 0, intact: true, brokenAt: null }),
    text: () => '',
  };
}
