import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, type BrowserContext, chromium, type Frame } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkCss } from '#core/brand/css-check.ts';
import { type Brand, defaultBrand } from '#core/domain/portal.ts';
import { ensureBuilt } from '../../scripts/lib/build.mjs';
import { chromiumPath } from '../parts/available.ts';
import { type CentralClient, startTestCentral, type TestCentral } from '../parts/central.ts';
import { type DeskPage, openDeskPage } from './desk-page.ts';
import { shoot } from './offline-parts.ts';

const JOHN = 123;
const LOGO =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

let central: TestCentral;
let admin: CentralClient;
let browser: Browser;
/** The operator's own site: pages on `localhost`, which is another site than central's 127.0.0.1. */
let shop: Server;
let shopPort: number;
beforeAll(async () => {
  await ensureBuilt();
  central = await startTestCentral({ demo: 'small' });
  admin = await central.asAdmin();
  shop = createServer((request, response) => {
    const src = new URL(request.url ?? '/', 'http://localhost').searchParams.get('src') ?? '';
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(
      `<!doctype html><title>Shop</title><iframe name="portal" src="${src}" width="1100" height="700"></iframe>`,
    );
  });
  await new Promise<void>((resolve) => shop.listen(0, () => resolve()));
  shopPort = (shop.address() as AddressInfo).port;
  browser = await chromium.launch({
    executablePath: chromiumPath() ?? undefined,
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
});
afterAll(async () => {
  await browser?.close();
  shop?.close();
  await central?.stop();
});

async function save(part: Partial<Brand>): Promise<void> {
  const { version } = await admin.portal.brand();
  await admin.portal.changeBrand({ version, brand: { ...defaultBrand, ...part } });
  // What the pages are served with is a few seconds old.
  await central.advance(5);
}

async function visit<T>(work: (context: BrowserContext) => Promise<T>): Promise<T> {
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 800 } });
  try {
    return await work(context);
  } finally {
    await context.close();
  }
}

async function frameOf(context: BrowserContext): Promise<Frame> {
  const { url } = await admin.portal.createLink({ customerId: JOHN });
  const page = await context.newPage();
  await page.goto(`http://localhost:${shopPort}/?src=${encodeURIComponent(url)}`);
  const frame = page.frame({ name: 'portal' });
  if (frame === null) throw new Error('the page has no frame');
  return frame;
}

const sessionCookie = async (context: BrowserContext) =>
  (await context.cookies(`${central.url}/portal/`)).find(({ name }) => name === 'comptoir_portal');

describe('in the operator’s own site', () => {
  test('an allowed site shows the customer’s dashboard in a frame, with a cookie of that frame’s own', () =>
    visit(async (context) => {
      await save({ frameOrigins: [`http://localhost:${shopPort}`] });
      const frame = await frameOf(context);
      await frame.getByRole('heading', { level: 1 }).waitFor();
      expect(frame.url()).toBe(`${central.url}/portal/dashboard`);
      expect(await sessionCookie(context)).toMatchObject({ httpOnly: true, secure: true, sameSite: 'None' });
    }));

  test('a site that is not allowed gets nothing in its frame', () =>
    visit(async (context) => {
      await save({ frameOrigins: ['https://shop.example'] });
      const page = await context.newPage();
      const refused = page.waitForEvent('console', (message) => /frame-ancestors/.test(message.text()));
      const { url } = await admin.portal.createLink({ customerId: JOHN });
      await page.goto(`http://localhost:${shopPort}/?src=${encodeURIComponent(url)}`);
      await refused;
      expect(page.frame({ name: 'portal' })?.url()).toMatch(/^chrome-error:/);
    }));

  test('a redirect of the whole page works with the usual cookie', () =>
    visit(async (context) => {
      await save({});
      const { url } = await admin.portal.createLink({ customerId: JOHN, section: 'services' });
      const page = await context.newPage();
      await page.goto(url);
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect(page.url()).toBe(`${central.url}/portal/services`);
      expect(await sessionCookie(context)).toMatchObject({ sameSite: 'Lax' });
    }));
});

