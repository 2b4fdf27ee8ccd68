import {
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { verifyJournal } from '../../../src/main/journal/journal.ts';
import { StoreFromTheFuture } from '../../../src/main/store/store.ts';
import { giveBack, letGo, listGivenBack, takeHere } from '../../../src/main/work-store/holds.ts';
import { migrations } from '../../../src/main/work-store/migrations/index.ts';
import { openWorkStore } from '../../../src/main/work-store/work-store.ts';
import { testFolders } from '../folder.ts';
import { openOutbox, orderedDraft } from './outbox-desk.ts';
import { createStandIn } from './stand-in.ts';

const newFolder = testFolders();
const now = () => new Date();
const fileOf = (folder: string) => path.join(folder, 'work.sqlite');

/** A desk that kept so many pieces of work and stopped; gives their ids. */
async function filled(folder: string, count: number): Promise<string[]> {
  const desk = openOutbox({ folder, central: createStandIn() });
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1)
    ids.push((await desk.createCustomer(`Person ${index} ${'x'.repeat(200)}`)).id);
  await desk.close();
  return ids;
}

/** Overwrites some pages, as a disk that fails would. */
function damage(file: string, pages: readonly number[]) {
  const handle = openSync(file, 'r+');
  for (const page of pages) writeSync(handle, Buffer.alloc(4096, 0xa5), 0, 4096, page * 4096);
}

describe('a damaged file', () => {
  it('is set aside at the start, and everything readable goes on', async () => {
    const folder = newFolder();
    const ids = await filled(folder, 200);
    const pages = Math.floor(statSync(fileOf(folder)).size / 4096);
    damage(fileOf(folder), [Math.floor(pages / 2)]);
    const desk = openOutbox({ folder, central: createStandIn() });
    const aside = desk.work.setAside();
    expect(aside).toMatchObject({ what: 'work', file: expect.stringContaining('work.sqlite.damaged-') });
    expect(existsSync(path.join(folder, aside?.file ?? ''))).toBe(true);
    const kept = new Set((await desk.entries()).map(({ id }) => id));
    const lost = ids.filter((id) => !kept.has(id));
    // One page holds a few entries or journal lines; the others are all there.
    expect(lost.length).toBeLessThan(15);
    const { localId } = await desk.createCustomer('After');
    expect(localId).toBe(-201);
    await desk.close();
    const again = openOutbox({ folder, central: createStandIn() });
    expect(again.work.setAside()).toBeNull();
    await again.close();
  });

  it('of which nothing can be read gives an empty one, and is kept', async () => {
    const folder = newFolder();
    await filled(folder, 3);
    writeFileSync(fileOf(folder), 'this is no database at all, but a text of some length'.repeat(200));
    const desk = openOutbox({ folder, central: createStandIn() });
    expect(desk.work.setAside()?.what).toBe('work');
    expect(await desk.entries()).toEqual([]);
    expect((await desk.createCustomer('After')).state).toBe('saved');
    await desk.close();
  });

  it('found in use is set aside then, and the act that found it is done', async () => {
    const folder = newFolder();
    // Nothing is read from memory that can be read from the file.
    const uncached = { ...migrations, '9999-uncached': 'pragma cache_size = 1' };
    const desk = openOutbox({ folder, central: createStandIn(), migrations: uncached });
    for (let index = 0; index < 100; index += 1) await desk.createCustomer(`Person ${index} ${'x'.repeat(300)}`);
    desk.work.read((sql) => sql.all('pragma wal_checkpoint(TRUNCATE)'));
    const pages = Math.floor(statSync(fileOf(folder)).size / 4096);
    damage(
      fileOf(folder),
      Array.from({ length: pages - 20 }, (_, index) => index + 18),
    );
    await desk.entries();
    expect(desk.work.setAside()).toMatchObject({ what: 'work' });
    expect((await desk.createCustomer('After')).state).toBe('saved');
    await desk.close();
  });

  it('replaced only half-way by a stop is replaced by the next start', async () => {
    const folder = newFolder();
    await filled(folder, 5);
    const whole = readFileSync(fileOf(folder));
    // The successor is whole, and the damaged file still in its place.
    writeFileSync(`${fileOf(folder)}.rebuilt`, whole);
    damage(fileOf(folder), [0]);
    writeFileSync(`${fileOf(folder)}.rebuilding`, 'half');
    const desk = openOutbox({ folder, central: createStandIn() });
    expect(await desk.entries()).toHaveLength(5);
    await desk.close();
    expect(readdirSync(folder).filter((name) => /rebuil/.test(name))).toEqual([]);
  });

  it('cut short by a power cut loses nothing that was in the log', async () => {
    const folder = newFolder();
    const desk = openOutbox({ folder, central: createStandIn() });
    for (let index = 0; index < 5; index += 1) await desk.createCustomer(`Person ${index}`);
    const wal = readFileSync(`${fileOf(folder)}-wal`);
    const main = readFileSync(fileOf(folder));
    await desk.close();
    const torn = newFolder();
    writeFileSync(fileOf(torn), main);
    writeFileSync(`${fileOf(torn)}-wal`, Buffer.concat([wal, Buffer.alloc(3000, 7)]));
    const after = openOutbox({ folder: torn, central: createStandIn() });
    expect(await after.entries()).toHaveLength(5);
    expect((await verifyJournal(after.work)).intact).toBe(true);
    await after.close();
    truncateSync(fileOf(folder), statSync(fileOf(folder)).size);
  });
});

