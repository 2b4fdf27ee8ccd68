import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chromium } from '../parts/available.ts';
import { type DeskPage, startDeskPage } from './desk-page.ts';
import { atStep, freeSims } from './wizard-parts.ts';

const places = [
  '/',
  '/catalogue',
  '/customers',
  '/customers/new',
  '/customers/789',
  '/customers/789/contacts',
  '/customers/789/sites',
  '/customers/789/inventory',
  '/customers/789/activity',
  '/settings',
  '/devices',
  '/nowhere',
];

describe.skipIf(!chromium.available)(
  `the everyday screens${chromium.reason && ` [needs Chromium: ${chromium.reason}]`}`,
  () => {
    let desk: DeskPage;
    beforeAll(async () => {
      desk = await startDeskPage({ viewport: { width: 1024, height: 768 } });
      await refusedSignIn(desk);
      await desk.signIn();
    });
    afterAll(() => desk?.stop());
    beforeEach(() => desk.open('/'));

    /** A wrong password is told before anybody is let in; the form stays filled in. */
    async function refusedSignIn({ page }: DeskPage): Promise<void> {
      await page.locator('input[type="email"]').fill('sales@demo.comptoir.test');
      await page.locator('input[type="password"]').fill('not the password');
      await page.keyboard.press('Enter');
      await page.getByRole('alert').getByText('E-mail or password is not right').waitFor();
      expect(await page.locator('input[type="email"]').inputValue()).toBe('sales@demo.comptoir.test');
    }

    const heading = (page: Page, name: string) => page.getByRole('heading', { name }).waitFor();
    const mainFocus = () => desk.page.evaluate(() => document.activeElement?.getAttribute('data-main-act'));

    it('has no serious accessibility violation, and nothing wider than a small screen', async () => {
      for (const place of places) {
        await desk.open(place);
        await desk.page.locator('main h1').first().waitFor();
        await desk.page.locator('main [role="status"][aria-label]').first().waitFor({ state: 'detached' });
        expect.soft(await desk.violations(), place).toEqual([]);
        const overflow = await desk.page.evaluate(() => {
          const main = document.querySelector('main');
          return main === null ? null : main.scrollWidth - main.clientWidth;
        });
        expect.soft(overflow, `${place} is too wide`).toBe(0);
      }
    });

    it('the focus lands on the main act of the page that was opened', async () => {
      const { page, hands } = desk;
      await hands.press('F3');
      await heading(page, 'Customers');
      await expect.poll(mainFocus).toBe('true');
      await hands.type('john doe');
      await page.getByRole('row', { name: /John Doe/ }).waitFor();
      await expect.poll(() => page.getByRole('row').count()).toBe(2);
      await hands.press('Enter');
      await heading(page, 'John Doe');
      await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain('Add service');
      await hands.press('Escape');
      await heading(page, 'Customers');
    });

    it('a customer is found by a phone number as it is on the card, without its country', async () => {
      const { page, hands } = desk;
      await desk.open('/customers');
      await expect.poll(mainFocus).toBe('true');
      await hands.type('020 7946 0456');
      await expect.poll(() => page.getByRole('row').count()).toBe(2);
      expect(await page.getByRole('row').nth(1).textContent()).toContain('John Doe');
    });

    it('the catalogue goes by category and customer type, and arrows go among its cards', async () => {
      const { page, hands } = desk;
      await desk.open('/catalogue');
      await page.getByRole('heading', { name: 'Mobile - 20 GB plan' }).waitFor();
      await expect.poll(mainFocus).toBe('true');
      await hands.press('ArrowRight');
      const second = page.getByRole('listitem').nth(1);
      await expect
        .poll(() => second.getByRole('button').evaluate((button) => button === document.activeElement))
        .toBe(true);
      await page.getByText('Add-ons', { exact: true }).click();
      await page.getByRole('heading', { name: '5 GB data boost' }).waitFor();
      await page.getByText('Service plans', { exact: true }).click();
      await page.getByText('Business', { exact: true }).click();
      await page
        .getByRole('heading', { name: /^Business/ })
        .first()
        .waitFor();
    });

    it('"Assign to customer" starts an assignment with that plan, parked as a tab', async () => {
      const { page } = desk;
      await desk.open('/catalogue');
      const card = page.getByRole('listitem').filter({ hasText: 'Mobile - 20 GB plan' });
      await card.getByRole('button', { name: 'Assign to customer' }).click();
      await atStep(page, 'Customer');
      await desk.open('/');
      const drafts = page.getByRole('navigation', { name: 'Open assignments' });
      await drafts.getByRole('link', { name: /Mobile - 20 GB plan/ }).waitFor();
      await page.getByRole('button', { name: 'Discard Mobile - 20 GB plan' }).click();
      await page.getByRole('button', { name: 'Undo' }).click();
      await drafts.getByRole('link', { name: /Mobile - 20 GB plan/ }).waitFor();
      await page.getByRole('button', { name: 'Discard Mobile - 20 GB plan' }).click();
      await drafts.getByRole('link', { name: /Mobile - 20 GB plan/ }).waitFor({ state: 'detached' });
    });

    it('a scan never lands in the field that has the focus, and goes where it leads', async () => {
      const { page, hands, central } = desk;
      const [sim] = await freeSims(central);
      await desk.open('/customers');
      await expect.poll(mainFocus).toBe('true');
      await hands.type('joh');
      await hands.scan(sim.iccid);
      await atStep(page, 'Customer');
      await page.getByText(sim.label).first().waitFor();
      await desk.open('/');
      await page
        .getByRole('button', { name: /^Discard/ })
        .first()
        .click();
    });

    it('an unknown code and a misread one are refused in words', async () => {
      const { page, hands } = desk;
      await hands.scan('NOT-OURS-42');
      await page.getByText('Not known here', { exact: true }).waitFor();
      await hands.scan('89441000000099999941');
      await page.getByText('Misread, scan it again').waitFor();
      await hands.scan('894410000000999999');
      await page.getByText('Not known here, perhaps misread').waitFor();
    });

    it('a customer who exists already is shown before a second one is made', async () => {
      const { page, central } = desk;
      const before = (await (await central.asSales()).customers.list({ q: 'John Doe' })).items.length;
      await desk.open('/customers/new');
      await page.getByLabel('Name').fill('John Doe');
      await page.getByLabel('E-mail').fill('john.doe@demo.comptoir.test');
      await page.getByRole('button', { name: 'Create customer' }).click();
      await page.getByRole('alert').getByText('Customer 456').waitFor();
      await page.getByRole('button', { name: 'Create anyway' }).click();
      await heading(page, 'John Doe');
      const after = (await (await central.asSales()).customers.list({ q: 'John Doe' })).items.length;
      expect(after).toBe(before + 1);
    });

    it('a wrong e-mail and an impossible phone are said at the field, and nothing is sent', async () => {
      const { page } = desk;
      await desk.open('/customers/new');
      await page.getByLabel('Name').fill('Nobody');
      await page.getByLabel('E-mail').fill('nobody@');
      await page.getByLabel('Phone').fill('0770');
      await page.getByRole('button', { name: 'Create customer' }).click();
      await page.getByText(/This is not an e-mail address/).waitFor();
      await page.getByText(/This is not a possible number/).waitFor();
      expect(page.url()).toContain('/customers/new');
    });

    it('a name of 300 characters, right to left, with emoji, is kept whole and breaks no screen', async () => {
      const { page, central } = desk;
      const name = `محمد 👩‍💻 O'Neil & <b>sons</b> ${'x'.repeat(300)}`.slice(0, 300);
      const made = await (await central.asSales()).customers.create({ name, type: 'business', allowDuplicate: true });
      await desk.open(`/customers/${made.id}`);
      await heading(page, made.name);
      const overflow = await page.evaluate(() => {
        const main = document.querySelector('main');
        return main === null ? null : main.scrollWidth - main.clientWidth;
      });
      expect(overflow).toBe(0);
      expect(await page.locator('h1').textContent()).toBe(made.name);
    });

    it('a change that somebody else made meanwhile is said, and their work stays', async () => {
      const { page, central } = desk;
      const sales = await central.asSales();
      const made = await sales.customers.create({ name: 'Two Hands', type: 'individual', allowDuplicate: true });
      await desk.open(`/customers/${made.id}`);
      await page.getByRole('button', { name: 'Edit' }).click();
      const form = page.getByRole('dialog');
      await form.getByLabel('Name').fill('Mine');
      await sales.customers.change({ id: made.id, version: made.version, email: 'theirs@example.com' });
      await form.getByRole('button', { name: 'Save' }).click();
      await form.getByText('Someone changed it meanwhile', { exact: true }).waitFor();
      expect(await sales.customers.get({ id: made.id })).toMatchObject({
        name: 'Two Hands',
        email: 'theirs@example.com',
      });
      await form.getByRole('button', { name: 'Load what is there now' }).click();
      await expect.poll(() => form.getByLabel('E-mail').inputValue()).toBe('theirs@example.com');
      await form.getByLabel('Name').fill('Mine');
      await form.getByRole('button', { name: 'Save' }).click();
      await heading(page, 'Mine');
    });

    it('search opens the first hit, also when Enter comes before the answer', async () => {
      const { page, hands } = desk;
      for (const [text, place] of [
        ['Johnson Enterprises', /#\/customers\/789$/],
        ['devices', /#\/devices$/],
      ] as const) {
        await hands.press('Control+k');
        await page.getByRole('dialog', { name: 'Search' }).waitFor();
        await hands.type(text);
        await hands.press('Enter');
        await page.waitForURL(place);
      }
    });

    it('the language changes at once, everywhere, and the keys stay', async () => {
      const { page, hands } = desk;
      await desk.open('/settings');
      await page
        .getByRole('textbox', { name: 'Language' })
        .or(page.getByRole('combobox', { name: 'Language' }))
        .click();
      await page.getByRole('option', { name: 'Français' }).click();
      await heading(page, 'Réglages');
      expect(await page.evaluate(() => document.documentElement.lang)).toBe('fr');
      await hands.press('F3');
      await heading(page, 'Clients');
      await desk.open('/settings');
      await page
        .getByRole('textbox', { name: 'Langue' })
        .or(page.getByRole('combobox', { name: 'Langue' }))
        .click();
      await page.getByRole('option', { name: 'English' }).click();
      await heading(page, 'Settings');
    });
  },
);
