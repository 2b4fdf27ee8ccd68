import { type Browser, type BrowserContext, type CDPSession, chromium, type Page } from 'playwright-core';
import { chromiumPath } from '../tests/parts/available.ts';
import { startBenchCentral } from './lib/central.ts';
import { skippedRow } from './lib/rows.ts';
import { percentile, rounded } from './lib/stats.ts';
import type { BenchRow } from './row.ts';

const VISITS = 5;
const QUIET_MS = 2_000;
/** A middling phone on a slow mobile line. */
const CPU_SLOWDOWN = 4;
const LINE = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 93_750 };
const PHONE = { width: 412, height: 823 };
const CUSTOMER = { email: 'john.smith@demo.comptoir.test', password: 'Comptoir!2026', remember: false };

/** Milliseconds since the page was asked for. */
interface Moments {
  readonly firstPaint: number;
  readonly largestPaint: number;
  /** The end of the last task that held the page up for over 50 ms. */
  readonly interactive: number;
  /** What such tasks took beyond 50 ms each, in sum. */
  readonly blocked: number;
}
interface Visit extends Moments {
  readonly bytes: number;
  readonly requests: number;
}

/** Runs in the page, before anything else of it. */
function watchPage(): void {
  const moments = { firstPaint: 0, largestPaint: 0, interactive: 0, blocked: 0, lastLong: performance.now() };
  Object.assign(globalThis, { moments });
  const watch = (type: string, see: (entry: PerformanceEntry) => void) =>
    new PerformanceObserver((list) => list.getEntries().forEach(see)).observe({ type, buffered: true });
  watch('paint', ({ name, startTime }) => {
    if (name === 'first-contentful-paint') moments.firstPaint = startTime;
  });
  watch('largest-contentful-paint', ({ startTime }) => {
    moments.largestPaint = startTime;
  });
  watch('longtask', ({ startTime, duration }) => {
    moments.interactive = startTime + duration;
    moments.lastLong = performance.now();
    if (moments.firstPaint > 0) moments.blocked += duration - 50;
  });
}

async function slowDown(page: Page): Promise<CDPSession> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions', LINE);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN });
  return devtools;
}

/** One look at an address on a slow phone, until what it is about is there and the page has been quiet. */
async function visit(context: BrowserContext, url: string, shown: string): Promise<Visit> {
  const page = await context.newPage();
  await page.addInitScript(watchPage);
  const devtools = await slowDown(page);
  let bytes = 0;
  let requests = 0;
  devtools.on('Network.requestWillBeSent', () => {
    requests += 1;
  });
  devtools.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  await page.goto(url);
  await page.locator(shown).first().waitFor();
  const isQuiet = (quietMs: number) => {
    const { lastLong } = (globalThis as unknown as { moments: { lastLong: number } }).moments;
    return performance.now() - lastLong > quietMs;
  };
  await page.waitForFunction(isQuiet, QUIET_MS);
  const moments = await page.evaluate(() => (globalThis as unknown as { moments: Moments }).moments);
  await page.close();
  return { ...moments, interactive: Math.max(moments.interactive, moments.firstPaint), bytes, requests };
}

function rowsOf(name: string, visits: readonly Visit[]): BenchRow[] {
  const middle = (of: (visit: Visit) => number) => rounded(percentile(visits.map(of), 0.5));
  const note = `middle of ${visits.length}; CPU ${CPU_SLOWDOWN} x slower, 1.6 Mbit/s, 150 ms`;
  return [
    { name: `${name}: first paint`, value: middle((each) => each.firstPaint), unit: 'ms', note },
    { name: `${name}: largest paint`, value: middle((each) => each.largestPaint), unit: 'ms', note },
    { name: `${name}: interactive`, value: middle((each) => each.interactive), unit: 'ms', note },
    { name: `${name}: blocked`, value: middle((each) => each.blocked), unit: 'ms', note },
    { name: `${name}: over the line`, value: middle((each) => each.bytes / 1000), unit: 'kB', note },
    { name: `${name}: requests`, value: middle((each) => each.requests), unit: '', note },
  ];
}

/** Signs John Smith in, as his browser would be from an earlier visit; nothing of the page is kept. */
async function signedIn(browser: Browser, url: string): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: PHONE, serviceWorkers: 'block' });
  const answer = await context.request.post(`${url}/portal/api/v1/auth/login`, { data: CUSTOMER });
  if (!answer.ok()) throw new Error(`the sign-in answered ${answer.status()}`);
  return context;
}

/** What a customer waits for on a slow phone: the sign-in, the dashboard for the first time, and again. */
export async function run(): Promise<BenchRow[]> {
  const executablePath = chromiumPath();
  if (executablePath === null) return [skippedRow('the portal on a slow phone', 'there is no Chromium')];
  const { central, stop } = await startBenchCentral();
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  });
  const found: Record<'entrance' | 'dashboard' | 'again', Visit[]> = { entrance: [], dashboard: [], again: [] };
  try {
    for (let round = 0; round < VISITS; round += 1) {
      const stranger = await browser.newContext({ viewport: PHONE, serviceWorkers: 'block' });
      found.entrance.push(await visit(stranger, `${central.url}/portal/`, 'button[type=submit]'));
      await stranger.close();
      const john = await signedIn(browser, central.url);
      const dashboard = `${central.url}/portal/dashboard`;
      found.dashboard.push(await visit(john, dashboard, 'main section a'));
      found.again.push(await visit(john, dashboard, 'main section a'));
      await john.close();
    }
  } finally {
    await browser.close();
    await stop();
  }
  return [
    ...rowsOf('sign-in, first visit', found.entrance),
    ...rowsOf('dashboard, first visit', found.dashboard),
    ...rowsOf('dashboard, files kept', found.again),
  ];
}
