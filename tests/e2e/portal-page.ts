import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, chromium, type Page, type Response } from 'playwright-core';
import type { Language } from '#core/domain/languages.ts';
import { ensureBuilt } from '../../scripts/lib/build.mjs';
import { systemActor } from '../../src/server/context.ts';
import { inTransaction } from '../../src/server/http/transaction.ts';
import { createLink } from '../../src/server/self-care/links.ts';
import { chromiumPath } from '../parts/available.ts';
import type { TestCentral } from '../parts/central.ts';
import { waitUntil } from '../parts/wait.ts';
import { SESSION_AGENT } from '../server/self-care/portal-room.ts';

export interface VisitOptions {
  readonly customerId: number;
  readonly language?: Language;
  readonly width?: number;
  readonly colourScheme?: 'light' | 'dark';
  /** The cookie of a session that is open already, such as an impersonation's; otherwise a one-use link lets in. */
  readonly cookie?: string;
}

/** A customer at the portal, in a browser of their own. */
export interface PortalVisit {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Opens an address of the portal, such as `/billing`, and waits until all that it asked for is there. */
  open(place: string): Promise<void>;
  /** What the portal's API answers this very session. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every shape
  api(path: string): Promise<any>;
  /** Texts of accessibility violations, serious ones and worse; empty when there are none. */
  violations(): Promise<string[]>;
  /** How far the page reaches past its right edge, in px; 0 when it fits. */
  overflow(): Promise<number>;
  /** Faults that the page reported since it was opened. */
  readonly faults: string[];
  close(): Promise<void>;
}

export interface PortalBrowserPart {
  visit(options: VisitOptions): Promise<PortalVisit>;
  stop(): Promise<void>;
}

/** A browser for the portal of a central; the portal's pages are built first where they are stale. */
export async function startPortalBrowser(central: TestCentral): Promise<PortalBrowserPart> {
  const browser: Browser = await chromium.launch({
    executablePath: chromiumPath() ?? undefined,
    // Chromium's own sandbox refuses to run as root.
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  return {
    visit: (options) => visit(browser, central, options),
    stop: () => browser.close(),
  };
}

/** To be called before central starts: it serves the pages that are there then. */
export const ensurePortalBuilt = () => ensureBuilt({ only: ['portal'] });

async function visit(browser: Browser, central: TestCentral, options: VisitOptions): Promise<PortalVisit> {
  const { width = 1280, language = 'en', colourScheme = 'light' } = options;
  const context = await browser.newContext({
    ...{ viewport: { width, height: 900 }, colorScheme: colourScheme, locale: 'en-GB', serviceWorkers: 'block' },
    // A session that the test opened is that of this browser.
    ...(options.cookie === undefined ? {} : { userAgent: SESSION_AGENT }),
  });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  await enter(context, page, central, options, language);
  const portal = `${central.url}/portal`;
  return {
    ...{ page, context, faults },
    open: (place) => load(page, `${portal}${place}`),
    api: (path) =>
      waitUntil(() => page.evaluate(answerOf, `${portal}/api/v1${path}`), `the API's answer to ${path}`, PATIENCE_MS),
    violations: () => violationsOf(page),
    overflow: () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
    close: () => context.close(),
  };
}

async function enter(
  context: BrowserContext,
  page: Page,
  { url, central }: TestCentral,
  { customerId, cookie }: VisitOptions,
  language: Language,
): Promise<void> {
  if (cookie !== undefined) {
    const [name = '', value = ''] = cookie.split('=');
    await context.addCookies([{ name, value, url: `${url}/portal` }]);
    return;
  }
  const link = await inTransaction(central.deps.background(), systemActor, (work) =>
    createLink(work, { mode: 'link', customerId, contactId: null, language }),
  );
  await page.goto(`${url}${link.path}`);
  await load(page, `${url}/portal/`);
}

/** Central runs in the test's own process: on a busy machine it turns callers away for a moment, who then come again. */
const PATIENCE_MS = 180_000;
const TURNED_AWAY = 503;

/** In the page: an answer's body, or null when the caller was turned away. */
async function answerOf(address: string): Promise<unknown> {
  const answer = await fetch(address);
  return answer.status === 503 ? null : answer.json();
}

/** Loads an address until nobody was turned away on the way to a page with its heading and nothing on its way any more. */
async function load(page: Page, address: string): Promise<void> {
  const attempt = async (): Promise<boolean> => {
    let isTurnedAway = false;
    const look = (answer: Response) => {
      isTurnedAway ||= answer.status() === TURNED_AWAY;
    };
    page.on('response', look);
    try {
      await page.goto(address);
      await waitUntil(
        async () => isTurnedAway || (await page.evaluate(isSettled)),
        `the page at ${address}`,
        PATIENCE_MS,
      );
      return !isTurnedAway;
    } finally {
      page.off('response', look);
    }
  };
  await waitUntil(attempt, `a whole page at ${address}`, PATIENCE_MS);
}

/** In the page: whether it has its heading, and nothing of it is still on its way. */
function isSettled(): boolean {
  const heading = document.querySelector('main#content h1');
  return heading !== null && document.querySelector('[aria-busy="true"]') === null;
}

async function violationsOf(page: Page): Promise<string[]> {
  await page.waitForFunction(() =>
    document.getAnimations().every(({ effect, playState }) => {
      return playState !== 'running' || !Number.isFinite(effect?.getComputedTiming().endTime);
    }),
  );
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}
