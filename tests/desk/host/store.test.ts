import Database from 'better-sqlite3';
import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { describe, expect, it } from 'vitest';
import { type Draft, emptyDraft } from '#core/assignment/draft.ts';
import { deskSettingsSchema } from '#core/contract/desk/events.ts';
import { getDraft, listDrafts, removeOldDrafts, saveDraft } from '../../../src/main/store/drafts.ts';
import { addKnownJob, listRunningJobIds } from '../../../src/main/store/jobs.ts';
import { getSetting, saveSetting } from '../../../src/main/store/settings.ts';
import { openStore, type Store, StoreFromTheFuture } from '../../../src/main/store/store.ts';
import { testFolders } from '../folder.ts';

const newFolder = testFolders();
const PERSON = 7;
const file = (folder: string) => `${folder}/desk.sqlite`;

function draftAt(createdAt: string, change: Partial<Draft> = {}): Draft {
  return { ...emptyDraft(uuid(), PERSON, 1, createdAt), ...change };
}

/** Opens the store, works with it and closes it, as one run of the desk does. */
async function run<T>(folder: string, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(folder);
  try {
    return await work(store);
  } finally {
    await store.destroy();
  }
}

describe('the desk’s store', () => {
  it('gives a draft back as it was saved, after a restart', async () => {
    const folder = newFolder();
    const draft = draftAt('2026-11-22T10:00:00.000Z', { purchaseOrder: 'PO-1 O’Brien 😀 עברית', autoRenew: true });
    await run(folder, (store) => saveDraft(store, draft));
    expect(await run(folder, (store) => getDraft(store, PERSON, draft.id))).toEqual(draft);
  });

  it('writes every commit to the disk before it answers', async () => {
    const folder = newFolder();
    await run(folder, async (store) => {
      const FULL = 2;
      expect((await sql`pragma synchronous`.execute(store)).rows).toEqual([{ synchronous: FULL }]);
      expect((await sql`pragma journal_mode`.execute(store)).rows).toEqual([{ journalMode: 'wal' }]);
    });
  });

  it('lists the person’s open drafts and those whose job still runs, oldest first', async () => {
    await run(newFolder(), async (store) => {
      const order = { id: 1, serviceId: null, jobId: 41 };
      const running = draftAt('2026-11-22T09:00:00.000Z', { status: 'ordered', order });
      const ended = draftAt('2026-11-22T09:10:00.000Z', { status: 'ordered', order: { ...order, jobId: 42 } });
      const open = draftAt('2026-11-22T08:00:00.000Z');
      const discarded = draftAt('2026-11-22T07:00:00.000Z', { status: 'discarded' });
      const others = { ...draftAt('2026-11-22T06:00:00.000Z'), userId: PERSON + 1 };
      for (const draft of [running, ended, open, discarded, others]) await saveDraft(store, draft);
      await addKnownJob(store, 41, PERSON, '2026-11-22T09:00:00.000Z');
      expect((await listDrafts(store, PERSON)).map(({ id }) => id)).toEqual([open.id, running.id]);
      expect(await listRunningJobIds(store, PERSON)).toEqual([41]);
    });
  });

  it('keeps a colleague’s draft from everybody else', async () => {
    await run(newFolder(), async (store) => {
      const draft = draftAt('2026-11-22T08:00:00.000Z');
      await saveDraft(store, draft);
      expect(await getDraft(store, PERSON + 1, draft.id)).toBeUndefined();
    });
  });

  it.each([
    ['is no JSON', '{"id": "01'],
    ['is JSON of another shape', '{"id": 4}'],
    ['has a field that makes no sense', JSON.stringify({ ...draftAt('2026-11-22T08:00:00.000Z'), items: 'many' })],
  ])('sets a draft aside that %s, and goes on with the others', async (_what, document) => {
    const folder = newFolder();
    const [good, bad] = [draftAt('2026-11-22T08:00:00.000Z'), draftAt('2026-11-22T09:00:00.000Z')];
    await run(folder, async (store) => {
      await saveDraft(store, good);
      await saveDraft(store, bad);
    });
    const database = new Database(file(folder));
    database.prepare('update draft set document = ? where id = ?').run(document, bad.id);
    database.close();
    await run(folder, async (store) => {
      expect((await listDrafts(store, PERSON)).map(({ id }) => id)).toEqual([good.id]);
      expect(await store.selectFrom('draftSetAside').select(['id', 'document']).execute()).toEqual([
        { id: bad.id, document },
      ]);
      expect(await getDraft(store, PERSON, bad.id)).toBeUndefined();
    });
  });

  it('refuses data of a newer version, in words, and leaves it as it is', async () => {
    const folder = newFolder();
    await run(folder, async () => undefined);
    const database = new Database(file(folder));
    database.prepare('insert into kysely_migration (name, timestamp) values (?, ?)').run('9999-later', '2030');
    database.close();
    await expect(openStore(folder)).rejects.toThrow(StoreFromTheFuture);
    await expect(openStore(folder)).rejects.toThrow(/newer version of Comptoir.*9999-later/);
  });

  it('forgets only drafts that nobody can come back to', async () => {
    await run(newFolder(), async (store) => {
      const old = '2026-11-01T00:00:00.000Z';
      const open = draftAt(old);
      const discarded = draftAt(old, { status: 'discarded' });
      const justDiscarded = draftAt(old, { status: 'discarded', updatedAt: '2026-11-22T10:00:00.000Z' });
      for (const draft of [open, discarded, justDiscarded]) await saveDraft(store, draft);
      expect(await removeOldDrafts(store, '2026-11-22T09:59:00.000Z', old)).toBe(1);
      expect(await getDraft(store, PERSON, open.id)).toEqual(open);
      expect(await getDraft(store, PERSON, justDiscarded.id)).toEqual(justDiscarded);
    });
  });

  it('falls back to the defaults for settings that can’t be read', async () => {
    await run(newFolder(), async (store) => {
      await saveSetting(store, 'desk', { language: 'tlh' });
      expect(await getSetting(store, 'desk', deskSettingsSchema)).toBeUndefined();
    });
  });
});
