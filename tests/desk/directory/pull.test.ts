import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { waitUntil } from '../../parts/wait.ts';
import { testFolders } from '../folder.ts';
import { startDirectory } from './desk-directory.ts';
import { startFakeCentral } from './fake-central.ts';
import { customerRow, itemRow } from './rows.ts';

const newFolder = testFolders();
const customers = (count: number) => Array.from({ length: count }, (_, n) => customerRow(n + 1));

test('the first pull brings every row, and is whole', async () => {
  const central = await startFakeCentral({ pageRows: 10 });
  central.put('customers', ...customers(95));
  const desk = startDirectory({ url: central.url, folder: newFolder() });
  await desk.untilState('current');
  expect(await desk.names()).toHaveLength(95);
  expect(desk.directory.isWhole()).toBe(true);
  expect(desk.directory.state().lastSyncAt).not.toBeNull();
  expect(central.asked.filter((one) => one.startsWith('snapshot'))).toHaveLength(10);
  expect([...desk.heard.entities]).toContain('customers');
});

test('a pull that was cut goes on where it stopped, also after a start', async () => {
  const central = await startFakeCentral({ pageRows: 10 });
  central.put('customers', ...customers(95));
  const folder = newFolder();
  const before = startDirectory({ url: central.url, folder });
  await waitUntil(() => (before.directory.state().progress?.done ?? 0) >= 30, 'some pages');
  central.down();
  await before.stop();
  const asked = central.asked.length;
  central.up();
  const after = startDirectory({ url: central.url, folder });
  await after.untilState('current');
  expect(await after.names()).toHaveLength(95);
  expect(central.asked[asked]).toMatch(/^snapshot 1\.[3-9]0\./);
  expect(new Set(central.asked.filter((one) => one === 'snapshot')).size).toBe(1);
});

test('what central announces is here at once, and what it removes is gone', async () => {
  const central = await startFakeCentral();
  central.put('customers', customerRow(1));
  central.put('items', itemRow(7), itemRow(8));
  const desk = startDirectory({ url: central.url, folder: newFolder() });
  await desk.untilState('current');
  await waitUntil(() => central.listeners() > 0, 'the desk listens');
  desk.heard.entities.clear();
  central.put('customers', customerRow(1, { name: 'Renamed', version: 2 }));
  central.remove('items', 7);
  central.announce();
  await waitUntil(async () => (await desk.names())[0] === 'Renamed', 'the new name');
  const items = await desk.directory.reader()?.selectFrom('item').select('id').execute();
  expect(items).toEqual([{ id: 8 }]);
  await waitUntil(() => desk.heard.entities.size === 2, 'both entities');
  expect([...desk.heard.entities].sort()).toEqual(['customers', 'items']);
});

test('a row that changes twice in one page ends as it is now', async () => {
  const central = await startFakeCentral();
  const desk = startDirectory({ url: central.url, folder: newFolder() });
  await desk.untilState('current');
  const [columns, at] = [Object.keys(customerRow(1)), new Date().toISOString()];
  const cells = (name: string) => Object.values(customerRow(1, { name }));
  const table = (name: string) => ({ entity: 'customers', columns, rows: [cells(name)], gone: [] });
  central.answerNext((response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify({ tables: [table('First'), table('Last')], cursor: '1.0', complete: true, progress: null, at }),
    );
  });
  await desk.directory.caughtUp(5_000);
  expect(await desk.names()).toEqual(['Last']);
  const found = await desk.directory.reader()?.selectFrom('customerTermEntry').select('term').execute();
  expect(found?.map(({ term }) => term)).toEqual(['a:last', 'e:c1@example.test']);
});

test('what was asked for is in when caughtUp resolves', async () => {
  const central = await startFakeCentral();
  const desk = startDirectory({ url: central.url, folder: newFolder() });
  await desk.untilState('current');
  for (let id = 1; id <= 20; id += 1) {
    central.put('customers', customerRow(id));
    await desk.directory.caughtUp(5_000);
    expect(await desk.names()).toHaveLength(id);
  }
});

test('without a line it says so, keeps its answers and comes back by itself', async () => {
  const central = await startFakeCentral();
  central.put('customers', customerRow(1));
  const desk = startDirectory({ url: central.url, folder: newFolder() });
  await desk.untilState('current');
  central.down();
  await desk.directory.caughtUp(5_000);
  await desk.untilState('behind');
  expect(await desk.names()).toEqual(['Customer 1']);
  expect(desk.directory.isWhole()).toBe(true);
  central.put('customers', customerRow(2));
  central.up();
  await desk.untilState('current');
  expect(await desk.names()).toHaveLength(2);
});

test('a cursor that central does not know: the old answers stay until the new directory is whole', async () => {
  const central = await startFakeCentral({ pageRows: 5 });
  central.put('customers', ...customers(40));
  const desk = startDirectory({ url: central.url, folder: newFolder() });
  await desk.untilState('current');
  central.restore();
  for (const { id } of customers(40)) central.remove('customers', id);
  central.put('customers', ...customers(30).map((row) => ({ ...row, name: 'New' })));
  let whole = 0;
  const seen = new Set<number>();
  void desk.directory.caughtUp(0);
  await waitUntil(async () => {
    if (desk.directory.isWhole()) whole += 1;
    const names = desk.directory.reader() === null ? [] : await desk.names();
    if (names.length > 0) seen.add(names.length);
    return names[0] === 'New' && desk.directory.state().directory === 'current';
  }, 'the new directory');
  expect(whole).toBeGreaterThan(0);
  expect([...seen].sort()).toEqual([30, 40]);
});

test('a withdrawn credential is told once; what is here stays, and another one goes on', async () => {
  const central = await startFakeCentral();
  central.put('customers', customerRow(1));
  const folder = newFolder();
  const first = startDirectory({ url: central.url, folder });
  await first.untilState('current');
  await first.stop();
  const desk = startDirectory({ url: central.url, folder, credential: 'another' });
  await waitUntil(() => desk.heard.refused.length > 0, 'the refusal');
  expect(desk.heard.refused).toEqual(['another']);
  expect(await desk.names()).toEqual(['Customer 1']);
});

test('items that central asks back are told', async () => {
  const central = await startFakeCentral();
  const desk = startDirectory({ url: central.url, folder: newFolder() });
  await desk.untilState('current');
  await waitUntil(() => central.listeners() > 0, 'the desk listens');
  central.tell({ type: 'give_back', itemIds: [4, 5] });
  await waitUntil(() => desk.heard.givenBack.length > 0, 'the request');
  expect(desk.heard.givenBack).toEqual([4, 5]);
});

test('it stops listening when asked to, also after memory was tidied', async () => {
  const central = await startFakeCentral();
  const desk = startDirectory({ url: central.url, folder: newFolder() });
  await desk.untilState('current');
  await waitUntil(() => central.listeners() > 0, 'the desk listens');
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  await desk.stop();
  await waitUntil(() => central.listeners() === 0, 'the stream to end');
});
