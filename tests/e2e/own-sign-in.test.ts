import { generateSync } from 'otplib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromium } from '../parts/available.ts';
import { PASSWORD } from '../parts/central.ts';
import { type DeskPage, startDeskPage } from './desk-page.ts';

const SALES = 'sales@demo.comptoir.test';

describe.skipIf(!chromium.available)(
  `how staff sign in${chromium.available ? '' : ` [needs Chromium: ${chromium.reason}]`}`,
  () => {
    let desk: DeskPage;
    let secret = '';
    beforeAll(async () => {
      desk = await startDeskPage();
    });
    afterAll(() => desk?.stop());

    const button = (name: string) => desk.page.getByRole('button', { name, exact: true });
    const code = () =>
      generateSync({ secret, epoch: Math.floor(desk.central.central.deps.clock.now().getTime() / 1000) });
    const shot = async (name: string) => {
      const folder = process.env.COMPTOIR_SHOTS;
      if (folder !== undefined) await desk.page.screenshot({ path: `${folder}/${name}.png` });
    };
    /** From a password to the backup codes. */
    async function enrol(): Promise<void> {
      const { page } = desk;
      await page.getByLabel('Current password', { exact: true }).fill(PASSWORD);
      await button('Next').click();
      await page.getByRole('img', { name: /QR code/ }).waitFor();
      secret = ((await page.locator('pre, code').first().textContent()) ?? '').replaceAll(' ', '');
      await shot('qr');
      expect(await desk.violations()).toEqual([]);
      await page.getByLabel('Code from the app', { exact: true }).fill(code());
      await button('Confirm').click();
      await page.getByText('Keep these backup codes').waitFor();
      expect(
        await page
          .getByRole('listitem')
          .filter({ hasText: /^\w{5}-\w{5}$/ })
          .count(),
      ).toBe(10);
      await shot('codes');
      expect(await desk.violations()).toEqual([]);
      await button('I have kept them').click();
    }
    async function signOut(): Promise<void> {
      await desk.page.reload();
      await desk.page.locator('main#content h1').waitFor();
      await desk.signOut();
    }
    async function typePassword(): Promise<void> {
      await desk.page.locator('input[type="email"]').fill(SALES);
      await desk.page.locator('input[type="password"]').fill(PASSWORD);
      await button('Sign in').click();
    }

    it('a forgotten password leads to a mail, and says the same for an address that nobody has', async () => {
      await button('Forgot your password?').click();
      await desk.page.locator('input[type="email"]').fill('nobody@demo.comptoir.test');
      await shot('forgot');
      await button('Send the link').click();
      await desk.page.getByText('if the address is known').waitFor();
      expect(await desk.violations()).toEqual([]);
      await button('Back to sign-in').click();
    });

    it('two-factor sign-in is set up in the settings, with a QR code and backup codes', async () => {
      await desk.signIn();
      await desk.open('/settings/sign-in');
      await button('Set up').click();
      await enrol();
      await button('Switch off').waitFor();
      await shot('settings');
      expect(await desk.violations()).toEqual([]);
    });

    it('the next sign-in asks for a code after the password', async () => {
      await signOut();
      await typePassword();
      await desk.page.getByLabel('One-time code').waitFor();
      await shot('code');
      await desk.central.advance(60);
      await desk.page.getByLabel('One-time code').fill(code());
      await button('Sign in').click();
      await desk.page.locator('main#content h1').waitFor();
    });

    it('whose role forces it sees nothing but its set-up, and everything after', async () => {
      const admin = await desk.central.asAdmin();
      const me = (await admin.users.list({ limit: 500 })).items.find(({ email }) => email === SALES);
      await admin.users.change({ id: me?.id ?? 0, resetTwoFactor: true });
      await admin.accessPolicy.change({ twoFactorRoles: ['sales'] });
      await signOut();
      await typePassword();
      await desk.page.getByRole('heading', { name: 'Set up two-factor sign-in' }).waitFor();
      await shot('forced');
      expect(await desk.violations()).toEqual([]);
      await enrol();
      await desk.page.locator('main#content h1').waitFor();
    });
  },
);
