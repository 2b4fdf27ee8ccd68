import Database from 'better-sqlite3';
import { v7 as uuid } from 'uuid';
import { describe, expect, it } from 'vitest';
import { emptyDraft } from '#core/assignment/draft.ts';
import { deskSettingsSchema } from '#core/contract/desk/events.ts';
import type { StaffUser } from '#core/domain/user.ts';
import { getDraft, saveDraft } from '../../../src/main/store/drafts.ts';
import { addKnownJob, listRunningJobIds } from '../../../src/main/store/jobs.ts';
import { first } from '../../../src/main/store/migrations/0001-first.ts';
import { getSavedSession } from '../../../src/main/store/session.ts';
import { getSetting, saveSetting } from '../../../src/main/store/settings.ts';
import { getStaffMember } from '../../../src/main/store/staff.ts';
import { openStore } from '../../../src/main/store/store.ts';
import { testFolders } from '../folder.ts';

const newFolder = testFolders();
const user: StaffUser = {
  id: 42,
  name: 'Zoë O’Brien',
  email: 'zoe@test.comptoir.test',
  roles: ['sales'],
  permissions: ['view_customer', 'provision'],
  store: { id: 1, name: 'Store 1' },
};
const settings = { language: 'fr', colourScheme: 'light', sound: { muted: false, volume: 1 } } as const;

/** A database as version 1 left it. */
async function versionOne(sessionUser: string) {
  const folder = newFolder();
  const draft = emptyDraft(uuid(), user.id, 1, '2026-11-22T08:00:00.000Z');
  const store = await openStore(folder, { '0001-first': first });
  await saveDraft(store, draft);
  await saveSetting(store, 'desk', settings);
  await addKnownJob(store, 456, user.id, '2026-11-22T08:00:00.000Z');
  await store.destroy();
  const database = new Database(`${folder}/desk.sqlite`);
  database.prepare('insert into session (id, user, refresh_token) values (1, ?, ?)').run(sessionUser, 'sealed-token');
  database.close();
  return { folder, draft };
}

describe('a desk database of version 1', () => {
  it('goes on with everything in it: drafts, settings, jobs, and who was signed in', async () => {
    const { folder, draft } = await versionOne(JSON.stringify(user));
    const store = await openStore(folder);
    expect(await getDraft(store, user.id, draft.id)).toEqual(draft);
    expect(await getSetting(store, 'desk', deskSettingsSchema)).toEqual(settings);
    expect(await listRunningJobIds(store, user.id)).toEqual([456]);
    expect(await getSavedSession(store)).toEqual({ user, by: 'password', refreshToken: 'sealed-token' });
    // When that sign-in was is not known, so it gives no days of PIN.
    expect(await getStaffMember(store, user.id)).toMatchObject({ pin: null, triesLeft: 5 });
    await store.destroy();
  });

  it.each(['{"id": ', '{"name": "nobody"}', 'null'])(
    'whose signed-in person reads %s has nobody signed in',
    async (text) => {
      const { folder, draft } = await versionOne(text);
      const store = await openStore(folder);
      expect(await getSavedSession(store)).toBeNull();
      expect(await getDraft(store, user.id, draft.id)).toEqual(draft);
      await store.destroy();
    },
  );
});
