import type { Db, Reader } from '../database/connection.ts';
import { linkHash } from './write.ts';

const BATCH = 2_000;

export interface ChainCheck {
  /** Entries that were checked. */
  readonly entries: number;
  readonly intact: boolean;
  /** Id of the first entry that is not as it was written, or that follows a missing one; null when only the end is missing. */
  readonly brokenAt: number | null;
}

/** Walks every chain, as it is at one moment: an entry that was edited, removed, added or moved breaks it. */
export function verifyAudit(db: Db): Promise<ChainCheck> {
  return db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(verifyAll);
}

async function verifyAll(reader: Reader): Promise<ChainCheck> {
  const ends = await reader.selectFrom('auditChains').selectAll().orderBy('chain').execute();
  let entries = 0;
  for (const end of ends) {
    const check = await verifyChain(reader, end);
    entries += check.entries;
    if (!check.intact) return { ...check, entries };
  }
  return { entries, intact: true, brokenAt: null };
}

async function verifyChain(
  reader: Reader,
  end: { chain: number; position: number; hash: string },
): Promise<ChainCheck> {
  let last = { position: 0, hash: '' };
  for (;;) {
    const rows = await entriesAfter(reader, end.chain, last.position);
    for (const { id, previousHash, hash, ...facts } of rows) {
      const follows = facts.position === last.position + 1 && previousHash === last.hash;
      if (!follows || linkHash(previousHash, facts) !== hash) {
        return { entries: last.position, intact: false, brokenAt: id };
      }
      last = { position: facts.position, hash };
    }
    if (rows.length < BATCH) break;
  }
  const isWhole = last.position === end.position && last.hash === end.hash;
  return { entries: last.position, intact: isWhole, brokenAt: null };
}

function entriesAfter(reader: Reader, chain: number, position: number) {
  return reader
    .selectFrom('auditEntries')
    .selectAll()
    .where('chain', '=', chain)
    .where('position', '>', position)
    .orderBy('position')
    .limit(BATCH)
    .execute();
}
