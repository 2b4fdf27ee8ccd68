import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromium } from '../parts/available.ts';
import { clientOf, PASSWORD } from '../parts/central.ts';
import { type DeskPage, startDeskPage } from './desk-page.ts';
import { pressOn, shoot, tabTo } from './offline-parts.ts';

const EMAIL = 'nadia.new@demo.comptoir.test';
const NAME = 'Nadia New';

describe.skipIf(!chromium.available)(
  `the operator’s staff, in the settings${chromium.reason && ` [needs Chromium: ${chromium.reason}]`}`,
  () => {
    let desk: DeskPage;
    beforeAll(async () => {
      desk = await startDeskPage();
      await desk.signIn('admin');
      await desk.open('/settings/staff');
      await desk.page.getByRole('heading', { name: 'Staff', exact: true }).waitFor();
    });
    afterAll(() => desk?.stop());

    const dialog = (name: string) => desk.page.getByRole('dialog', { name });
    const row = (name: string) => desk.page.getByText(name, { exact: true }).locator('xpath=ancestor::div[3]');
    async function choose(name: string, act: string): Promise<void> {
      await desk.page.getByRole('button', { name: new RegExp(`^Manage.*${name}`) }).focus();
      await desk.page.keyboard.press('Enter');
      const item = desk.page.getByRole('menuitem', { name: act });
      await item.waitFor();
      await item.focus();
      await desk.page.keyboard.press('Enter');
      // Behind a question nobody finds the menu by its role while it fades away; axe does.
      await desk.page.locator('[role="menu"]').waitFor({ state: 'detached' });
    }
    /** What the address and the password of a colleague open right now: whose roles, or why nothing. */
    async function tried(): Promise<readonly string[] | string> {
      const { auth } = desk.central.client();
      try {
        const { accessToken: token } = await auth.login({ email: EMAIL, password: PASSWORD });
        return (await clientOf(desk.central.url, { token }).me()).roles;
      } catch (error) {
        return (error as { code: string }).code;
      }
    }

    it('gain a colleague by keyboard, who can sign in at once; what is missing is said at its field', async () => {
      await shoot(desk, 'staff');
      expect(await desk.violations()).toEqual([]);
      await pressOn(desk, desk.page.getByRole('button', { name: 'Add a colleague' }));
      const form = dialog('Add a colleague');
      await tabTo(desk, form.getByLabel('Name'));
      await desk.hands.type(NAME);
      await desk.hands.press('Enter');
      await form.getByText('Choose one role at least').waitFor();
      await form.getByText('This is not an e-mail address').waitFor();
      await shoot(desk, 'staff-missing');
      expect(await desk.violations()).toEqual([]);
      await tabTo(desk, form.getByLabel('E-mail'));
      await desk.hands.type(EMAIL);
      await tabTo(desk, form.getByLabel('First password'));
      await desk.hands.type(PASSWORD);
      await tabTo(desk, form.getByRole('checkbox', { name: 'Sales' }));
      await desk.hands.press(' ');
      await pressOn(desk, form.getByRole('button', { name: 'Add a colleague' }));
      await desk.page.getByText(`${NAME} can sign in now`).waitFor();
      await row(NAME).getByText('sales').or(row(NAME).getByText('Sales')).first().waitFor();
      expect(await tried()).toEqual(['sales']);
      await form.waitFor({ state: 'detached' });
    });

    it('refuse an address that somebody has, and lose nothing of what was typed', async () => {
      await pressOn(desk, desk.page.getByRole('button', { name: 'Add a colleague' }));
      const form = dialog('Add a colleague');
      await form.getByLabel('Name').fill('Twin');
      await form.getByLabel('E-mail').fill(EMAIL.toUpperCase());
      await form.getByLabel('First password').fill(PASSWORD);
      await form.getByRole('checkbox', { name: 'Finance' }).check();
      await form.getByRole('button', { name: 'Add a colleague' }).click();
      await form.getByText('Someone already has this e-mail address').waitFor();
      expect(await form.getByLabel('Name').inputValue()).toBe('Twin');
      await desk.page.keyboard.press('Escape');
      await form.waitFor({ state: 'detached' });
    });

    it('change role and store', async () => {
      await choose(NAME, 'Change name, roles, store');
      const form = dialog(`Change ${NAME}`);
      await form.getByRole('checkbox', { name: 'Sales' }).uncheck();
      await form.getByRole('checkbox', { name: 'Finance' }).check();
      await form.getByLabel('Store', { exact: true }).click();
      await desk.page.getByRole('option').first().click();
      await shoot(desk, 'staff-change');
      await form.getByRole('button', { name: 'Save' }).click();
      await desk.page.getByText(`${NAME} was changed`).waitFor();
      expect(await tried()).toEqual(['finance']);
    });

    it('who failed to sign in are seen as locked, and opened', async () => {
      for (let tries = 0; tries < 5; tries += 1) {
        const wrong = desk.central.client().auth.login({ email: EMAIL, password: 'Wrong!2026' });
        await wrong.catch(() => undefined);
      }
      expect(await tried()).toBe('account_locked');
      await desk.open('/');
      await desk.open('/settings/staff');
      await desk.page.getByText(/Locked until \d\d:\d\d/).waitFor();
      await shoot(desk, 'staff-locked');
      await choose(NAME, 'Unlock');
      await desk.page.getByText(`${NAME} can sign in again`).waitFor();
      expect(await tried()).toEqual(['finance']);
    });

    it('are switched off only after it was asked, are out at once, and come back', async () => {
      await choose(NAME, 'Switch off');
      const question = dialog(`Switch ${NAME} off?`);
      await question.waitFor();
      await shoot(desk, 'staff-switch-off');
      expect(await desk.violations()).toEqual([]);
      // Leaving it is what Enter does by itself.
      await desk.page.keyboard.press('Enter');
      await question.waitFor({ state: 'detached' });
      expect(await tried()).toEqual(['finance']);
      await choose(NAME, 'Switch off');
      await question.getByRole('button', { name: 'Switch off' }).click();
      await desk.page.getByText(`${NAME} can’t sign in any more`).waitFor();
      expect(await tried()).toBe('invalid_credentials');
      await choose(NAME, 'Switch on again');
      await desk.page.getByText('Switched off').waitFor({ state: 'detached' });
      expect(await tried()).toEqual(['finance']);
    });

    it('keep one administrator, in words, and nobody switches themselves off', async () => {
      const own = await (await desk.central.asAdmin()).me();
      await desk.page.getByRole('button', { name: new RegExp(`^Manage.*${own.name}`) }).click();
      await desk.page.getByRole('menuitem', { name: 'Change name, roles, store' }).waitFor();
      expect(await desk.page.getByRole('menuitem', { name: 'Switch off' }).count()).toBe(0);
      await desk.page.getByRole('menuitem', { name: 'Change name, roles, store' }).click();
      const form = dialog(`Change ${own.name}`);
      await form.getByRole('checkbox', { name: 'Admin' }).uncheck();
      await form.getByRole('checkbox', { name: 'Support' }).check();
      await form.getByRole('button', { name: 'Save' }).click();
      await form.getByText('Someone must stay an administrator').waitFor();
      await shoot(desk, 'staff-last-admin');
      await desk.page.keyboard.press('Escape');
    });

    it('of a role can be made to sign in with two factors, also one’s own: its set-up opens at once', async () => {
      const forced = (role: string) =>
        desk.page.getByRole('switch', { name: `Two-factor sign-in required of ${role}` });
      await forced('Finance').focus();
      await desk.page.keyboard.press(' ');
      const question = dialog('Require two-factor sign-in of Finance?');
      await question.getByText(/of them ha(s|ve) none yet/).waitFor();
      expect(await desk.violations()).toEqual([]);
      await question.getByRole('button', { name: 'Require it' }).click();
      await desk.page.getByText('Saved. It counts from their next step on.').waitFor();
      await desk.page.getByText('Must set up two-factor').first().waitFor();
      await shoot(desk, 'staff-policy');
      expect(await tried()).toEqual(['finance']);
      const { accessToken: token } = await desk.central.client().auth.login({ email: EMAIL, password: PASSWORD });
      const nadia = clientOf(desk.central.url, { token });
      await expect(nadia.customers.list({ limit: 1 })).rejects.toMatchObject({ code: 'two_factor_needed' });
      await forced('Finance').click();
      await expect.poll(() => forced('Finance').isChecked()).toBe(false);
      expect((await nadia.customers.list({ limit: 1 })).items).toHaveLength(1);

      await forced('Admin').click();
      const own = dialog('Require two-factor sign-in of Admin?');
      await own.getByText('You are one of them').waitFor();
      await own.getByRole('button', { name: 'Require it' }).click();
      await desk.page.getByRole('heading', { name: 'Set up two-factor sign-in' }).waitFor();
      await shoot(desk, 'staff-forced');
    });
  },
);
