import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromium } from '../parts/available.ts';
import { PASSWORD, rawCall } from '../parts/central.ts';
import { waitUntil } from '../parts/wait.ts';
import { shoot } from './offline-parts.ts';
import { fillCredentials, JOHN, openPortalRoom, type PortalRoom, type PortalWindow } from './portal-room.ts';

let room: PortalRoom;
beforeAll(async () => {
  if (chromium.available) room = await openPortalRoom();
});
afterAll(() => room?.stop());

const needs = chromium.available ? '' : ` [needs Chromium: ${chromium.reason}]`;
const NEW_ADDRESS = 'john.new@demo.comptoir.test';
const CHOSEN = 'Choice!2026john';

const edit = ({ page }: PortalWindow, field: string) => page.getByRole('button', { name: `Edit: ${field}` });
const save = ({ page }: PortalWindow) => page.getByRole('button', { name: 'Save changes' }).click();

describe.skipIf(!chromium.available)(`the account in the portal${needs}`, () => {
  test('a phone number is changed as people write it, a wrong one is refused on the spot, and Escape leaves it', async () => {
    const portal = await room.open();
    await portal.signIn();
    await portal.go('/account');
    await edit(portal, 'Phone number').click();
    const input = portal.page.locator('input[name="phone"]');
    expect(await input.evaluate((element) => element === document.activeElement)).toBe(true);
    await portal.page.keyboard.press('Escape');
    expect(await input.count()).toBe(0);
    await edit(portal, 'Phone number').click();
    await input.fill('not a number');
    await save(portal);
    await portal.page.getByText('This is not a phone number.').waitFor();
    await input.fill('+44 7700 900123');
    await save(portal);
    await portal.page.getByText('Saved').waitFor();
    await portal.page.getByText('+44 7700 900123').first().waitFor();
    expect(await edit(portal, 'Phone number').evaluate((element) => element === document.activeElement)).toBe(true);
  });

  test('another address waits for its link, can be let go, and counts once the link is opened', async () => {
    const portal = await room.open();
    const { page } = portal;
    await portal.signIn();
    await portal.go('/account');
    const ask = async () => {
      await edit(portal, 'E-mail address').click();
      await page.locator('input[name="new-email"]').fill(NEW_ADDRESS);
      await page.locator('input[name="current-password"]').fill(PASSWORD);
      await save(portal);
      await page.getByRole('button', { name: 'Keep the present address' }).waitFor();
    };
    await ask();
    await page.getByRole('button', { name: 'Keep the present address' }).click();
    await page.getByRole('button', { name: 'Keep the present address' }).waitFor({ state: 'detached' });
    const first = await room.linkMailedTo(NEW_ADDRESS, '/verify-email');
    await page.goto(first);
    await page.getByRole('heading', { name: 'This link does not work any more' }).waitFor();
    await portal.go('/account');
    await ask();
    const elsewhere = await room.open();
    const second = await waitUntil(async () => {
      const link = await room.linkMailedTo(NEW_ADDRESS, '/verify-email');
      return link === first ? null : link;
    }, 'the mail of the second time');
    await elsewhere.page.goto(second);
    await elsewhere.page.getByText(NEW_ADDRESS).waitFor();
    await elsewhere.signIn(NEW_ADDRESS);
    await elsewhere.go('/account');
    await elsewhere.page.getByText(NEW_ADDRESS).first().waitFor();
    // The present address is told too, so that nobody takes an account by stealth (AU-4).
    for (const subject of ['A new e-mail address was asked for', 'Your e-mail address was changed']) {
      await waitUntil(
        () => room.mail.received.some(({ to, raw }) => to.includes(JOHN) && raw.includes(`Subject: ${subject}`)),
        `a mail to the present address: ${subject}`,
      );
    }
  });

  test('a password is changed with the current one only, and the one before lets nobody in', async () => {
    const portal = await room.open();
    const { page } = portal;
    await portal.signIn(NEW_ADDRESS);
    await portal.go('/account');
    await edit(portal, 'Password').click();
    await page.locator('input[name="current-password"]').fill('Wrong!2026');
    await page.locator('input[name="new-password"]').fill(CHOSEN);
    await page.locator('input[name="repeated-password"]').fill(CHOSEN);
    await save(portal);
    await page.locator('[role="alert"]').waitFor();
    await page.locator('input[name="current-password"]').fill(PASSWORD);
    await save(portal);
    await page.getByText('Your password is changed.').waitFor();
    const stranger = await room.open();
    await stranger.page.goto(`${room.central.url}/portal/sign-in`);
    await fillCredentials(stranger.page, NEW_ADDRESS, PASSWORD);
    await stranger.page.locator('[role="alert"]').waitFor();
    await stranger.signIn(NEW_ADDRESS, CHOSEN);
  });

  test('the language changes the page at once, and its lang with it', async () => {
    const portal = await room.open();
    await portal.signIn(NEW_ADDRESS, CHOSEN);
    await portal.go('/account');
    await edit(portal, 'Language').click();
    await portal.page.locator('select[name="language"]').selectOption('fr');
    await save(portal);
    await portal.page.getByRole('heading', { level: 1, name: 'Compte' }).waitFor();
    expect(await portal.page.evaluate(() => document.documentElement.lang)).toBe('fr');
    await portal.page.getByRole('button', { name: 'Modifier : Langue' }).click();
    await portal.page.locator('select[name="language"]').selectOption('en');
    await portal.page.getByRole('button', { name: 'Sauvegarder les modifications' }).click();
    await portal.page.getByRole('heading', { level: 1, name: 'Account' }).waitFor();
  });

  test('going to another page puts the focus on its heading', async () => {
    const portal = await room.open();
    await portal.signIn(NEW_ADDRESS, CHOSEN);
    await portal.page.getByRole('link', { name: 'Account', exact: true }).press('Enter');
    await portal.page.getByRole('heading', { level: 1, name: 'Account' }).waitFor();
    await portal.page.waitForFunction(() => document.activeElement?.tagName === 'H1');
    expect(await portal.page.evaluate(() => document.activeElement?.textContent)).toBe('Account');
  });

  test('what to be told of and when is chosen once and kept; a share that is none is refused on the spot', async () => {
    const portal = await room.open();
    const { page } = portal;
    await portal.signIn(NEW_ADDRESS, CHOSEN);
    await portal.go('/account/notifications');
    await page.getByLabel('Once a week').check();
    await page.getByLabel('Billing: invoices and payments').uncheck();
    const data = page.getByLabel('Data', { exact: true });
    await data.fill('0');
    await page.keyboard.press('Enter');
    expect(await data.evaluate((input: HTMLInputElement) => input.validity.rangeUnderflow)).toBe(true);
    await data.fill('90');
    await page.keyboard.press('Enter');
    await page.getByText('Your choices are saved.').waitFor();
    await shoot(portal, 'portal-notifications');
    await page.reload();
    await page.getByLabel('Once a week').waitFor();
    expect(await page.getByLabel('Once a week').isChecked()).toBe(true);
    expect(await page.getByLabel('Billing: invoices and payments').isChecked()).toBe(false);
    expect(await data.inputValue()).toBe('90');
  });

  test('a business makes a key for a program, sees it once, and ends it at once', async () => {
    const email = 'bea.business@mail.example';
    const sales = await room.central.asSales();
    const { items: businesses } = await sales.customers.list({ type: 'business', limit: 1 });
    const id = businesses[0]?.id ?? 0;
    const { id: contactId } = await sales.customers.createContact({ id, name: 'Bea Business', email });
    await sales.contactAccounts.create({ id, contactId });
    const portal = await room.open();
    const { page } = portal;
    await page.goto(await room.linkMailedTo(email, '/reset'));
    await page.locator('input[name="new-password"]').fill(CHOSEN);
    await page.locator('input[name="repeated-password"]').fill(CHOSEN);
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'Go to sign-in' }).waitFor();
    await portal.signIn(email, CHOSEN);
    await portal.go('/account/api');
    await page.getByRole('button', { name: 'Generate API key' }).click();
    await page.locator('input[name="key-name"]').fill('Usage monitor');
    await page.keyboard.press('Enter');
    const shown = page.locator('[data-api-key]');
    const key = (await shown.textContent()) ?? '';
    await shoot(portal, 'portal-api-key');
    expect(await portal.violations()).toEqual([]);
    const asked = (method: 'GET' | 'DELETE', path: string) =>
      rawCall(room.central.url, method, `/portal/api/v1${path}`, { headers: { 'x-api-key': key } });
    expect((await asked('GET', '/services')).status).toBe(200);
    expect((await asked('GET', '/api-keys')).status).toBe(403);
    await page.getByRole('button', { name: 'I have copied it' }).click();
    await shown.waitFor({ state: 'detached' });
    await page.reload();
    await page.getByText(/Last used/).waitFor();
    expect(await page.content()).not.toContain(key);
    await page.getByRole('button', { name: 'Revoke: Usage monitor' }).click();
    await shoot(portal, 'portal-api-revoke');
    await page.getByRole('button', { name: 'Revoke the key' }).click();
    await page.getByText('Revoked').waitFor();
    expect((await asked('GET', '/services')).status).toBe(401);
  });

  test('no page of the account or the entrance has a barrier, in any language, small and dark or wide and light', async () => {
    const portal = await room.open({ locale: 'fr', colorScheme: 'dark', viewport: { width: 360, height: 780 } });
    const { page } = portal;
    const found: string[] = [];
    const look = async (path: string, language: string, width: number) => {
      await portal.go(path);
      await shoot(portal, 'portal', language, path.replaceAll(/\W/g, '-'));
      found.push(...(await portal.violations()).map((violation) => `${language} ${path}: ${violation}`));
      const shown = await page.evaluate(() => [document.documentElement.lang, document.documentElement.scrollWidth]);
      if (shown[0] !== language || shown[1] !== width) found.push(`${language} ${path}: ${shown.join(', ')} px`);
    };
    for (const path of ['/sign-in', '/forgot', '/sign-in?notice=idle']) await look(path, 'fr', 360);
    await portal.signIn(NEW_ADDRESS, CHOSEN);
    for (const [language, width, colorScheme] of [
      ['fr', 360, 'dark'],
      ['pt', 360, 'light'],
      ['es', 1280, 'dark'],
      ['en', 1280, 'light'],
    ] as const) {
      await room.central.db.updateTable('customers').set({ language }).where('id', '=', 123).execute();
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme });
      for (const part of ['', '/notifications', '/security', '/api']) await look(`/account${part}`, language, width);
    }
    expect(found).toEqual([]);
    await portal.context.close();
  });
});
