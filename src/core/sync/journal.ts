import { z } from 'zod';
import { instantSchema } from '../domain/common.ts';

/** What a desk writes down, for good, of everything that was done at it. */
export const journalEntrySchema = z.object({
  seq: z.int().positive(),
  at: instantSchema,
  /** noun.verb in the past: command.saved, command.accepted, command.refused, command.settled, staff.unlocked … */
  event: z.string(),
  /** The person who did it; null for what the desk did by itself. */
  userId: z.int().nullable(),
  userName: z.string().nullable(),
  /** JSON without secrets. */
  detail: z.record(z.string(), z.unknown()),
  /** SHA-256, hex, of the entry before; 64 zeros for the first. */
  previous: z.string().length(64),
  hash: z.string().length(64),
});
export type JournalEntry = z.infer<typeof journalEntrySchema>;

export const JOURNAL_ROOT = '0'.repeat(64);

/** The text whose SHA-256 is an entry's `hash`: every field but the hash, keys sorted at every depth. */
export function journalText(entry: Omit<JournalEntry, 'hash'>): string {
  return JSON.stringify(sorted(entry));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(fields.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, field]) => [name, sorted(field)]));
}

export interface JournalFault {
  readonly seq: number;
  readonly fault: 'gap' | 'chain' | 'hash';
}

/** Checks one entry after another; feed them in order of `seq`. Returns the first fault, or null. */
export function checkJournalEntry(
  before: Pick<JournalEntry, 'seq' | 'hash'> | null,
  entry: JournalEntry,
  sha256: (text: string) => string,
): JournalFault | null {
  const { hash, ...rest } = entry;
  if (entry.seq !== (before?.seq ?? 0) + 1) return { seq: entry.seq, fault: 'gap' };
  if (entry.previous !== (before?.hash ?? JOURNAL_ROOT)) return { seq: entry.seq, fault: 'chain' };
  return sha256(journalText(rest)) === hash ? null : { seq: entry.seq, fault: 'hash' };
}
