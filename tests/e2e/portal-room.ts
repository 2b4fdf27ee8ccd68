import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { ensureBuilt } from '../../scripts/lib/build.mjs';
import { chromiumPath } from '../parts/available.ts';
import { PASSWORD, startTestCentral, type TestCentral } from '../parts/central.ts';
import { type MailServer, startMailServer } from '../parts/smtp.ts';
import { waitUntil } from '../parts/wait.ts';

/** The seed's own customer, who has services and an account. */
export const JOHN = 'john.smith@demo.comptoir.test';
export const languages = ['en', 'fr', 'es', 'pt'] as const;

export interface PortalBrowserOptions {
  readonly locale?: string;
  readonly viewport?: { width: number; height: number };
  readonly colorScheme?: 'light' | 'dark';
  readonly serviceWorkers?: 'allow' | 'block';
}

/** A real central with the demo, the built portal, a mail server, and as many browsers as a test wants. */
export interface PortalRoom {
  readonly central: TestCentral;
  readonly mail: MailServer;
  /** A browser of its own, with no cookies and nothing kept. */
  open(options?: PortalBrowserOptions): Promise<PortalWindow>;
  /** Waits for a mail to an address with an address of the portal in it, and gives that address. */
  linkMailedTo(email: string, path: string): Promise<string>;
  stop(): Promise<void>;
}

export interface PortalWindow {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Goes to an address below /portal, such as `/account/security`, and waits for its heading. */
  go(path: string): Promise<void>;
  signIn(email?: string, password?: string): Promise<void>;
  /** Texts of accessibility violations, whatever their weight; empty when there are none. */
  violations(): Promise<string[]>;
}

export async function openPortalRoom(): Promise<PortalRoom> {
  await ensureBuilt({ only: ['portal'] });
  const mail = await startMailServer();
  const central = await startTestCentral({ demo: 'small', env: { SMTP_URL: mail.url } });
  const browser = await chromium.launch({
    executablePath: chromiumPath() ?? undefined,
    // Chromium's own sandbox refuses to run as root.
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  return {
    central,
    mail,
    open: (options = {}) => openWindow(browser, central.url, options),
    linkMailedTo: (email, path) => linkMailedTo(mail, email, path),
    async stop() {
      await browser.close();
      await central.stop();
      await mail.stop();
    },
  };
}

async function openWindow(
  browser: Browser,
  url: string,
  {
    locale = 'en-GB',
    viewport = { width: 1280, height: 800 },
    colorScheme = 'light',
    serviceWorkers = 'allow',
  }: PortalBrowserOptions,
): Promise<PortalWindow> {
  const context = await browser.newContext({ locale, viewport, colorScheme, serviceWorkers, baseURL: url });
  const page = await context.newPage();
  // Ends a hang; a shared machine can be slow.
  page.setDefaultTimeout(45_000);
  const heading = () => page.locator('main h1').first().waitFor();
  return {
    page,
    context,
    async go(path) {
      await page.goto(`${url}/portal${path}`);
      await heading();
    },
    async signIn(email = JOHN, password = PASSWORD) {
      await page.goto(`${url}/portal/sign-in`);
      await fillCredentials(page, email, password);
      await page.locator('[data-part="navigation"]').waitFor();
    },
    violations: () => violationsOf(page),
  };
}

export async function fillCredentials(page: Page, email: string, password: string): Promise<void> {
  await page.locator('input[name="email"]').fill(email);
  await page.locator('input[name="password"]').fill(password);
  await page.keyboard.press('Enter');
}

/** Waits for a mail to an address with an address of the portal in it, and gives that address. */
export async function linkMailedTo({ received }: MailServer, email: string, path: string): Promise<string> {
  return await waitUntil(() => {
    const links = received.filter(({ to }) => to.includes(email)).flatMap(({ raw }) => linksIn(raw));
    return links.findLast((link) => link.includes(`/portal${path}#token=`));
  }, `a mail to ${email} with a link to ${path}`);
}

/** Addresses in a mail, as a reader of quoted-printable or base64 sees them. */
function linksIn(raw: string): string[] {
  const plain = raw
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  const packed = [...raw.matchAll(/(?:^[A-Za-z0-9+/=]{60,}\r?\n)+[A-Za-z0-9+/=]*/gm)].map(([block]) =>
    Buffer.from(block, 'base64').toString('utf8'),
  );
  return [plain, ...packed].flatMap((text) => text.match(/https?:\/\/[^\s"<>)]+/g) ?? []);
}

async function violationsOf(page: Page): Promise<string[]> {
  // What is still on its way, or fades in, is paler than what is read.
  await page.waitForFunction(() => {
    const moving = document.getAnimations().some(({ effect, playState }) => {
      return playState === 'running' && Number.isFinite(effect?.getComputedTiming().endTime);
    });
    return !moving && document.querySelector('[aria-busy="true"]') === null;
  });
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().withTags(tags).analyze();
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join(' | ')}`,
  );
}
