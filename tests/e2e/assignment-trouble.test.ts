import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromium } from '../parts/available.ts';
import { waitUntil } from '../parts/wait.ts';
import { type DeskPage, startDeskPage } from './desk-page.ts';
import { atStep, draftIdOf, freeSims, onTicket, reviewOf, scanToReview } from './wizard-parts.ts';

const HOLD_IS_OVER_S = 700;
const MISREAD = '8944100000000090002';

/** Lets the holds of the draft on screen lapse, and gives the button that takes them again. */
async function lapse({ page, central }: DeskPage) {
  await central.advance(HOLD_IS_OVER_S);
  const again = page.getByRole('button', { name: 'Take it again' }).first();
  // Coming back to the window reads central's clock anew; else that is done once a minute.
  const seen = async () => {
    await page.evaluate(() => window.dispatchEvent(new Event('visibilitychange')));
    return again.isVisible();
  };
  await waitUntil(seen, 'the lapsed hold to be said', 60_000);
  return again;
}

describe.skipIf(!chromium.available)(
  `an assignment in trouble${chromium.reason && ` [needs Chromium: ${chromium.reason}]`}`,
  () => {
    let desk: DeskPage;
    beforeAll(async () => {
      desk = await startDeskPage();
      await desk.signIn();
    });
    afterAll(() => desk?.stop());

    it('a failed job says why in shop language, and Retry finishes it with the same service and items', async () => {
      const { page, hands, central } = desk;
      const admin = await central.asAdmin();
      await scanToReview(desk);
      await admin.demo.faults({ action: 'ocs.createAccount', times: 20, error: 'connector_unreachable' });
      await hands.press('Control+Enter');
      const failure = page.getByTestId('failure');
      await failure.getByText('The charging system can’t be reached').waitFor();
      await failure.getByText('The service record was created but is not active').waitFor();
      const jobId = Number(await page.getByTestId('job-id').textContent());
      const failed = await admin.provisioning.get({ id: jobId });
      expect(failed.tasks.map(({ status }) => status)).toContain('failed');
      expect(await desk.violations()).toEqual([]);

      await admin.demo.faults({ action: 'ocs.createAccount', times: 0 });
      await hands.click('Retry');
      await page.getByTestId('success').waitFor();
      const job = await admin.provisioning.get({ id: jobId });
      expect(job).toMatchObject({ status: 'succeeded', serviceIds: failed.serviceIds });
      expect(await page.getByTestId('service-id').textContent()).toBe(String(job.serviceIds[0]));
    });

    it('cancelling a failed job undoes it and frees the items', async () => {
      const { page, hands, central } = desk;
      const admin = await central.asAdmin();
      const sim = await scanToReview(desk);
      await admin.demo.faults({ action: 'ocs.createAccount', times: 20, error: 'connector_refused' });
      await hands.press('Control+Enter');
      await page.getByTestId('failure').waitFor();
      await admin.demo.faults({ action: 'ocs.createAccount', times: 0 });
      await hands.click('Cancel and undo…');
      await page.getByRole('dialog').getByRole('button', { name: 'Cancel and undo' }).click();
      await page.getByText('Everything was undone').waitFor();
      expect((await admin.inventory.item({ id: sim.id })).status).toMatch(/^(new|in_stock)$/);
    });

    it('confirming three times at once places one order', async () => {
      const { page, central } = desk;
      await scanToReview(desk);
      const draftId = draftIdOf(page);
      await Promise.all([
        page.keyboard.press('Control+Enter'),
        page.keyboard.press('Control+Enter'),
        page
          .getByTestId('confirm')
          .dblclick({ timeout: 1000 })
          .catch(() => undefined),
      ]);
      await page.getByTestId('success').waitFor();
      const orders = await (await central.asSales()).orders.list({ customerId: 123, limit: 200 });
      expect(orders.items.filter((order) => order.draftId === draftId)).toHaveLength(1);
    });

    it('a hold that lapses on the review page is said plainly, and can be taken again', async () => {
      const { page, hands, central } = desk;
      const sim = await scanToReview(desk);
      const again = await lapse(desk);
      await page.getByText(/someone else could take it now/).waitFor();
      expect(await page.getByTestId('confirm').isDisabled()).toBe(true);
      await again.click();
      await page.getByText(/^Held until/).waitFor();
      await hands.press('Control+Enter');
      await page.getByTestId('success').waitFor();
      expect(await (await central.asSales()).inventory.item({ id: sim.id })).toMatchObject({ customerId: 123 });
    });

    it('a lapsed item that somebody else took leads to choosing another, and nothing else is lost', async () => {
      const { page, hands, central } = desk;
      const sim = await scanToReview(desk);
      const again = await lapse(desk);
      const other = await central.asNew({ roles: ['sales'], storeId: 1, name: 'Ana Rival' });
      await other.inventory.reserve({ itemId: sim.id, draftId: uuid() });
      await again.click();
      await page.getByText('The hold ran out and someone else took the item').waitFor();
      await hands.click('Choose the items');
      const [next] = await freeSims(central);
      await hands.scan(next.iccid);
      await onTicket(page, next.label).waitFor();
      await onTicket(page, 'John Smith').waitFor();
      await onTicket(page, 'Mobile - 20 GB plan').waitFor();
    });

    it('a customer closed meanwhile stops the order, and the wizard says who and why', async () => {
      const { page, hands, central } = desk;
      const admin = await central.asAdmin();
      await scanToReview(desk);
      await admin.customers.change({ id: 123, status: 'closed' });
      try {
        await hands.press('Control+Enter');
        await page.getByText('This customer is not open').waitFor();
        await page.getByText('John Smith (ID 123) can’t be given a service now: Closed').waitFor();
      } finally {
        await admin.customers.change({ id: 123, status: 'open' });
      }
    });

    it('a scan never lands in a text field, and a bad one is refused with the reason', async () => {
      const { page, hands, central, open } = desk;
      const [sim, taken] = await freeSims(central);
      const other = await central.asNew({ roles: ['sales'], storeId: 1, name: 'Ana Rival' });
      await other.inventory.reserve({ itemId: taken.id, draftId: uuid() });
      const elsewhere = await (await central.asAdmin()).inventory.items({ template: 'sim_card', storeId: 2, limit: 1 });
      await open('/');
      await hands.scan(sim.iccid);
      await atStep(page, 'Customer');
      const field = page.getByRole('combobox', { name: 'Search customers' });
      const refused = page.getByTestId('scan-refused');
      const cases: [string, string][] = [
        [taken.iccid, 'A colleague is holding this item'],
        [elsewhere.items[0]?.identifiers.iccid ?? '', 'This item belongs to another store'],
        ['89441000000000999970', 'Misread, scan it again'],
        ['8944100000009999992', 'This item is not in stock here'],
      ];
      for (const [text, reason] of cases) {
        await hands.scan(text);
        await refused.getByText(reason).waitFor();
        expect(await field.inputValue()).toBe('');
      }
      await refused.getByText(/Scanned: 8944/).waitFor();
      const [next] = await freeSims(central);
      await hands.scan(next.iccid);
      await refused.waitFor({ state: 'detached' });
      await onTicket(page, next.label).waitFor();
      expect(await field.inputValue()).toBe('');
    });

    it('the wrong SIM at hand-over stops everything until the right one is scanned', async () => {
      const { page, hands, central } = desk;
      const sim = await scanToReview(desk);
      await hands.press('Control+Enter');
      await page.getByTestId('success').waitFor();
      const [wrong] = await freeSims(central);
      for (const text of [wrong.iccid, MISREAD]) {
        await hands.scan(text);
        await page.getByRole('alertdialog', { name: 'Stop: this is not the right one' }).waitFor();
      }
      await hands.scan(sim.iccid);
      await page.getByRole('alertdialog').waitFor({ state: 'detached' });
      await page.getByText('this is the right one, hand it over').waitFor();
    });

    it('a draft survives a reload, Back and Esc lose nothing, and discarding can be undone', async () => {
      const { page, hands, central } = desk;
      const sim = await scanToReview(desk);
      await page.reload();
      await reviewOf(page);
      await page.getByText(sim.label).first().waitFor();
      await hands.press('Escape');
      await atStep(page, 'Renewal');
      await hands.press('Escape');
      await atStep(page, 'Items');
      await onTicket(page, sim.label).waitFor();
      await hands.click('Discard this assignment');
      await page.getByText('Assignment discarded').waitFor();
      const sales = await central.asSales();
      const free = async () => (await sales.inventory.item({ id: sim.id })).reservation === null;
      await waitUntil(free, 'the discarded SIM to be let go');
      await hands.click('Bring it back');
      await page.getByText(sim.label).first().waitFor();
      expect(await free()).toBe(false);
    });

    it('leaving the progress stops nothing: a notice brings the job back', async () => {
      const { page, hands, central } = desk;
      const admin = await central.asAdmin();
      await scanToReview(desk);
      await admin.demo.faults({ action: 'ocs.createAccount', times: 1, delaySeconds: 3 });
      await hands.press('Control+Enter');
      await hands.click('Serve the next customer');
      await page.getByText('John Smith: the service is live').waitFor();
      await page.getByRole('alert').getByRole('button', { name: 'Open' }).click();
      await page.getByTestId('success').waitFor();
    });
  },
);