describe('versions', () => {
  it('a file of a newer version is refused in words and left as it is', async () => {
    const folder = newFolder();
    openWorkStore(folder, {
      now,
      migrations: { ...migrations, '9999-next-year': 'create table later (id integer)' },
    }).close();
    expect(() => openWorkStore(folder, { now })).toThrow(StoreFromTheFuture);
    expect(() => openWorkStore(folder, { now })).toThrow(/newer version.*9999-next-year/);
    expect(readdirSync(folder).filter((name) => name.includes('damaged'))).toEqual([]);
  });

  it('a file of the version before gets what is new, and keeps what it has', async () => {
    const folder = newFolder();
    await filled(folder, 3);
    const store = openWorkStore(folder, {
      now,
      migrations: { ...migrations, '9999-next': 'alter table local_hold add column note text' },
    });
    expect(store.read((sql) => sql.all('select id from outbox'))).toHaveLength(3);
    store.close();
  });
});

describe('a full disk', () => {
  it('is said plainly, nothing is half-written, and what was kept before stays and goes up', async () => {
    const folder = newFolder();
    const central = createStandIn();
    const small = { ...migrations, '9999-small': 'pragma max_page_count = 40' };
    const desk = openOutbox({ folder, central, migrations: small });
    const kept: string[] = [];
    let failure: unknown = null;
    while (failure === null && kept.length < 500) {
      try {
        const item = kept.length + 1;
        kept.push((await desk.placeOrder(123, [item], orderedDraft([item]))).id);
      } catch (error) {
        failure = error;
      }
    }
    expect(failure).toMatchObject({ code: 'not_saved', data: { reason: 'disk_full' } });
    expect(kept.length).toBeGreaterThan(3);
    const counts = desk.work.read((sql) => [
      sql.all('select id from outbox').length,
      sql.all(`select seq from journal where event = 'command.saved'`).length,
      sql.all('select item_id from local_hold').length,
    ]);
    expect(counts).toEqual([kept.length, kept.length, kept.length]);
    expect((await verifyJournal(desk.work)).intact).toBe(true);
    expect(desk.outbox.counts().waiting).toBe(kept.length);
    await desk.close();
    const roomy = openOutbox({ folder, central, migrations: small });
    roomy.online();
    await roomy.outbox.perform({
      ...{ type: 'customer.change', payload: { id: 123, name: 'x' }, customerId: 123, customerName: 'x', subject: 'x' },
    });
    while (roomy.outbox.counts().waiting > 0) await new Promise(setImmediate);
    expect(central.effects).toHaveLength(kept.length + 1);
    await roomy.close();
  });
});

describe('what is never undone', () => {
  it('the journal takes no change, unsent work is not deleted, and no state goes back', async () => {
    const folder = newFolder();
    const [id] = await filled(folder, 2);
    const database = new Database(fileOf(folder));
    expect(() => database.exec(`update journal set user_name = 'Eve'`)).toThrow('append-only');
    expect(() => database.exec('delete from journal')).toThrow('append-only');
    expect(() => database.prepare('delete from outbox where id = ?').run(id)).toThrow('never deleted');
    database.prepare(`update outbox set state = 'accepted' where id = ?`).run(id);
    expect(() => database.exec(`update outbox set state = 'saved'`)).toThrow('no such step');
    database.close();
  });
});

describe('items held here', () => {
  const hold = (itemId: number, draftId: string) => ({ itemId, draftId, userName: 'Ana' });

  it('one item is one draft’s; an order takes its items in the act that keeps it', async () => {
    const desk = openOutbox({ folder: newFolder(), central: createStandIn() });
    expect(takeHere(desk.work, hold(11, 'a'))).toEqual({ held: true });
    expect(takeHere(desk.work, hold(11, 'a'))).toEqual({ held: true });
    expect(takeHere(desk.work, hold(11, 'b'))).toMatchObject({ held: false, by: { draftId: 'a' } });
    await expect(desk.placeOrder(123, [12, 11])).rejects.toMatchObject({
      code: 'item_not_available',
      data: { itemId: 11, reason: 'held_by_other' },
    });
    expect(takeHere(desk.work, hold(12, 'b'))).toEqual({ held: true });
    expect(desk.outbox.counts().waiting).toBe(0);
    await desk.close();
  });

  it('only what nothing here holds is given back, and is then not promised any more', async () => {
    const desk = openOutbox({ folder: newFolder(), central: createStandIn() });
    takeHere(desk.work, hold(11, 'a'));
    await desk.placeOrder(123, [12]);
    expect(giveBack(desk.work, [11, 12, 13, 14], new Set([14]))).toEqual([13]);
    expect(desk.work.read(listGivenBack)).toEqual(new Set([13]));
    expect(takeHere(desk.work, hold(13, 'a'))).toEqual({ held: false, by: null });
    letGo(desk.work, 'a', [11]);
    expect(giveBack(desk.work, [11], new Set())).toEqual([11]);
    await desk.close();
  });
});
