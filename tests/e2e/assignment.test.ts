import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromium, electron, type Part } from '../parts/available.ts';
import { type DeskPage, type Shell, startDeskPage } from './desk-page.ts';
import { atStep, freeSims, reviewOf } from './wizard-parts.ts';

const shells: { shell: Shell; part: Part }[] = [
  { shell: 'browser', part: chromium },
  { shell: 'electron', part: electron },
];

/** Where the desk is, and the role and the text of what has the focus there. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const { role, tagName, textContent } = document.activeElement ?? document.body;
    return `${location.hash} ${role ?? tagName.toLowerCase()} ${textContent?.slice(0, 60)}`;
  });
}

describe.each(shells)('the main job in the $shell shell', ({ shell, part }) => {
  describe.skipIf(!part.available)(`with its runtime${part.reason && ` [needs ${shell}: ${part.reason}]`}`, () => {
    let desk: DeskPage;
    beforeAll(async () => {
      desk = await startDeskPage({ shell });
      await desk.signIn();
    });
    afterAll(() => desk?.stop());

    it('a new mobile service for a known customer takes 2 scans and at most 6 key presses, by keyboard alone', async () => {
      const { page, hands, central } = desk;
      const [sim] = await freeSims(central);
      await hands.scan(sim.iccid);
      await atStep(page, 'Customer');
      await hands.type('123');
      await hands.press('Enter');
      await atStep(page, 'Plan');
      await hands.press('Enter');
      await reviewOf(page);
      await hands.press('Control+Enter');
      await page.getByTestId('success').waitFor();
      await hands.scan(sim.iccid);
      await page.getByText('SIM card: this is the right one, hand it over').waitFor();

      expect(hands.count).toEqual({ actions: 6, scans: 2 });
      const services = await (await central.asSales()).customers.services({ id: 123 });
      const made = services.items.filter(({ items }) => items.some(({ label }) => label === sim.label));
      expect(made).toMatchObject([{ status: 'active', product: { name: 'Mobile - 20 GB plan' } }]);
      expect(await page.getByTestId('service-id').textContent()).toBe(String(made[0]?.id));
      await page.getByTestId('tasks').locator('li[data-status="succeeded"]').nth(5).waitFor();
    });

    it('a data boost takes 4 actions from the customer’s SIM, by keyboard alone', async () => {
      const { page, hands, central } = desk;
      const sim = (await (await central.asSales()).customers.items({ id: 123 })).items.find(
        ({ template }) => template === 'sim_card',
      );
      const before = { ...hands.count };
      await desk.open('/');
      await hands.scan(sim?.identifiers.iccid ?? '');
      await expect.poll(() => focused(page)).toMatch(/^#\/services\/\d+ button Add-ons$/);
      await hands.press('Enter');
      await page.getByRole('menuitem', { name: /5 GB/ }).waitFor();
      // The menu's own trap, which may come late, takes the focus for the menu as a whole.
      await page.getByRole('menu').focus();
      await expect.poll(() => focused(page)).toMatch(/ menuitem .*5 GB/);
      await hands.press('Enter');
      await reviewOf(page);
      await hands.press('Control+Enter');
      await page.getByTestId('success').waitFor();

      const actions = hands.count.actions - before.actions + hands.count.scans - before.scans;
      expect(actions).toBe(4);
      await page.getByRole('list', { name: 'What the customer has now' }).getByText('Data boost').waitFor();
    });
  });
});
