import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromium, electron, type Part } from '../parts/available.ts';
import { PASSWORD } from '../parts/central.ts';
import { pdfText } from '../parts/pdf-text.ts';
import { waitUntil } from '../parts/wait.ts';
import type { DeskPage, Shell } from './desk-page.ts';
import {
  command,
  newFolder,
  openDesk,
  openShop,
  PIN,
  pressOn,
  type Shop,
  setPin,
  shoot,
  tabTo,
  untilCurrent,
  untilCut,
  untilMended,
  watchStates,
  workOf,
} from './offline-parts.ts';
import { atStep, freeSims, heading, reviewOf, type Sim } from './wizard-parts.ts';

const shells: { shell: Shell; part: Part }[] = [
  { shell: 'browser', part: chromium },
  { shell: 'electron', part: electron },
];

const NAME = 'Amélie Hors-Ligne';

/** Creates a customer by keyboard; the page of their negative number opens. */
async function createCustomer(desk: DeskPage, name: string, email?: string): Promise<void> {
  const { page, hands } = desk;
  await command(desk, 'New customer');
  await heading(page, 'New customer');
  await tabTo(desk, page.getByRole('textbox', { name: 'Name' }));
  await hands.type(name);
  if (email !== undefined) {
    await tabTo(desk, page.getByLabel('E-mail'));
    await hands.type(email);
  }
  await hands.press('Enter');
  await heading(page, name);
}

/** A free SIM of the desk's own share. */
async function ownSim({ central }: Shop, name?: string): Promise<Sim> {
  const { items } = await (await central.asAdmin()).desks.list();
  const desk = items.find((one) => name === undefined || one.name === name);
  const own = await central.db
    .selectFrom('items')
    .select('id')
    .where('deskId', '=', desk?.id ?? '')
    .execute();
  const ids = new Set(own.map(({ id }) => id));
  const [sim] = (await freeSims(central)).filter(({ id }) => ids.has(id));
  if (sim === undefined) throw new Error('the desk has no SIM card of its own');
  return sim;
}

/** From a scan to the order that is saved here. */
async function orderOffline(desk: DeskPage, sim: Sim, customer: string): Promise<void> {
  const { page, hands } = desk;
  await hands.scan(sim.iccid);
  await atStep(page, 'Customer');
  await hands.type(customer);
  await page.getByRole('option', { name: new RegExp(customer) }).waitFor();
  await hands.press('Enter');
  await atStep(page, 'Plan');
  await hands.press('Enter');
  await reviewOf(page);
  await page.getByTestId('confirm').getByText('Save here').waitFor();
  await hands.press('Control+Enter');
  await page.locator('[data-testid="sending"][data-state="saved"]').waitFor();
}

/** The text of the sheet that is shown without its spaces, read from the very file that is printed. */
async function readSheet(desk: DeskPage): Promise<string> {
  const { page } = desk;
  await page.evaluate(() => {
    const make = URL.createObjectURL.bind(URL);
    URL.createObjectURL = (blob: Blob) => {
      Reflect.set(globalThis, 'shownSheet', blob);
      return make(blob);
    };
  });
  await pressOn(desk, page.getByRole('button', { name: 'Print hand-over sheet' }));
  await page.getByTitle('Preview of the hand-over sheet').waitFor();
  const base64 = await page.evaluate(async () => {
    const bytes = new Uint8Array(await (Reflect.get(globalThis, 'shownSheet') as Blob).arrayBuffer());
    return btoa(String.fromCharCode(...bytes));
  });
  return pdfText(Buffer.from(base64, 'base64')).replace(/\s/g, '');
}

async function unlock({ page, hands }: DeskPage, pin = PIN): Promise<void> {
  await heading(page, 'Unlock without the line');
  await page.getByRole('button', { name: /Sam|sales/i }).waitFor();
  await hands.press('Enter');
  await page.getByRole('heading', { name: /^PIN of/ }).waitFor();
  await hands.type(pin);
  await hands.press('Enter');
}

describe.each(shells)('a desk whose line is cut, in the $shell shell', ({ shell, part }) => {
  describe.skipIf(!part.available)(`with its runtime${part.reason && ` [needs ${shell}: ${part.reason}]`}`, () => {
    let shop: Shop;
    beforeAll(async () => {
      shop = await openShop();
    });
    afterAll(() => shop?.close());

    it('a new customer and their plan, made without the line and over a kill, are live once when it is back', async () => {
      const { central, line } = shop;
      const folder = newFolder();
      const first = await openDesk(shop, { shell, folder });
      await first.signIn();
      await untilCurrent(first);
      const sim = await ownSim(shop);
      line.cut();
      await untilCut(first);
      await shoot(first, shell, '1-cut');
      expect.soft(await first.violations()).toEqual([]);

      await createCustomer(first, NAME, 'amelie@example.com');
      await first.page.getByText('number follows').first().waitFor();
      expect(first.page.url()).toMatch(/#\/customers\/-\d+$/);
      await shoot(first, shell, '2-customer');
      expect.soft(await first.violations()).toEqual([]);

      await orderOffline(first, sim, NAME);
      await shoot(first, shell, '3-saved');
      expect.soft(await first.violations()).toEqual([]);
      const sheet = await readSheet(first);
      await shoot(first, shell, '4-sheet');
      expect.soft(await first.violations()).toEqual([]);
      await first.kill();

      const kept = workOf(folder);
      expect(kept).toMatchObject([
        { type: 'customer.create', state: 'saved' },
        { type: 'order.place', state: 'saved' },
      ]);
      const token = String(kept[1]?.payload.statusToken);
      expect(sheet).toContain(token);
      expect(sheet).toContain(sim.iccid);

      const second = await openDesk(shop, { shell, folder });
      const { page } = second;
      await shoot(second, shell, '5-restarted');
      await page.locator('main#content h1').waitFor();
      await shoot(second, shell, '6-home');
      expect.soft(await second.violations()).toEqual([]);
      await command(second, 'Go to the outbox');
      await page.getByTestId('outbox-entry').nth(1).waitFor();
      expect(await page.getByTestId('outbox-entry').count()).toBe(2);
      await shoot(second, shell, '7-outbox');
      expect.soft(await second.violations()).toEqual([]);

      // Long enough on its way to be seen there.
      await (await central.asAdmin()).demo.faults({ action: 'ocs.createAccount', times: 1, delaySeconds: 2 });
      const states = await watchStates(second);
      line.mend();
      await untilMended(second);
      const done = ['Saved here', 'Accepted', 'Live'];
      await waitUntil(async () => {
        const seen = Object.values(await states());
        return seen.some((one) => one.at(-1) === 'Live');
      }, 'the order to be live on the screen');
      await shoot(second, shell, '8-live');
      expect(Object.values(await states()).sort((a, b) => a.length - b.length)).toEqual([done.slice(0, 2), done]);
      const sales = await central.asSales();
      const { items: found } = await sales.customers.list({ q: NAME, limit: 10 });
      expect(found).toHaveLength(1);
      const id = found[0]?.id ?? 0;
      const services = await sales.customers.services({ id });
      expect(services.items).toMatchObject([{ status: 'active', product: { name: 'Mobile - 20 GB plan' } }]);
      expect(services.items[0]?.items.map(({ label }) => label)).toContain(sim.label);
      expect((await sales.orders.list({ customerId: id, limit: 10 })).items).toHaveLength(1);
      expect(await sales.inventory.item({ id: sim.id })).toMatchObject({ status: 'assigned', customerId: id });
      const status = await fetch(`${central.url}/status/${token}`);
      expect(await status.text()).toContain('Your plan is live');
    });
  });
});
