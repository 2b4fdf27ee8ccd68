import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { pino } from 'pino';
import { v7 as uuid } from 'uuid';
import { describe, expect, it } from 'vitest';
import { emptyDraft } from '#core/assignment/draft.ts';
import { deskSettingsSchema } from '#core/contract/desk/events.ts';
import { listDrafts, saveDraft } from '../../../src/main/store/drafts.ts';
import { getEnrolment, saveEnrolment } from '../../../src/main/store/enrolment.ts';
import { openOrRepairStore } from '../../../src/main/store/repair.ts';
import { getSetting, saveSetting } from '../../../src/main/store/settings.ts';
import { openStore, StoreFromTheFuture } from '../../../src/main/store/store.ts';
import { testFolders } from '../folder.ts';
import { startDesk } from '../host/test-desk.ts';

const newFolder = testFolders();
const PERSON = 7;
const DRAFTS = 400;
const PAGE = 4096;
const log = pino({ level: 'silent' });
const now = () => new Date('2026-11-22T10:00:00.000Z');
const settings = { language: 'pt', colourScheme: 'dark', sound: { muted: true, volume: 0.2 } } as const;
const enrolment = {
  centralUrl: 'http://127.0.0.1:9',
  state: 'revoked',
  desk: { id: uuid(), name: 'Till 1', store: { id: 1, name: 'Store 1' } },
} as const;

/** A desk's database with much in it, closed. */
async function filled(): Promise<string> {
  const folder = newFolder();
  const store = await openStore(folder);
  for (let index = 0; index < DRAFTS; index += 1) {
    const at = new Date(Date.UTC(2026, 10, 22, 8, 0, index)).toISOString();
    await saveDraft(store, { ...emptyDraft(uuid(), PERSON, 1, at), purchaseOrder: `PO-${index}`.padEnd(300, '.') });
  }
  await saveSetting(store, 'desk', settings);
  await saveEnrolment(store, enrolment);
  await store.destroy();
  return folder;
}

const fileIn = (folder: string) => `${folder}/desk.sqlite`;

async function whatIsThere(folder: string) {
  const { store, setAside } = await openOrRepairStore(folder, now, log);
  try {
    return {
      setAside,
      drafts: (await listDrafts(store, PERSON)).length,
      settings: await getSetting(store, 'desk', deskSettingsSchema),
      enrolment: await getEnrolment(store),
    };
  } finally {
    await store.destroy();
  }
}

/** Overwrites pages in the middle of the drafts, where no other table is. */
function breakPages(folder: string, share: number): void {
  const database = new Database(fileIn(folder), { readonly: true });
  const pages = database
    .prepare("select pageno from dbstat where name = 'draft' and pagetype = 'leaf' order by pageno")
    .pluck()
    .all() as number[];
  database.close();
  const bytes = readFileSync(fileIn(folder));
  const broken = pages.slice(
    Math.floor(pages.length / 2),
    Math.floor(pages.length / 2) + Math.ceil(pages.length * share),
  );
  for (const page of broken) bytes.fill(0xa5, (page - 1) * PAGE, page * PAGE);
  writeFileSync(fileIn(folder), bytes);
}

describe('a damaged desk database', () => {
  it('is set aside as it was, and everything that can be read goes on', async () => {
    const folder = await filled();
    breakPages(folder, 0.1);
    const damaged = readFileSync(fileIn(folder));
    const { setAside, drafts, ...rest } = await whatIsThere(folder);
    expect(setAside).toEqual({
      file: expect.stringMatching(/^desk\.sqlite\.damaged-/),
      at: '2026-11-22T10:00:00.000Z',
      what: 'desk',
    });
    expect(drafts).toBeGreaterThan(DRAFTS * 0.8);
    expect(drafts).toBeLessThan(DRAFTS);
    expect(rest).toEqual({ settings, enrolment });
    expect(readFileSync(`${folder}/${setAside?.file}`).equals(damaged)).toBe(true);
    // The next start finds a whole one.
    expect(await whatIsThere(folder)).toEqual({ setAside: null, drafts, ...rest });
  });

  it.each([
    ['is no database at all', Buffer.from('not a database '.repeat(500))],
    ['is cut off in its first page', Buffer.from('SQLite format 3\0')],
  ])('that %s makes way for a new one', async (_what, content) => {
    const folder = await filled();
    writeFileSync(fileIn(folder), content);
    expect(await whatIsThere(folder)).toMatchObject({ setAside: { what: 'desk' }, drafts: 0 });
  });

  it('that is whole is opened as it is, and so is one that is not there yet', async () => {
    expect(await whatIsThere(await filled())).toMatchObject({ setAside: null, drafts: DRAFTS });
    expect(await whatIsThere(newFolder())).toMatchObject({ setAside: null, drafts: 0 });
  });

  it('of a newer version is refused, not set aside', async () => {
    const folder = await filled();
    const database = new Database(fileIn(folder));
    database.prepare('insert into kysely_migration (name, timestamp) values (?, ?)').run('9999-later', '2030');
    database.close();
    await expect(openOrRepairStore(folder, now, log)).rejects.toThrow(StoreFromTheFuture);
    expect(readdirSync(folder).filter((name) => name.includes('damaged'))).toEqual([]);
  });

  it('is repaired again when the repair was cut off before its end', async () => {
    const folder = await filled();
    breakPages(folder, 0.1);
    // What a repair leaves that was killed while it copied.
    copyFileSync(fileIn(folder), `${fileIn(folder)}.reading`);
    writeFileSync(`${fileIn(folder)}.rebuilding`, 'half a database');
    const { drafts, ...rest } = await whatIsThere(folder);
    expect(drafts).toBeGreaterThan(DRAFTS * 0.8);
    expect(rest).toMatchObject({ settings, enrolment });
    expect(readdirSync(folder).filter((name) => /rebuil|reading/.test(name))).toEqual([]);
  });

  it('does not keep the desk from starting, which says so', async () => {
    const folder = await filled();
    breakPages(folder, 0.1);
    const { desk } = await startDesk({ dataDir: folder, centralUrl: 'http://127.0.0.1:9' });
    expect(await desk.sync.state()).toMatchObject({ setAside: { what: 'desk' } });
    expect(await desk.system.settings()).toEqual(settings);
  });
});
