import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { waitUntil } from '../../parts/wait.ts';
import { testFolders } from '../folder.ts';
import { startDirectory } from './desk-directory.ts';
import { type FakeCentral, startFakeCentral } from './fake-central.ts';
import { customerRow } from './rows.ts';

const newFolder = testFolders();

/** A desk with one customer, of an honest central that has another one by now. */
async function deskWithNews() {
  const central = await startFakeCentral();
  central.put('customers', customerRow(1));
  const desk = startDirectory({ url: central.url, folder: newFolder() });
  await desk.untilState('current');
  central.put('customers', customerRow(2));
  return { central, desk };
}

type Desk = Awaited<ReturnType<typeof deskWithNews>>['desk'];

/** Nothing of the bad answer is kept; the honest one after it is. */
async function expectRecovery(desk: Desk, central: FakeCentral) {
  // The next try may have come already.
  expect([['Customer 1'], ['Customer 1', 'Customer 2']]).toContainEqual(await desk.names());
  expect(desk.directory.isWhole()).toBe(true);
  await waitUntil(async () => {
    await desk.directory.caughtUp(1_000);
    return (await desk.names()).length === 2;
  }, 'the honest answer');
  expect(desk.directory.state().problem).toBeNull();
  expect(central.asked.at(-1)).toMatch(/^changes 1\./);
}

const json = (response: ServerResponse, text: string, status = 200) => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(text);
};
const good = Object.values(customerRow(3));
const columns = Object.keys(customerRow(3));
const page = (rows: unknown[][], over: object = {}) =>
  JSON.stringify({
    tables: [{ entity: 'customers', columns, rows, gone: [] }],
    cursor: '1.99',
    complete: true,
    progress: null,
    at: new Date().toISOString(),
    ...over,
  });

test.each<[string, (response: ServerResponse) => void]>([
  ['text that ends in the middle', (response) => json(response, page([good]).slice(0, -40))],
  ['no object at all', (response) => json(response, 'null')],
  ['a row of a wrong type behind a good one', (response) => json(response, page([good, [4, 5, ...good.slice(2)]]))],
  ['a row that is too short', (response) => json(response, page([good, good.slice(1)]))],
  ['an entity that nobody knows', (response) => json(response, page([good]).replace('customers', 'secrets'))],
  ['no cursor', (response) => json(response, page([good], { cursor: undefined }))],
  [
    'a page of another kind',
    (response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end('<h1>Accept our terms</h1>');
    },
  ],
  [
    'more than a page may hold, packed small',
    (response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
      response.end(gzipSync(Buffer.alloc(80 * 1024 * 1024, ' ')));
    },
  ],
])('%s is refused whole and said; the next honest page is taken', async (_, bad) => {
  const { central, desk } = await deskWithNews();
  central.answerNext(bad);
  await desk.directory.caughtUp(10_000);
  await waitUntil(() => desk.directory.state().problem === 'not_understood', 'the state says so');
  expect(desk.directory.state().directory).toBe('behind');
  await expectRecovery(desk, central);
});

test.each<[string, (response: ServerResponse) => void]>([
  ['an error', (response) => json(response, '{"code":"internal_error","message":""}', 500)],
  [
    'an error that is no JSON',
    (response) => {
      response.writeHead(502, { 'content-type': 'text/html' });
      response.end('bad gateway');
    },
  ],
  [
    'a line cut in the middle of a page',
    (response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100000' });
      response.write(page([good]), () => response.destroy());
    },
  ],
  [
    'a redirection',
    (response) => {
      response.writeHead(302, { location: 'http://127.0.0.1:1/' });
      response.end();
    },
  ],
])('%s leaves the directory as it is, until the next try', async (_, bad) => {
  const { central, desk } = await deskWithNews();
  central.answerNext(bad);
  await desk.directory.caughtUp(10_000);
  await desk.untilState('behind');
  await expectRecovery(desk, central);
});

test('a page that comes byte by byte is taken', async () => {
  const { central, desk } = await deskWithNews();
  central.answerNext((response) => {
    const text = page([good]);
    response.writeHead(200, { 'content-type': 'application/json' });
    let sent = 0;
    const next = () => {
      if (sent >= text.length) return void response.end();
      response.write(text.slice(sent, sent + 50));
      sent += 50;
      setTimeout(next, 5);
    };
    next();
  });
  await desk.directory.caughtUp(10_000);
  expect(await desk.names()).toEqual(['Customer 1', 'Customer 3']);
});
