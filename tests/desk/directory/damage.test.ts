import { fork } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readdirSync, statSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { waitUntil } from '../../parts/wait.ts';
import { testFolders } from '../folder.ts';
import { startDirectory } from './desk-directory.ts';
import { CREDENTIAL, startFakeCentral } from './fake-central.ts';
import { customerRow } from './rows.ts';

const newFolder = testFolders();
const customers = (count: number) => Array.from({ length: count }, (_, n) => customerRow(n + 1));
const fileIn = (folder: string) => path.join(folder, 'directory.sqlite');
const asideIn = (folder: string) => readdirSync(folder).filter((name) => /directory\.sqlite\.damaged-.*Z$/.test(name));

async function centralWith(count: number) {
  const central = await startFakeCentral({ pageRows: 50 });
  central.put('customers', ...customers(count));
  return central;
}

/** A folder with a whole directory that nobody has open. */
async function pulledFolder(url: string): Promise<string> {
  const folder = newFolder();
  const desk = startDirectory({ url, folder });
  await desk.untilState('current');
  await desk.stop();
  return folder;
}

/** Writes noise over the file from its second page on. */
function spoil(file: string) {
  const descriptor = openSync(file, 'r+');
  for (let at = 4096; at < statSync(file).size; at += 4096)
    writeSync(descriptor, Buffer.alloc(3000, 0xa5), 0, 3000, at);
  closeSync(descriptor);
}

test('a directory that is no database at the start is set aside and pulled anew', async () => {
  const central = await centralWith(30);
  const folder = newFolder();
  writeFileSync(fileIn(folder), 'not a database at all, but long enough to look like one'.repeat(200));
  const desk = startDirectory({ url: central.url, folder });
  await desk.untilState('current');
  expect(await desk.names()).toHaveLength(30);
  expect(desk.directory.state().setAside).toMatchObject({ what: 'directory', file: asideIn(folder)[0] });
  expect(asideIn(folder)).toHaveLength(1);
});

test('a file with bad pages is found out at the start, without anybody asking for them', async () => {
  const central = await centralWith(3_000);
  const folder = await pulledFolder(central.url);
  spoil(fileIn(folder));
  const desk = startDirectory({ url: central.url, folder });
  await waitUntil(() => desk.directory.state().setAside !== null, 'the damage');
  await desk.untilState('current');
  expect(await desk.names()).toHaveLength(3_000);
});

test('damage that a read finds while the desk runs: set aside, pulled anew, and said', async () => {
  const central = await centralWith(3_000);
  const folder = await pulledFolder(central.url);
  const desk = startDirectory({ url: central.url, folder });
  await desk.untilState('current');
  spoil(fileIn(folder));
  await waitUntil(async () => {
    // A small cache in the reader may still hold a page or two: read them all.
    await desk.directory
      .reader()
      ?.selectFrom('customer')
      .selectAll()
      .execute()
      .catch(() => undefined);
    return desk.directory.state().setAside !== null;
  }, 'the damage');
  await desk.untilState('current');
  expect(await desk.names()).toHaveLength(3_000);
});

test('only the newest damaged file is kept', async () => {
  const central = await centralWith(5);
  const folder = newFolder();
  for (const text of ['first '.repeat(1_000), 'second '.repeat(1_000)]) {
    writeFileSync(fileIn(folder), text);
    const desk = startDirectory({ url: central.url, folder });
    await desk.untilState('current');
    await desk.stop();
  }
  expect(asideIn(folder)).toHaveLength(1);
});

test('a directory of a newer version is pulled anew', async () => {
  const central = await centralWith(10);
  const folder = await pulledFolder(central.url);
  const database = new Database(fileIn(folder));
  database.exec("insert into kysely_migration (name, timestamp) values ('9999-later', '2030-01-01')");
  database.close();
  const desk = startDirectory({ url: central.url, folder });
  await desk.untilState('current');
  expect(await desk.names()).toHaveLength(10);
  expect(asideIn(folder)).toHaveLength(1);
});

test('a desk that is enrolled in another store starts with nothing of the old one', async () => {
  const central = await centralWith(10);
  const folder = await pulledFolder(central.url);
  const asked = central.asked.length;
  const desk = startDirectory({ url: central.url, folder });
  desk.directory.follow({ id: '0199aaaa-0000-7000-8000-000000000002', storeId: 2, credential: CREDENTIAL });
  await waitUntil(() => central.asked.slice(asked).includes('snapshot'), 'a first pull');
  await desk.untilState('current');
  expect(desk.directory.state().setAside).toBeNull();
});

test('a disk that is full: said, nothing of the page is kept, and it goes on when there is room', async () => {
  const central = await centralWith(5_000);
  const folder = newFolder();
  const full = startDirectory({ url: central.url, folder, maxPages: 120 });
  await waitUntil(() => full.directory.state().problem === 'disk_full', 'the state says so');
  expect(full.directory.state().directory).toBe('first');
  const here = (await full.names()).length;
  expect(here % 50).toBe(0);
  expect(full.directory.state().progress?.done).toBe(here);
  await full.stop();
  const roomy = startDirectory({ url: central.url, folder });
  await roomy.untilState('current');
  expect(await roomy.names()).toHaveLength(5_000);
  expect(roomy.directory.state().problem).toBeNull();
});

test('killed at any moment of the first pull, it goes on where it stopped and ends with every row', async () => {
  const central = await centralWith(4_000);
  const folder = newFolder();
  const given = JSON.stringify({ url: central.url, folder, credential: CREDENTIAL });
  for (const rows of [100, 700, 1_500, 2_600]) {
    const child = fork(path.join(import.meta.dirname, 'kill-child.ts'), [given], { execArgv: [] });
    child.on('message', (done) => Number(done) >= rows && child.kill('SIGKILL'));
    await once(child, 'exit');
    const database = new Database(fileIn(folder), { readonly: true });
    const done = Number(database.prepare("select value from meta where name = 'done'").pluck().get());
    expect(database.prepare('select count(*) from customer').pluck().get()).toBe(done);
    expect(done).toBeGreaterThanOrEqual(rows);
    database.close();
  }
  const desk = startDirectory({ url: central.url, folder });
  await desk.untilState('current');
  expect(await desk.names()).toHaveLength(4_000);
  expect(central.asked.filter((one) => one === 'snapshot')).toHaveLength(1);
});
