import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type CDPSession, chromium, type ElectronApplication, type Page } from 'playwright-core';
import { ensureBuilt } from '../../scripts/lib/build.mjs';
import { type SpawnedDesk, spawnDesk } from '../desk/shell/spawn-desk.ts';
import { chromiumPath } from '../parts/available.ts';
import { PASSWORD, type RunningCentral, startTestCentral, type TestCentral } from '../parts/central.ts';
import { launchElectron } from './launch-electron.ts';

export type Shell = 'browser' | 'electron';
export type DemoStaff = 'sales' | 'support' | 'manager' | 'admin';

interface OwnOptions {
  readonly shell?: Shell;
  /** The desk's way to central, where it is not the straight one. */
  readonly centralUrl?: string;
  /** The data folder of a desk before, or of one that is started again; removed by the test. */
  readonly folder?: string;
  /** Lets the desk in at a central that knows it. */
  readonly invitation?: string;
  readonly viewport?: { width: number; height: number };
  readonly colourScheme?: 'light' | 'dark';
}

export interface DeskPageOptions extends OwnOptions {
  /** One that runs already, for a second desk beside the first; stopped by whoever started it. */
  readonly central?: TestCentral;
}

/** The desk as a person at the counter has it: real screens, real host, real central, a reader that types. */
export interface DeskPage<C extends RunningCentral = TestCentral> {
  readonly central: C;
  readonly page: Page;
  readonly hands: Hands;
  /** The program itself, of a desk in Electron. */
  readonly app: ElectronApplication | null;
  /** Signs a member of the demo's staff in and waits for the home page. */
  signIn(who?: DemoStaff): Promise<void>;
  /** Signs somebody in by their address. */
  signInAs(email: string): Promise<void>;
  /** Signs out by the person's menu, and waits for the sign-in. */
  signOut(): Promise<void>;
  /** Goes to a place of the desk, for example `/inventory`. */
  open(place: string): Promise<void>;
  /** Texts of accessibility violations, serious ones and worse; empty when there are none. */
  violations(): Promise<string[]>;
  /** SIGKILL of the desk's program, as a power cut would; its folder stays. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** What a person does, counted: key presses and clicks in `actions`, scans apart. */
export interface Hands {
  readonly count: { actions: number; scans: number };
  press(key: string): Promise<void>;
  /** Types at a person's pace: one action a character. */
  type(text: string): Promise<void>;
  click(name: string | RegExp): Promise<void>;
  /** A keyboard-wedge reader: all characters within a few milliseconds, then Enter. */
  scan(text: string): Promise<void>;
}

/** Slower than any reader's threshold, faster than any person. */
const HUMAN_DELAY_MS = 60;
const READER_DELAY_S = 0.003;
const BUSY_MS = 120;

/** Starts central (unless one is given), the host and a window on it. The desk is built first where it is stale. */
export async function startDeskPage(options: DeskPageOptions = {}): Promise<DeskPage> {
  const central = options.central ?? (await startTestCentral({ demo: 'small' }));
  const desk = await openDeskPage(central, options);
  return {
    ...desk,
    async stop() {
      await desk.stop();
      if (options.central === undefined) await central.stop();
    },
  };
}

/** A desk of a central that somebody else started, wherever it runs. */
export async function openDeskPage<C extends RunningCentral>(central: C, options: OwnOptions): Promise<DeskPage<C>> {
  await ensureBuilt();
  const folder = options.folder ?? mkdtempSync(path.join(os.tmpdir(), 'comptoir-e2e-'));
  const way: Way = { folder, centralUrl: options.centralUrl ?? central.url, env: environmentOf(options) };
  const window = await (options.shell === 'electron' ? openElectron : openBrowser)(way, options);
  const { page } = window;
  page.setDefaultTimeout(30_000);
  return {
    central,
    page,
    app: window.app ?? null,
    hands: handsOn(page, await page.context().newCDPSession(page)),
    signIn: (who = 'sales') => signIn(page, `${who}@demo.comptoir.test`),
    signInAs: (email) => signIn(page, email),
    signOut: () => signOut(page),
    async open(place) {
      const from = new URL(page.url()).hash.slice(1) || '/';
      if (from === place) return;
      const before = await page.locator('main#content h1').first().elementHandle();
      await page.evaluate((hash) => {
        globalThis.location.hash = hash;
      }, place);
      // The page before takes scans for as long as it is there. The tabs of one page share its heading.
      if (pageOf(from) !== pageOf(place)) await before?.waitForElementState('hidden');
      await page.locator('main#content h1').first().waitFor({ state: 'attached' });
    },
    violations: () => violationsOf(page),
    kill: window.kill,
    async stop() {
      await window.close();
      if (options.folder === undefined) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** `/customers/789/sites` is a tab of the page `/customers/789`. */
const pageOf = (place: string) => place.split('/').slice(0, 3).join('/');

interface Way {
  readonly folder: string;
  readonly centralUrl: string;
  readonly env: Record<string, string>;
}

interface DeskWindow {
  readonly page: Page;
  readonly app?: ElectronApplication;
  close(): Promise<void>;
  kill(): Promise<void>;
}

function environmentOf({ invitation }: OwnOptions): Record<string, string> {
  return invitation === undefined ? {} : { COMPTOIR_DESK_INVITATION: invitation };
}

async function openBrowser(way: Way, options: OwnOptions): Promise<DeskWindow> {
  const desk: SpawnedDesk = await spawnDesk(way);
  const browser: Browser = await chromium.launch({
    executablePath: chromiumPath() ?? undefined,
    // Chromium's own sandbox refuses to run as root.
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  const context = await browser.newContext({
    viewport: options.viewport ?? { width: 1366, height: 800 },
    colorScheme: options.colourScheme ?? 'light',
    locale: 'en-GB',
  });
  const page = await context.newPage();
  await page.goto(desk.url);
  return {
    page,
    async close() {
      await browser.close();
      await desk.stop();
    },
    async kill() {
      await desk.kill();
      await browser.close();
    },
  };
}

async function openElectron({ folder, centralUrl, env }: Way): Promise<DeskWindow> {
  // The runtime may run as another user, so that its sandbox stays on.
  chmodSync(folder, 0o777);
  const app = await launchElectron({
    ...env,
    COMPTOIR_DATA_DIR: folder,
    COMPTOIR_CENTRAL_URL: centralUrl,
    COMPTOIR_LOG_LEVEL: 'warn',
  });
  const page = await app.firstWindow();
  return {
    page,
    app,
    close: () => app.close(),
    async kill() {
      const closed = app.waitForEvent('close');
      // What was launched may only have started the program itself, as another user.
      process.kill(await app.evaluate(() => process.pid), 'SIGKILL');
      await closed;
    },
  };
}

async function signIn(page: Page, email: string): Promise<void> {
  await page.locator('input[type="email"]').fill(email);
  await page.locator('input[type="password"]').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.locator('main#content h1').waitFor();
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole('region', { name: 'State of this desk' }).locator('button[aria-haspopup="menu"]').last().click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.locator('input[type="email"]').waitFor();
}

async function violationsOf(page: Page): Promise<string[]> {
  // A list whose answer is on its way, and a mark half faded in, are paler than what is read.
  await page.waitForFunction(() => {
    const moving = document.getAnimations().some(({ effect, playState }) => {
      return playState === 'running' && Number.isFinite(effect?.getComputedTiming().endTime);
    });
    return !moving && document.querySelector('[data-stale]') === null;
  });
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join(' | ')}`,
    );
}

function handsOn(page: Page, devtools: CDPSession): Hands {
  const count = { actions: 0, scans: 0 };
  return {
    count,
    async press(key) {
      count.actions += 1;
      await page.keyboard.press(key);
    },
    async type(text) {
      count.actions += [...text].length;
      await page.keyboard.type(text, { delay: HUMAN_DELAY_MS });
    },
    async click(name) {
      count.actions += 1;
      await page
        .getByRole('button', { name })
        .or(page.getByRole('link', { name }))
        .or(page.getByRole('menuitem', { name }))
        .first()
        .click();
    },
    async scan(text) {
      count.scans += 1;
      const start = Date.now() / 1000;
      const keys = [...[...text].map((key) => ({ key, text: key })), { key: 'Enter', text: '\r' }];
      // Keys queue up behind a busy page and are judged by their own times: a slow machine does not make a scan typing.
      const busy = page.evaluate((until) => {
        while (Date.now() < until);
      }, Date.now() + BUSY_MS);
      await Promise.all([
        busy,
        ...keys.map((key, index) =>
          devtools.send('Input.dispatchKeyEvent', {
            type: 'keyDown',
            timestamp: start + index * READER_DELAY_S,
            ...key,
          }),
        ),
      ]);
    },
  };
}
