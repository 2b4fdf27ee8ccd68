import type { Selectable } from 'kysely';
import { type Draft, draftSchema } from '#core/assignment/draft.ts';
import type { StoreTables } from './schema.ts';
import type { Store } from './store.ts';

type Row = Selectable<StoreTables['draft']>;

/** Saves the draft as it is now; it is on the disk when this resolves. */
export async function saveDraft(store: Store, draft: Draft): Promise<void> {
  const row = {
    status: draft.status,
    userId: draft.userId,
    createdAt: draft.createdAt,
    updatedAt: draft.updatedAt,
    jobId: draft.order?.jobId ?? null,
    document: JSON.stringify(draft),
  };
  await store
    .insertInto('draft')
    .values({ id: draft.id, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute();
}

/** The person's draft in any state; undefined when there is none or it can't be read any more (then it is set aside). */
export async function getDraft(store: Store, userId: number, id: string): Promise<Draft | undefined> {
  const rows = await store.selectFrom('draft').selectAll().where('id', '=', id).where('userId', '=', userId).execute();
  return (await readable(store, rows))[0];
}

/** The draft, whoever's it is; undefined when there is none. */
export async function findDraft(store: Store, id: string): Promise<Draft | undefined> {
  return (await readable(store, await store.selectFrom('draft').selectAll().where('id', '=', id).execute()))[0];
}

/** Everyone's open drafts. */
export async function listOpenDrafts(store: Store): Promise<Draft[]> {
  return readable(store, await store.selectFrom('draft').selectAll().where('status', '=', 'open').execute());
}

/** The person's open drafts, those on their way to head office, and those ordered whose job still runs, oldest first. */
export async function listDrafts(store: Store, userId: number): Promise<Draft[]> {
  const rows = await store
    .selectFrom('draft')
    .leftJoin('knownJob', 'knownJob.id', 'draft.jobId')
    .selectAll('draft')
    .where('draft.userId', '=', userId)
    .where(({ eb, and, or }) =>
      or([
        eb('draft.status', '=', 'open'),
        and([eb('draft.status', '=', 'ordered'), or([eb('draft.jobId', 'is', null), eb('knownJob.ended', '=', 0)])]),
      ]),
    )
    .orderBy('draft.createdAt')
    .execute();
  return readable(store, rows);
}

/**
 * Forgets drafts discarded before the first instant and those ordered before the second, once head office has the order.
 * Returns how many.
 */
export async function removeOldDrafts(store: Store, discardedBefore: string, orderedBefore: string): Promise<number> {
  const { numDeletedRows } = await store
    .deleteFrom('draft')
    .where(({ eb, and, or }) =>
      or([
        and([eb('status', '=', 'discarded'), eb('updatedAt', '<', discardedBefore)]),
        and([eb('status', '=', 'ordered'), eb('jobId', 'is not', null), eb('updatedAt', '<', orderedBefore)]),
      ]),
    )
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}

async function readable(store: Store, rows: Row[]): Promise<Draft[]> {
  const drafts: Draft[] = [];
  for (const row of rows) {
    const { draft, reason } = readDocument(row.document);
    if (draft === null) await setAside(store, row, reason);
    else drafts.push(draft);
  }
  return drafts;
}

type Read = { draft: Draft; reason: null } | { draft: null; reason: string };

function readDocument(document: string): Read {
  try {
    return { draft: draftSchema.parse(JSON.parse(document)), reason: null };
  } catch (error) {
    return { draft: null, reason: String(error) };
  }
}

/** A document that can't be read is kept for the help desk, out of everyone's way. */
async function setAside(store: Store, row: Row, reason: string): Promise<void> {
  const setAsideAt = new Date().toISOString();
  await store.transaction().execute(async (tx) => {
    await tx.insertInto('draftSetAside').values({ id: row.id, setAsideAt, reason, document: row.document }).execute();
    await tx.deleteFrom('draft').where('id', '=', row.id).execute();
  });
}