describe('the look', () => {
  test('name, logo, colours, hidden elements, words and style sheet are the operator’s', () =>
    visit(async (context) => {
      await save({
        ...{ name: 'Télé Été', logo: LOGO, hidden: ['billing', 'sign_out'] },
        colours: { primary: '#b00020', background: '#fff8e1', text: '#201a00' },
        texts: { en: { 'common:nav.services': 'My lines' } },
        css: 'h1{letter-spacing:3px}',
      });
      const { url } = await admin.portal.createLink({ customerId: JOHN, language: 'en' });
      const page = await context.newPage();
      await page.goto(url);
      await page.getByRole('link', { name: 'My lines' }).waitFor();
      const logo = page.getByRole('img', { name: 'Télé Été' }).first();
      expect(await logo.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth))).toBe(1);
      expect(await page.getByRole('link', { name: 'Billing' }).count()).toBe(0);
      expect(await page.getByRole('button', { name: 'Sign out' }).count()).toBe(0);
      const style = (of: string, name: string) =>
        page.evaluate(
          ([at, key]) =>
            getComputedStyle(document.querySelector(at as string) as Element).getPropertyValue(key as string),
          [of, name],
        );
      expect(await style('body', 'background-color')).toBe('rgb(255, 248, 225)');
      await page.locator('h1').first().waitFor();
      await page.waitForFunction(
        () => getComputedStyle(document.querySelector('h1') as Element).letterSpacing === '3px',
      );
    }));

  test('is there before the page’s script is: name, ground, language, and the outline of what comes', async () => {
    await save({ name: 'Télé Été', colours: { primary: '#b00020', background: '#fff8e1', text: '#201a00' } });
    const context = await browser.newContext({ locale: 'fr-FR', javaScriptEnabled: false });
    try {
      const page = await context.newPage();
      await page.goto(`${central.url}/portal/`);
      await page.locator('.outline-entrance').getByText('Télé Été').waitFor();
      const ground = page.locator('body').evaluate((body) => getComputedStyle(body).backgroundColor);
      expect(await ground).toBe('rgb(255, 248, 225)');
      expect(await page.locator('html').getAttribute('lang')).toBe('fr');
      await shoot({ page }, 'portal-outline-entrance');
      // Asked outside of the page, which keeps "not modified" to itself.
      const first = await context.request.get(`${central.url}/portal/`);
      const { etag = '', 'content-security-policy': policy } = first.headers();
      const again = await context.request.get(`${central.url}/portal/`, { headers: { 'if-none-match': etag } });
      expect([again.status(), again.headers()['content-security-policy']]).toEqual([304, policy]);
      const { url } = await admin.portal.createLink({ customerId: JOHN });
      await page.goto(url);
      await page.locator('.outline-bar').getByText('Télé Été').waitFor();
      await shoot({ page }, 'portal-outline-frame');
    } finally {
      await context.close();
    }
  });

  test('whatever a style sheet tries, what is outside the page stays as it is, and nothing is loaded', () =>
    visit(async (context) => {
      const page = await context.newPage();
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      await page.setContent(
        '<aside data-part="impersonation"><p>Staff</p></aside><div id="portal-page"><h1>x</h1></div>',
      );
      const css = attacks.map((attack) => checkCss(attack).css).join('\n');
      const seen = await page.evaluate((text) => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(text);
        document.adoptedStyleSheets = [sheet];
        const { display, visibility, opacity, color } = getComputedStyle(document.querySelector('aside p') as Element);
        return { display, visibility, opacity, color };
      }, css);
      expect(seen).toEqual({ display: 'block', visibility: 'visible', opacity: '1', color: 'rgb(0, 0, 0)' });
      expect(asked.filter((url) => /evil/.test(url))).toEqual([]);
    }));
});

const attacks = [
  '*{display:none!important}',
  'html{display:none!important;opacity:0!important}',
  'body{visibility:hidden!important}',
  ':root{color:red!important}',
  'aside,p{display:none!important}',
  ':is(html > body > aside p){opacity:0!important}',
  ':not(#portal-page){display:none!important}',
  'body > aside{opacity:0!important}',
  'body ~ *,html + *{display:none}',
  'body:has(aside) aside p{display:none}',
  '@media all{aside p{display:none!important}}',
  'h1{color:red}}aside p{display:none!important}',
  'h1{background:url(https://evil.example/a.png)}',
  '@import "https://evil.example/a.css";',
  'h1{--x:url(https://evil.example/b);background:var(--x)}',
];

describe('the editor', () => {
  let desk: DeskPage;
  beforeAll(async () => {
    await save({});
    desk = await openDeskPage(central, {});
    await desk.signIn('admin');
  });
  afterAll(() => desk?.stop());

  test('the preview follows the draft before anything is saved; saving tells, and can be undone', async () => {
    const { page } = desk;
    await desk.open('/settings/portal');
    const preview = page.frameLocator('iframe[data-state="here"]');
    await preview.getByRole('heading', { level: 1 }).waitFor();
    await page.getByLabel('Name', { exact: true }).fill('Draft & Co');
    await preview.getByText('Draft & Co').first().waitFor();
    await page.getByRole('checkbox', { name: 'Billing, whole' }).check();
    await preview.getByRole('link', { name: 'Billing' }).waitFor({ state: 'detached' });
    expect((await admin.portal.brand()).brand.name).toBe('Comptoir');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('The portal’s look is saved').waitFor();
    expect((await admin.portal.brand()).brand).toMatchObject({ name: 'Draft & Co', hidden: ['billing'] });
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('The look of before is back').waitFor();
    expect((await admin.portal.brand()).brand.name).toBe('Comptoir');
  });

  test('a mistake in the style sheet is told by its line, and can’t be saved', async () => {
    const { page } = desk;
    await page.getByLabel('CSS', { exact: true }).fill('h1{color:red}\n@import "x";');
    await page.getByText('Line 2: @import is not allowed').waitFor();
    expect(await page.getByRole('button', { name: 'Save', exact: true }).isDisabled()).toBe(true);
  });

  test('who leaves with a draft is asked, and stays where they are', async () => {
    const { page } = desk;
    await desk.open('/settings/portal');
    await page.getByLabel('Name', { exact: true }).fill('A draft that is left');
    await page.getByRole('tab', { name: 'General' }).click();
    await page.getByText('The look is not saved').waitFor();
    await page.getByRole('button', { name: 'Stay' }).click();
    expect(page.url()).toContain('/settings/portal');
    await page.getByRole('button', { name: 'Discard' }).click();
    expect(await desk.violations()).toEqual([]);
  });
});
