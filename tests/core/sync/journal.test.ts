import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkJournalEntry, JOURNAL_ROOT, type JournalEntry, journalText } from '#core/sync/journal.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

function chain(details: readonly Record<string, unknown>[]): JournalEntry[] {
  const entries: JournalEntry[] = [];
  for (const [index, detail] of details.entries()) {
    const entry = {
      seq: index + 1,
      at: '2026-11-22T10:00:00.000Z',
      event: 'command.saved',
      userId: 2,
      userName: 'Ana',
      detail,
      previous: entries.at(-1)?.hash ?? JOURNAL_ROOT,
    };
    entries.push({ ...entry, hash: sha256(journalText(entry)) });
  }
  return entries;
}

function firstFault(entries: readonly JournalEntry[]) {
  let before: JournalEntry | null = null;
  for (const entry of entries) {
    const fault = checkJournalEntry(before, entry, sha256);
    if (fault !== null) return fault;
    before = entry;
  }
  return null;
}

const details = fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { minLength: 2, maxLength: 8 });

test('a journal as it was written is intact', () => {
  fc.assert(
    fc.property(details, (many) => {
      expect(firstFault(chain(many))).toBeNull();
    }),
  );
});

test('the order in which a detail names its fields does not change the hash', () => {
  const [first] = chain([{ a: 1, b: { c: 2, d: 3 } }]);
  const [second] = chain([{ b: { d: 3, c: 2 }, a: 1 }]);
  expect(first?.hash).toBe(second?.hash);
});

test('an entry that is changed, taken out or swapped is found', () => {
  fc.assert(
    fc.property(details, fc.nat(), (many, pick) => {
      const entries = chain(many);
      const at = pick % entries.length;
      const changed = entries.map((entry, index) => (index === at ? { ...entry, userName: 'Eve' } : entry));
      expect(firstFault(changed)).toEqual({ seq: at + 1, fault: 'hash' });
      const rehashed = changed.map(({ hash, ...rest }, index) =>
        index === at ? { ...rest, hash: sha256(journalText(rest)) } : { ...rest, hash },
      );
      if (at < entries.length - 1) {
        expect(firstFault(rehashed)).toEqual({ seq: at + 2, fault: 'chain' });
        expect(firstFault(entries.filter((_, index) => index !== at))).not.toBeNull();
        const swapped = [...entries];
        [swapped[at], swapped[at + 1]] = [swapped[at + 1] as JournalEntry, swapped[at] as JournalEntry];
        expect(firstFault(swapped)?.fault).toBe('gap');
      }
    }),
  );
});
