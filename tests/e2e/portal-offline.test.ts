import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromium } from '../parts/available.ts';
import { waitUntil } from '../parts/wait.ts';
import { openPortalRoom, type PortalRoom } from './portal-room.ts';

let room: PortalRoom;
beforeAll(async () => {
  if (chromium.available) room = await openPortalRoom();
});
afterAll(() => room?.stop());

const needs = chromium.available ? '' : ` [needs Chromium: ${chromium.reason}]`;

/** Every address of the API that anything on this device keeps an answer of. */
const keptIn = (page: Page) =>
  page.evaluate(async () => {
    const names = await caches.keys();
    const lists = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return lists
      .flat()
      .map(({ url }) => new URL(url).pathname)
      .filter((path) => path.startsWith('/portal/api/') && !path.endsWith('/brand'));
  });

/** Waits until the service worker answers for the page, and has kept the dashboard. */
async function isKept(page: Page): Promise<void> {
  await page.waitForFunction(() => navigator.serviceWorker.ready.then(({ active }) => active?.state === 'activated'));
  await page.reload();
  await waitUntil(async () => (await keptIn(page)).includes('/portal/api/v1/dashboard'), 'the dashboard to be kept');
}

describe.skipIf(!chromium.available)(`without a line${needs}`, () => {
  test('the dashboard shows what was there last and says how old it is; signed out, nothing of it is left', async () => {
    const { page, context, signIn } = await room.open();
    await signIn();
    await isKept(page);
    const kept = await page.evaluate(async () => {
      const answer = await caches.match('/portal/api/v1/me');
      return (await answer?.json()) as { csrfToken: string };
    });
    expect(kept.csrfToken).toBe('');
    await context.setOffline(true);
    await page.reload();
    await page.locator('main h1').waitFor();
    await page.locator('[data-old]').waitFor();
    expect(await page.locator('[data-old]').textContent()).toMatch(/As of \d\d:\d\d, no connection/);
    await page.getByText('INV-').first().waitFor();
    await context.setOffline(false);
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await page.locator('[data-old]').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('You have signed out.').waitFor();
    expect(await keptIn(page)).toEqual([]);
    await context.setOffline(true);
    await page.goto(`${room.central.url}/portal/dashboard`);
    await page.locator('[role="alert"][data-code="offline"]').waitFor();
    await context.close();
  });

  test('a session that is ended takes what was kept with it', async () => {
    const { page, context, signIn } = await room.open();
    await signIn();
    await isKept(page);
    await room.central.db
      .updateTable('portalSessions')
      .set({ endedAt: new Date(), endReason: 'signed_out_elsewhere' })
      .where('endedAt', 'is', null)
      .execute();
    await page.reload();
    await page.locator('input[name="password"]').waitFor();
    await waitUntil(async () => (await keptIn(page)).length === 0, 'what was kept to be gone');
    await context.close();
  });

  test('what the portal asks for sensitive things is never kept', async () => {
    const { page, context, signIn, go } = await room.open();
    await signIn();
    await isKept(page);
    await go('/account/security');
    await go('/account/api');
    const paths = await keptIn(page);
    expect(paths.filter((path) => /session|two-factor|api-keys|esim|payment-methods/.test(path))).toEqual([]);
    await context.close();
  });

  test('a change is refused in words, loses nothing that was typed, and goes through once the line is back', async () => {
    const { page, context, signIn, go } = await room.open();
    await signIn();
    await isKept(page);
    await go('/account');
    await page.getByRole('button', { name: 'Edit: Phone number' }).click();
    const phone = page.locator('input[name="phone"]');
    await phone.fill('+44 7700 900188');
    await context.setOffline(true);
    const save = page.getByRole('button', { name: 'Save changes' });
    await save.click();
    await page.locator('[role="alert"][data-code="offline"]').waitFor();
    expect(await phone.inputValue()).toBe('+44 7700 900188');
    await context.setOffline(false);
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await save.click();
    await page.getByText('Saved').waitFor();
    const { items } = await (await room.central.asSales()).customers.contacts({ id: 123, limit: 10 });
    expect(items.map((contact) => contact.phone)).toContain('+447700900188');
    await context.close();
  });

  test('a page whose file does not come is told in words, keeps the frame, and comes at the next try', async () => {
    const { page, context, signIn } = await room.open({ serviceWorkers: 'block' });
    await signIn();
    await page.locator('main h1').waitFor();
    await context.setOffline(true);
    await page.getByRole('link', { name: 'Billing' }).click();
    const trouble = page.locator('main [role="alert"][data-code="offline"]');
    await trouble.waitFor();
    // Another page is another try; what is here already needs no line.
    await page.getByRole('link', { name: 'Dashboard' }).click();
    await trouble.waitFor({ state: 'detached' });
    // Whether there is a newer page is asked, and not answered, before the line is back.
    const asked = page.waitForEvent('requestfailed', (request) => new URL(request.url()).pathname === '/portal/');
    await page.getByRole('link', { name: 'Billing' }).click();
    await asked;
    await trouble.waitFor();
    await context.setOffline(false);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'Billing', level: 1 }).waitFor();
    await context.close();
  });

  test('a page of the version before begins anew as the newer one, once', async () => {
    const { page, context, signIn } = await room.open({ serviceWorkers: 'block' });
    await signIn();
    await page.locator('main h1').waitFor();
    let loads = 0;
    page.on('load', () => {
      loads += 1;
    });
    const gone = /\/assets\/BillingPage-[^/]+\.js$/;
    await page.route(gone, (route) => route.fulfill({ status: 404, body: '' }));
    await page.getByRole('link', { name: 'Billing' }).click();
    // It is missing in the newer one too: said in words, not asked for ever.
    await page.locator('main [role="alert"]').waitFor();
    await waitUntil(() => loads === 1, 'the page to begin anew');
    await page.locator('main [role="alert"]').waitFor();
    await page.unroute(gone);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'Billing', level: 1 }).waitFor();
    expect(loads).toBe(1);
    await context.close();
  });

  test('the portal can be installed, under the operator’s name', async () => {
    const { page, context, signIn } = await room.open();
    await signIn();
    await isKept(page);
    const devtools = await context.newCDPSession(page);
    const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
    // A window of a test keeps nothing on the device, which a browser does not install from; nothing else is amiss.
    expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito')).toEqual([]);
    const { errors, data } = await devtools.send('Page.getAppManifest');
    expect(errors).toEqual([]);
    const brand = await page.evaluate(async () => (await fetch('/portal/api/v1/brand')).json());
    expect(JSON.parse(data ?? '{}')).toMatchObject({ name: brand.name, display: 'standalone', scope: '/portal/' });
    await context.close();
  });
});
