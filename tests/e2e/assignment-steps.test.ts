import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromium } from '../parts/available.ts';
import { type DeskPage, startDeskPage } from './desk-page.ts';
import { atStep, freeSims, onTicket, reviewOf } from './wizard-parts.ts';

describe.skipIf(!chromium.available)(
  `the steps of an assignment${chromium.reason && ` [needs Chromium: ${chromium.reason}]`}`,
  () => {
    let desk: DeskPage;
    beforeAll(async () => {
      desk = await startDeskPage();
      await desk.signIn();
    });
    afterAll(() => desk?.stop());

    it('a business takes fibre with a modem, a site, contacts and a purchase order, by keyboard alone', async () => {
      const { page, hands, central, open } = desk;
      await open('/');
      await hands.press('F2');
      await atStep(page, 'Plan');
      expect(await desk.violations()).toEqual([]);
      await hands.type('fibre 100');
      await hands.press('Enter');
      await atStep(page, 'Customer');
      await hands.type('789');
      await page.getByRole('option', { name: /Johnson Enterprises/ }).waitFor();
      expect(await desk.violations()).toEqual([]);
      await hands.press('Enter');
      await atStep(page, 'Items');
      await page.getByRole('option', { name: /MOD-/ }).first().waitFor();
      expect(await desk.violations()).toEqual([]);
      await hands.press('Enter');
      await hands.click('Continue');
      await atStep(page, 'Details');
      await hands.press('ArrowDown');
      await hands.press('Enter');
      await page.getByText('123 Main St').first().waitFor();
      await page.getByLabel('Purchase order number').fill('PO-2025-001234');
      expect(await desk.violations()).toEqual([]);
      await hands.press('Enter');
      await reviewOf(page);
      await page.getByText('PO-2025-001234').waitFor();
      expect(await desk.violations()).toEqual([]);
      await hands.press('Control+Enter');
      await page.getByTestId('success').waitFor();
      expect(await desk.violations()).toEqual([]);
      const { items } = await (await central.asSales()).customers.services({ id: 789 });
      const fibre = items.filter(({ product }) => product.slug === 'fibre-100');
      expect(fibre).toMatchObject([{ status: 'active', autoRenew: false, siteId: 2 }]);
    });

    it('what a business needs and nobody gave is asked, and holds Confirm shut', async () => {
      const { page, hands, open } = desk;
      await open('/');
      await hands.press('F2');
      await atStep(page, 'Plan');
      await hands.type('fibre 100');
      await hands.press('Enter');
      await atStep(page, 'Customer');
      await hands.type('789');
      await hands.press('Enter');
      await atStep(page, 'Items');
      await hands.press('Control+Enter');
      await onTicket(page, 'Installation site').waitFor();
      expect(await page.getByTestId('tasks').count()).toBe(0);
    });

    it('a number is found by its ending and by its shape, two are kept while the customer decides', async () => {
      const { page, hands, central, open } = desk;
      const [sim] = await freeSims(central);
      await open('/');
      await hands.scan(sim.iccid);
      await atStep(page, 'Customer');
      await hands.type('456');
      await hands.press('Enter');
      await atStep(page, 'Plan');
      await hands.press('Enter');
      await reviewOf(page);
      await page.getByRole('button', { name: 'Change: Items' }).click();
      await page.getByRole('button', { name: 'Change', exact: true }).last().click();
      const list = page.getByRole('grid', { name: 'Mobile number' });
      await list.getByRole('row').nth(3).waitFor();
      const first = await list.getByRole('row').nth(2).getByRole('gridcell').first().textContent();
      const ending = (first ?? '').replace(/\D/g, '').slice(-4);
      await hands.type(ending);
      await list
        .locator('mark', { hasText: ending.slice(-3) })
        .first()
        .waitFor();
      await page.locator('[role="grid"]:not([data-stale])').waitFor();
      expect(await desk.violations()).toEqual([]);
      await hands.press('Shift+Enter');
      const kept = page.getByRole('region', { name: 'Numbers kept for the customer' });
      await kept.getByText(first ?? '').waitFor();
      await hands.press('Escape');
      await page.keyboard.type('0?00', { delay: 60 });
      await list.locator('mark').first().waitFor();
      await kept.getByRole('button', { name: 'Take' }).click();
      await onTicket(page, first ?? '').waitFor();
      const sales = await central.asSales();
      const held = await sales.inventory.items({ template: 'mobile_number', q: ending, limit: 5 });
      expect(held.items.filter(({ status }) => status === 'reserved')).toHaveLength(1);
    });

    it('a customer who is not found is created on the spot, and somebody alike is offered first', async () => {
      const { page, hands, open } = desk;
      await open('/');
      await hands.press('F2');
      await atStep(page, 'Plan');
      await hands.press('Enter');
      await atStep(page, 'Customer');
      await hands.type('زياد 👩‍👧 O’Neill');
      await page.getByText(/Customer not found/).waitFor();
      expect(await desk.violations()).toEqual([]);
      await hands.click('New customer');
      await page.getByLabel('E-mail').fill('john.smith@demo.comptoir.test');
      await hands.click('Create and go on');
      await page.getByText('Is it one of them?').waitFor();
      expect(await desk.violations()).toEqual([]);
      await hands.click('Create a new one all the same');
      await onTicket(page, 'زياد 👩‍👧 O’Neill').waitFor();
    });

    it('an add-on for somebody without a fitting service says why and what to do', async () => {
      const { page, hands, central, open } = desk;
      const sales = await central.asSales();
      const { id } = await sales.customers.create({ name: 'Nora Newcomer', type: 'individual' });
      await open('/');
      await hands.press('F2');
      await atStep(page, 'Plan');
      await hands.type('5 GB data');
      await hands.press('Enter');
      await atStep(page, 'Customer');
      await hands.type(String(id));
      await hands.press('Enter');
      await page.getByText('No service for this add-on').waitFor();
      await page.getByText(/has no active service of type Mobile/).waitFor();
      expect(await desk.violations()).toEqual([]);
    });
  },
);
