import { createHash } from 'node:crypto';
import {
  checkJournalEntry,
  JOURNAL_ROOT,
  type JournalEntry,
  type JournalFault,
  journalText,
} from '#core/sync/journal.ts';
import type { Sql } from './connection.ts';

export interface JournalActor {
  readonly id: number;
  readonly name: string;
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

interface Row {
  readonly seq: number;
  readonly at: string;
  readonly event: string;
  readonly user_id: number | null;
  readonly user_name: string | null;
  readonly detail: string;
  readonly previous: string;
  readonly hash: string;
}

/** Adds an entry to the chain, in the transaction of what it tells. */
export function appendJournal(
  sql: Sql,
  {
    at,
    event,
    actor,
    detail,
  }: { at: Date; event: string; actor: JournalActor | null; detail: Record<string, unknown> },
): void {
  const last = sql.get<Pick<Row, 'seq' | 'hash'>>('select seq, hash from journal order by seq desc limit 1');
  const document = JSON.stringify(detail);
  const entry: Omit<JournalEntry, 'hash'> = {
    seq: (last?.seq ?? 0) + 1,
    at: at.toISOString(),
    event,
    userId: actor?.id ?? null,
    userName: actor?.name ?? null,
    // As it will be read again.
    detail: JSON.parse(document) as Record<string, unknown>,
    previous: last?.hash ?? JOURNAL_ROOT,
  };
  const { seq, userId, userName, previous } = entry;
  sql.run(
    'insert into journal (seq, at, event, user_id, user_name, detail, previous, hash) values (?, ?, ?, ?, ?, ?, ?, ?)',
    ...[seq, entry.at, event, userId, userName, document, previous, sha256(journalText(entry))],
  );
}

/** Entries with a number below `before`, newest first. */
export function listJournal(sql: Sql, limit: number, before = Number.MAX_SAFE_INTEGER): JournalEntry[] {
  return sql.all<Row>('select * from journal where seq < ? order by seq desc limit ?', before, limit).map(entryOf);
}

/** Entries with a number above `after`, in order. */
export function nextJournal(sql: Sql, limit: number, after: number): JournalEntry[] {
  return sql.all<Row>('select * from journal where seq > ? order by seq limit ?', after, limit).map(entryOf);
}

/** The first entry that is not as it was written, or that misses the one before it. */
export function faultIn(
  entries: readonly JournalEntry[],
  before: Pick<JournalEntry, 'seq' | 'hash'> | null,
): JournalFault | null {
  let last = before;
  for (const entry of entries) {
    const fault = checkJournalEntry(last, entry, sha256);
    if (fault !== null) return fault;
    last = entry;
  }
  return null;
}

function entryOf({ user_id, user_name, detail, ...row }: Row): JournalEntry {
  return { ...row, userId: user_id, userName: user_name, detail: detailOf(detail) };
}

/** A text that is no JSON any more stands for itself: the hash then tells. */
function detailOf(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return { unreadable: text };
  }
}
