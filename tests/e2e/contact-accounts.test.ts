import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from '../../scripts/lib/build.mjs';
import { chromium } from '../parts/available.ts';
import { clientOf, PASSWORD, startTestCentral, type TestCentral } from '../parts/central.ts';
import { type MailServer, startMailServer } from '../parts/smtp.ts';
import { type DeskPage, startDeskPage } from './desk-page.ts';
import { shoot } from './offline-parts.ts';
import { fillCredentials, linkMailedTo } from './portal-room.ts';

const EMAIL = 'nora.newcomer@mail.example';
const CHOSEN = 'Nora!2026counter';

describe.skipIf(!chromium.available)(
  `a contact’s portal account at the counter${chromium.reason && ` [needs Chromium: ${chromium.reason}]`}`,
  () => {
    let mail: MailServer;
    let central: TestCentral;
    let desk: DeskPage;
    let portal: Page;
    let customerId = 0;
    beforeAll(async () => {
      await ensureBuilt({ only: ['portal'] });
      mail = await startMailServer();
      central = await startTestCentral({ demo: 'small', env: { SMTP_URL: mail.url } });
      desk = await startDeskPage({ central });
      const sales = await central.asSales();
      customerId = (await sales.customers.create({ name: 'Nora Newcomer', type: 'individual' })).id;
      await sales.customers.createContact({ id: customerId, name: 'Nora Newcomer', email: EMAIL, roles: ['primary'] });
      await sales.customers.createContact({ id: customerId, name: 'Nils Nomail', email: null, roles: ['other'] });
      await desk.signIn('sales');
      await desk.open(`/customers/${customerId}/contacts`);
      portal = await desk.page.context().newPage();
    });
    afterAll(async () => {
      await desk?.stop();
      await central?.stop();
      await mail?.stop();
    });

    /** Opens the menu by keyboard and waits for what it offers. */
    async function openMenu(name: string, item: string) {
      const button = desk.page.getByRole('button', { name: new RegExp(`^Account.*${name}`) });
      await button.focus();
      await desk.page.keyboard.press('Enter');
      const wanted = desk.page.getByRole('menuitem', { name: item });
      await wanted.waitFor();
      return wanted;
    }
    async function closeMenu(): Promise<void> {
      await desk.page.keyboard.press('Escape');
      await desk.page.getByRole('menu').waitFor({ state: 'detached' });
    }
    async function choose(item: string): Promise<void> {
      const wanted = await openMenu('Nora Newcomer', item);
      await wanted.focus();
      await desk.page.keyboard.press('Enter');
    }
    async function enterPortal(password: string): Promise<void> {
      await portal.goto(`${central.url}/portal/sign-in`);
      await fillCredentials(portal, EMAIL, password);
    }

    it('is offered where there is an address to invite at, and says what is missing where there is none', async () => {
      const invite = await openMenu('Nils Nomail', 'Invite to the portal');
      expect(await invite.isDisabled()).toBe(true);
      await desk.page.getByText('no e-mail address to invite at').waitFor();
      expect(await desk.violations()).toEqual([]);
      await closeMenu();
    });

    it('opens to whoever is given an address, as people write it, by keyboard', async () => {
      await desk.page.getByRole('button', { name: 'Change Nils Nomail' }).focus();
      await desk.page.keyboard.press('Enter');
      const dialogue = desk.page.getByRole('dialog', { name: 'Change contact' });
      const email = dialogue.getByLabel('E-mail');
      await email.fill('nils@');
      await desk.page.keyboard.press('Enter');
      await dialogue.getByText('This is not an e-mail address').waitFor();
      expect(await desk.violations()).toEqual([]);
      await email.fill('nils@mail.example');
      await dialogue.getByLabel('Phone').fill('020 7946 0018');
      await shoot(desk, 'change-contact');
      await desk.page.keyboard.press('Enter');
      await desk.page.getByText('Nils Nomail was changed').waitFor();
      await desk.page.getByText('nils@mail.example · +44 20 7946 0018').waitFor();
      const invite = await openMenu('Nils Nomail', 'Invite to the portal');
      expect(await invite.isDisabled()).toBe(false);
      await closeMenu();
    });

    it('begins with an invitation, whose link sets the password that lets in', async () => {
      await choose('Invite to the portal');
      await desk.page.getByText('The invitation to Nora Newcomer is on its way').waitFor();
      await desk.page.getByText('Portal login').waitFor();
      await openMenu('Nora Newcomer', 'Send the invitation again');
      await desk.page.getByText('Invited, no password set yet').waitFor();
      await closeMenu();
      await portal.goto(await linkMailedTo(mail, EMAIL, '/reset'));
      await portal.locator('input[name="new-password"]').fill(CHOSEN);
      await portal.locator('input[name="repeated-password"]').fill(CHOSEN);
      await portal.keyboard.press('Enter');
      await portal.getByRole('link', { name: 'Go to sign-in' }).waitFor();
      await enterPortal(CHOSEN);
      await portal.locator('[data-part="navigation"]').waitFor();
    });

    it('keeps its address: who signs in with it changes it, nobody else', async () => {
      await desk.page.getByRole('button', { name: 'Change Nora Newcomer' }).click();
      const dialogue = desk.page.getByRole('dialog', { name: 'Change contact' });
      expect(await dialogue.getByLabel('E-mail').getAttribute('readonly')).not.toBeNull();
      await dialogue.getByText('They sign in to the portal with it').waitFor();
      await shoot(desk, 'change-contact-with-login');
      await desk.page.keyboard.press('Escape');
      await dialogue.waitFor({ state: 'detached' });
    });

    it('that failed sign-ins have locked is seen as locked, and opened', async () => {
      await portal.context().clearCookies();
      for (let tries = 0; tries < 5; tries += 1) {
        await enterPortal('Wrong!2026');
        await portal.locator('[role="alert"]').waitFor();
      }
      await openMenu('Nora Newcomer', 'Unlock');
      await desk.page.getByText(/Locked until \d\d:\d\d/).waitFor();
      expect(await desk.violations()).toEqual([]);
      await closeMenu();
      await choose('Unlock');
      await desk.page.getByText('Nora Newcomer’s account is open again').waitFor();
      await enterPortal(CHOSEN);
      await portal.locator('[data-part="navigation"]').waitFor();
    });

    it('is taken away only after it was asked again, and whoever is signed in is out at once', async () => {
      await choose('Take the account away…');
      const dialogue = desk.page.getByRole('dialog', { name: 'Take Nora Newcomer’s portal account away?' });
      await dialogue.waitFor();
      expect(await desk.violations()).toEqual([]);
      // What takes something away is not what Enter does by itself.
      await desk.page.keyboard.press('Shift+Tab');
      await desk.page.keyboard.press('Enter');
      await desk.page.getByText('Nora Newcomer’s portal account is taken away').waitFor();
      expect(await portal.evaluate(async () => (await fetch('/portal/api/v1/me')).status)).toBe(401);
      await openMenu('Nora Newcomer', 'Invite to the portal');
      await desk.page.getByText('The portal account was taken away').waitFor();
    });

    it('is not to be touched by who may only look', async () => {
      const admin = await central.asAdmin();
      const finance = { name: 'Fay Finance', email: 'fay@test.comptoir.test', password: PASSWORD };
      await admin.users.create({ ...finance, roles: ['finance'] });
      const token = (await central.client().auth.login({ email: finance.email, password: PASSWORD })).accessToken;
      const fay = clientOf(central.url, { token });
      const { items } = await fay.customers.contacts({ id: customerId, limit: 10 });
      const of = { id: customerId, contactId: items[0]?.id ?? 0 };
      await expect(fay.customers.changeContact({ ...of, name: 'X' })).rejects.toMatchObject({ code: 'forbidden' });
      await expect(fay.contactAccounts.create(of)).rejects.toMatchObject({ code: 'forbidden' });
      await desk.signOut();
      await desk.signInAs(finance.email);
      await desk.open(`/customers/${customerId}/contacts`);
      await desk.page.getByText('Nora Newcomer').last().waitFor();
      expect(await desk.page.getByRole('tabpanel').getByRole('button').allTextContents()).toEqual([]);
      await shoot(desk, 'contacts-finance');
    });
  },
);
