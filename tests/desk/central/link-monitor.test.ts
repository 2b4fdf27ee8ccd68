import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import type { Link } from '#core/contract/desk/events.ts';
import { createLinkMonitor } from '../../../src/main/central/link-monitor.ts';
import { startTestCentral, type TestCentral } from '../../parts/central.ts';
import { waitUntil } from '../../parts/wait.ts';

let central: TestCentral;
beforeAll(async () => {
  central = await startTestCentral();
});
afterAll(() => central.stop());

/** A line on which everything may vanish: nothing is refused or closed, it just never arrives. */
async function startLine(target: string) {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let isDead = false;
  const server = createServer((near) => {
    sockets.add(near);
    near.on('error', () => undefined);
    if (isDead) return void near.pause();
    const far = connect(Number(port), hostname);
    sockets.add(far);
    far.on('error', () => near.destroy());
    near.on('close', () => far.destroy());
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    die() {
      isDead = true;
      for (const socket of sockets) socket.unpipe().pause();
    },
    heal() {
      isDead = false;
    },
  };
}

function watch(url: string, now = () => new Date()) {
  const links: Link[] = [];
  let clockNews = 0;
  const monitor = createLinkMonitor({
    url,
    changed: (link) => void links.push(link),
    clockChanged: () => {
      clockNews += 1;
    },
    now,
  });
  onTestFinished(() => monitor.stop());
  monitor.start();
  return {
    monitor,
    links,
    clockNews: () => clockNews,
    is: (state: Link['state']) => monitor.current().state === state,
  };
}

it('a line on which everything vanishes is known as cut, without anybody’s refusal, and seen when it heals', async () => {
  const line = await startLine(central.url);
  const { is, links } = watch(line.url);
  await waitUntil(() => is('online'), 'the line');
  line.die();
  await waitUntil(() => is('offline'), 'the cut to be seen');
  expect(links.at(-1)).toMatchObject({ state: 'offline', error: 'central_timeout' });
  line.heal();
  await waitUntil(() => is('online'), 'the line to be back');
});

it('asked now, it finds out now', async () => {
  const line = await startLine(central.url);
  const { monitor, is } = watch(line.url);
  await waitUntil(() => is('online'), 'the line');
  line.die();
  expect(await monitor.check()).toMatchObject({ state: 'offline' });
});

it('knows how far this machine’s clock is from central’s, and tells only what is news', async () => {
  let ahead = 0;
  const { monitor, clockNews } = watch(central.url, () => new Date(Date.now() + ahead));
  expect(monitor.clockDifference()).toBeNull();
  await waitUntil(() => monitor.clockDifference() !== null, 'central’s time');
  expect(Math.abs(monitor.clockDifference() ?? Number.NaN)).toBeLessThan(5_000);
  for (let round = 0; round < 5; round += 1) await monitor.check();
  expect(clockNews()).toBe(1);
  ahead = 24 * 60 * 60 * 1000;
  await monitor.check();
  await monitor.check();
  expect(Math.abs((monitor.clockDifference() ?? 0) - ahead)).toBeLessThan(5_000);
  expect(clockNews()).toBe(2);
});
