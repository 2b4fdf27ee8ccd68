import { generateSync } from 'otplib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromium } from '../parts/available.ts';
import { PASSWORD } from '../parts/central.ts';
import { fillCredentials, JOHN, openPortalRoom, type PortalRoom } from './portal-room.ts';

let room: PortalRoom;
beforeAll(async () => {
  if (chromium.available) room = await openPortalRoom();
});
afterAll(() => room?.stop());

const CHOSEN = 'Another!2026';
/** Where the tests' authenticator is: central's clock. */
const codeOf = (secret: string) =>
  generateSync({ secret, epoch: Math.floor(room.central.central.deps.clock.now().getTime() / 1000) });

describe.skipIf(!chromium.available)(
  `at the portal${chromium.available ? '' : ` [needs Chromium: ${chromium.reason}]`}`,
  () => {
    test('a wrong password is told in words, and the right one lets in, by keyboard alone', async () => {
      const { page } = await room.open();
      await page.goto(`${room.central.url}/portal/`);
      await page.locator('input[name="email"]').waitFor();
      await page.keyboard.press('Tab');
      await page.keyboard.type(JOHN);
      await page.keyboard.press('Tab');
      await page.keyboard.type('Wrong!2026');
      await page.keyboard.press('Enter');
      await page.locator('[role="alert"][data-code="invalid_credentials"]').waitFor();
      await page.locator('input[name="password"]').focus();
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.type(PASSWORD);
      await page.keyboard.press('Enter');
      await page.locator('[data-part="navigation"]').waitFor();
      expect(new URL(page.url()).pathname).toBe('/portal/dashboard');
      await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
      await page.reload();
      await page.locator('[data-part="navigation"]').waitFor();
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement?.getAttribute('href'))).toBe('#content');
    });

    test('the password can be shown and hidden again', async () => {
      const { page } = await room.open();
      await page.goto(`${room.central.url}/portal/sign-in`);
      await page.locator('input[name="password"]').fill('secret');
      await page.getByRole('button', { name: 'Show password' }).click();
      expect(await page.locator('input[name="password"]').getAttribute('type')).toBe('text');
      await page.getByRole('button', { name: 'Hide password' }).click();
      expect(await page.locator('input[name="password"]').getAttribute('type')).toBe('password');
    });

    test('a page asked for before the sign-in is there after it', async () => {
      const { page } = await room.open();
      await page.goto(`${room.central.url}/portal/account/security`);
      await fillCredentials(page, JOHN, PASSWORD);
      await page.getByRole('heading', { level: 1, name: 'Security' }).waitFor();
    });

    test('signing out says so, and the page before is closed', async () => {
      const { page, signIn, go } = await room.open();
      await signIn();
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByText('You have signed out.').waitFor();
      await go('/account');
      await page.locator('input[name="password"]').waitFor();
    });

    test('a session that is ended elsewhere says why, in the middle of what was done', async () => {
      const here = await room.open();
      await here.signIn();
      const there = await room.open();
      await there.signIn();
      await there.go('/account/security');
      await there.page.getByRole('button', { name: 'Sign out everywhere else' }).click();
      await there.page.getByText('was signed out.').or(there.page.getByText('were signed out.')).waitFor();
      await here.page.getByRole('link', { name: 'Account', exact: true }).click();
      await here.page.locator('input[name="password"]').waitFor();
      expect(await here.page.getByRole('status').textContent()).toMatch(/signed out|ended/);
    });

    test('a forgotten password is set anew with the link of the mail, which then works no more', async () => {
      const { page, context } = await room.open();
      await page.goto(`${room.central.url}/portal/sign-in`);
      await page.getByRole('link', { name: 'Forgot your password?' }).click();
      await page.locator('input[name="email"]').fill(JOHN);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Look into your mail' }).waitFor();
      const link = await room.linkMailedTo(JOHN, '/reset');
      await page.goto(link);
      await page.getByText(`For ${JOHN}`).waitFor();
      expect(page.url()).not.toContain('token');
      const set = page.getByRole('button', { name: 'Set password' });
      await page.locator('input[name="new-password"]').fill('short');
      expect(await page.locator('[data-kept="true"]').count()).toBe(1);
      expect(await set.isDisabled()).toBe(true);
      await page.locator('input[name="new-password"]').fill(CHOSEN);
      expect(await page.locator('[data-kept="true"]').count()).toBe(5);
      await page.locator('input[name="repeated-password"]').fill(CHOSEN);
      await set.click();
      await page.getByRole('heading', { name: 'Your new password is set' }).waitFor();
      await page.getByRole('link', { name: 'Go to sign-in' }).click();
      await fillCredentials(page, JOHN, CHOSEN);
      await page.locator('[data-part="navigation"]').waitFor();
      const again = await context.newPage();
      await again.goto(link);
      await again.locator('[role="alert"][data-code="link_gone"]').waitFor();
    });

    test('two-factor sign-in: turned on by a code, asked for at the door, left by a backup code', async () => {
      const { page, signIn, go } = await room.open();
      await signIn(JOHN, CHOSEN);
      await go('/account/security');
      await page.getByRole('button', { name: 'Turn on' }).click();
      await page.locator('input[name="current-password"]').fill(CHOSEN);
      await page.keyboard.press('Enter');
      await page.getByRole('img', { name: 'QR code for your authenticator app' }).waitFor();
      const secret = (await page.locator('[data-secret]').textContent())?.replaceAll(' ', '') ?? '';
      await page.locator('input[name="code"]').fill(codeOf(secret));
      await page.keyboard.press('Enter');
      await page.locator('[data-codes] li').first().waitFor();
      const codes = await page.locator('[data-codes] li').allInnerTexts();
      expect(new Set(codes).size).toBe(10);
      await page.getByRole('button', { name: 'I have kept them' }).click();
      await page.getByText('10 backup codes left').waitFor();
      await page.getByRole('button', { name: 'Sign out', exact: true }).click();
      await page.getByText('You have signed out.').waitFor();
      await fillCredentials(page, JOHN, CHOSEN);
      await page.getByRole('heading', { name: 'One-time code' }).waitFor();
      await page.locator('input[name="code"]').fill('000000');
      await page.keyboard.press('Enter');
      await page.locator('[role="alert"][data-code="otp_invalid"]').waitFor();
      await room.central.advance(60);
      await page.locator('input[name="code"]').fill(codeOf(secret));
      await page.keyboard.press('Enter');
      await page.locator('[data-part="navigation"]').waitFor();
      await go('/account/security');
      await page.getByRole('button', { name: 'Turn off' }).click();
      await page.locator('input[name="current-password"]').fill(CHOSEN);
      await page.locator('input[name="code"]').fill(codes[0] ?? '');
      await page.keyboard.press('Enter');
      await page.getByText('Two-factor sign-in is off.').waitFor();
    });

    test('after five wrong passwords the page says until when the account is locked', async () => {
      const { page } = await room.open();
      await page.goto(`${room.central.url}/portal/sign-in`);
      for (let attempt = 0; attempt < 5; attempt += 1) {
        const answer = page.waitForResponse((response) => response.url().endsWith('/auth/login'));
        await fillCredentials(page, JOHN, 'Wrong!2026');
        await answer;
        await page.locator('[data-code]').waitFor();
      }
      await fillCredentials(page, JOHN, 'Wrong!2026');
      await page.locator('[role="alert"][data-code="account_locked"]').waitFor();
      expect(await page.locator('[data-code="account_locked"]').textContent()).toMatch(/locked until \d\d:\d\d/);
    });
  },
);
