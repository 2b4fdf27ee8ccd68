import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { chromium, electron, type Part } from '../parts/available.ts';
import { PASSWORD } from '../parts/central.ts';
import { pdfText } from '../parts/pdf-text.ts';
import { waitUntil } from '../parts/wait.ts';
import type { DeskPage, Shell } from './desk-page.ts';
import {
  command,
  holderAt,
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
import { atStep, freeSims, heading, onTicket, reviewOf, type Sim } from './wizard-parts.ts';

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

/** Free SIM cards by the desk whose share they are of, the desk that was enrolled last first. */
async function simsByDesk({ central }: Shop): Promise<Sim[][]> {
  const rows = await central.db
    .selectFrom('items')
    .innerJoin('desks', 'desks.id', 'items.deskId')
    .select(['items.id', 'items.deskId'])
    .orderBy('desks.enrolledAt', 'desc')
    .execute();
  const free = new Map((await freeSims(central)).map((sim) => [sim.id, sim]));
  const byDesk = new Map<string | null, Sim[]>();
  for (const { id, deskId } of rows) {
    const sim = free.get(id);
    if (sim !== undefined) byDesk.set(deskId, [...(byDesk.get(deskId) ?? []), sim]);
  }
  return [...byDesk.values()];
}

/** A free SIM of the share of the desk that was enrolled last, but not this one. */
async function ownSim(shop: Shop, not?: Sim): Promise<Sim> {
  return waitUntil(async () => {
    const [own = []] = await simsByDesk(shop);
    return own.find(({ id }) => id !== not?.id);
  }, 'a SIM card of the desk’s own');
}

/** A SIM of the desk that was enrolled first, and one of the other. */
function bothShares(shop: Shop): Promise<[Sim, Sim]> {
  return waitUntil(async (): Promise<[Sim, Sim] | null> => {
    const [[theirs] = [], [mine] = []] = await simsByDesk(shop);
    return mine === undefined || theirs === undefined ? null : [mine, theirs];
  }, 'both desks to have a share');
}

/** From a scan to the order that is saved here. */
async function orderOffline({ page, hands }: DeskPage, sim: Sim, customer: string): Promise<void> {
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
  await page.getByTestId('verify').getByText(sim.label).waitFor();
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

/** Chooses the last entry of the menu that has just opened. */
async function chooseLast({ page, hands }: DeskPage, name: string): Promise<void> {
  await page.getByRole('menuitem', { name }).waitFor();
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('role'));
  await expect.poll(focused).toBe('menuitem');
  await hands.press('ArrowUp');
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe(name);
  await hands.press('Enter');
}

/** From the list of people to the PIN of the only one, by keyboard. */
async function typePin({ page, hands }: DeskPage, pin: string): Promise<void> {
  await page.getByRole('heading', { name: /^PIN of/ }).waitFor();
  await hands.type(pin);
  await hands.press('Enter');
}

/** A picture of the screen; axe looks at it in the browser, for both shells show the same pages. */
async function looked(desk: DeskPage, shell: Shell, name: string): Promise<void> {
  await shoot(desk, shell, name);
  if (shell === 'browser') expect.soft(await desk.violations()).toEqual([]);
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
      await looked(first, shell, '1-cut');

      await createCustomer(first, NAME, 'amelie@example.com');
      await first.page.getByText('number follows').first().waitFor();
      expect(first.page.url()).toMatch(/#\/customers\/-\d+$/);
      await looked(first, shell, '2-customer');

      await orderOffline(first, sim, NAME);
      await looked(first, shell, '3-saved');
      const sheet = await readSheet(first);
      await looked(first, shell, '4-sheet');
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
      await looked(second, shell, '6-home');
      await command(second, 'Go to the outbox');
      await page.getByTestId('outbox-entry').nth(1).waitFor();
      expect(await page.getByTestId('outbox-entry').count()).toBe(2);
      await looked(second, shell, '7-outbox');

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

describe.skipIf(!chromium.available)(
  `work without the line${chromium.reason && ` [needs Chromium: ${chromium.reason}]`}`,
  () => {
    let shop: Shop;
    let desk: DeskPage;
    let folder: string;
    beforeEach(async () => {
      shop = await openShop();
      onTestFinished(() => shop.close());
      folder = newFolder();
      desk = await openDesk(shop, { folder });
      await desk.signIn();
      await untilCurrent(desk);
    });

    it('a page that is open under the desk’s own number goes on under head office’s, on a line where all had vanished', async () => {
      const { page } = desk;
      shop.line.silence();
      await untilCut(desk);
      await createCustomer(desk, 'Silvia Silent');
      await page.getByText('number follows').first().waitFor();
      await page.evaluate(() => Reflect.set(globalThis, 'isSamePage', true));
      shop.line.mend();
      await page.waitForURL(/#\/customers\/\d+$/);
      await page.getByText('number follows').first().waitFor({ state: 'detached' });
      await page.getByText('Not at head office yet').waitFor({ state: 'detached' });
      expect(await page.evaluate(() => Reflect.get(globalThis, 'isSamePage'))).toBe(true);
      const { items } = await (await shop.central.asSales()).customers.list({ q: 'Silvia Silent', limit: 10 });
      expect(items.map(({ id }) => `/customers/${id}`)).toEqual([new URL(page.url()).hash.slice(1)]);
    });

    it('signing out with unsent work asks first; a PIN opens the desk without the line, and the password is asked for after', async () => {
      const { page, hands } = desk;
      await setPin(desk);
      shop.line.cut();
      await untilCut(desk);
      await createCustomer(desk, 'Paula Pin');

      const person = page.getByRole('button', { name: /Sofia Marin/ });
      await pressOn(desk, person);
      await chooseLast(desk, 'Sign out');
      const question = page.getByRole('dialog', { name: 'Work is not sent yet' });
      await question.getByText(/1 piece of work is saved here/).waitFor();
      await shoot(desk, 'sign-out');
      expect.soft(await desk.violations()).toEqual([]);
      await pressOn(desk, question.getByRole('button', { name: 'Stay' }));
      await question.waitFor({ state: 'detached' });
      await pressOn(desk, person);
      await chooseLast(desk, 'Sign out');
      await pressOn(desk, question.getByRole('button', { name: 'Sign out all the same' }));

      await heading(page, 'Unlock without the line');
      await page.getByText('Paula Pin').waitFor({ state: 'detached' });
      await shoot(desk, 'unlock');
      expect.soft(await desk.violations()).toEqual([]);
      await pressOn(desk, page.getByRole('button', { name: /Sofia Marin/ }));
      await typePin(desk, '582913');
      await page.getByText('The PIN is not right. 4 tries left').waitFor();
      await shoot(desk, 'pin-wrong');
      expect.soft(await desk.violations()).toEqual([]);
      await typePin(desk, PIN);
      await heading(page, 'Worklist');
      expect(await page.getByTestId('outbox-state').textContent()).toContain('1 saved here');

      shop.line.mend();
      const again = page.getByRole('dialog', { name: 'The line is back: your password, once' });
      await again.waitFor();
      await page.getByTestId('outbox-state').getByText('All sent').first().waitFor({ state: 'attached' });
      await shoot(desk, 'password-again');
      expect.soft(await desk.violations()).toEqual([]);
      await tabTo(desk, again.locator('input[type="password"]'));
      await hands.type(PASSWORD);
      await hands.press('Enter');
      await again.waitFor({ state: 'detached' });
      const { items } = await (await shop.central.asSales()).customers.list({ q: 'Paula Pin', limit: 10 });
      expect(items).toHaveLength(1);
    });

    it('an item of another desk’s share is not promised without the line, and the reason is said', async () => {
      const { page, hands } = desk;
      await openDesk(shop, { folder: newFolder() });
      const [mine, theirs] = await bothShares(shop);
      await waitUntil(() => {
        const holders = [mine, theirs].map(({ id }) => holderAt(folder, id));
        return !holders.includes(null) && new Set(holders).size === 2;
      }, 'the desk to have heard whose they are');
      shop.line.cut();
      await untilCut(desk);
      await desk.open('/');
      await hands.scan(mine.iccid);
      await atStep(page, 'Customer');
      await hands.scan(theirs.iccid);
      await page.getByText('This item is kept for another desk of the shop').waitFor();
      await shoot(desk, 'of-other-desk');
      expect.soft(await desk.violations()).toEqual([]);
      await hands.type('123');
      await page.getByRole('option', { name: /John Smith/ }).waitFor();
      await hands.press('Enter');
      await atStep(page, 'Plan');
      await hands.press('Enter');
      await reviewOf(page);
      await pressOn(desk, page.getByRole('button', { name: 'Change: Items' }));
      await pressOn(desk, page.getByRole('button', { name: 'Change', exact: true }).first());
      await page.getByRole('option').first().waitFor();
      await hands.type(theirs.iccid.slice(-4));
      const row = page.getByRole('option', { name: new RegExp(theirs.label) });
      await row.getByText(/^Of /).waitFor();
      await shoot(desk, 'picker');
      expect(await row.getAttribute('aria-disabled')).toBe('true');
      expect.soft(await desk.violations()).toEqual([]);
    });

    it('what head office refuses is shown with its choices and goes on in the wizard; the order behind it went up', async () => {
      const { page, hands } = desk;
      const { central, line } = shop;
      const admin = await central.asAdmin();
      const sim = await ownSim(shop);
      line.cut();
      await untilCut(desk);
      await desk.open('/');
      await orderOffline(desk, sim, '456');
      await desk.open('/');
      const next = await ownSim(shop, sim);
      await orderOffline(desk, next, '123');
      await admin.customers.change({ id: 456, status: 'closed' });
      await command(desk, 'Go to the outbox');
      line.mend();
      const refused = page.locator('[data-testid="outbox-entry"][data-state="refused"]');
      await refused.getByText('This customer is not open').waitFor();
      await page.getByRole('list', { name: 'State: Live' }).first().waitFor();
      await shoot(desk, 'refused');
      expect.soft(await desk.violations()).toEqual([]);
      expect(await central.db.selectFrom('items').select('status').where('id', '=', next.id).execute()).toEqual([
        { status: 'assigned' },
      ]);
      await pressOn(desk, refused.getByRole('button', { name: 'Change the customer' }));
      await atStep(page, 'Customer');
      await onTicket(page, sim.label).waitFor();
      await onTicket(page, 'Mobile - 20 GB plan').waitFor();
      await shoot(desk, 'reopened');
      expect.soft(await desk.violations()).toEqual([]);
      await hands.type('123');
      await page.getByRole('option', { name: /John Smith/ }).waitFor();
      await hands.press('Enter');
      await reviewOf(page);
      await hands.press('Control+Enter');
      await page.getByTestId('success').waitFor();
      expect(await admin.inventory.item({ id: sim.id })).toMatchObject({ status: 'assigned', customerId: 123 });
    });
  },
);

it.skipIf(!chromium.available)(
  `a desk shows a code, a manager at another desk approves it, and it goes on by itself${chromium.reason && ` [needs Chromium: ${chromium.reason}]`}`,
  async () => {
    const shop = await openShop();
    onTestFinished(() => shop.close());
    const fresh = await openDesk(shop, { folder: newFolder(), invited: false });
    await fresh.signIn();
    const manager = await openDesk(shop, { folder: newFolder() });
    await manager.signIn('manager');
    await command(fresh, 'Go to settings');
    await tabTo(fresh, fresh.page.getByRole('tab', { name: 'General' }));
    const thisDesk = fresh.page.getByRole('tab', { name: 'This desk', selected: true });
    while (!(await thisDesk.isVisible())) await fresh.hands.press('ArrowRight');
    await shoot(fresh, 'not-enrolled');
    expect.soft(await fresh.violations()).toEqual([]);
    await pressOn(fresh, fresh.page.getByRole('button', { name: 'Show a code' }));
    const code = (await fresh.page.getByTestId('enrolment-code').textContent()) ?? '';
    await shoot(fresh, 'code');
    expect.soft(await fresh.violations()).toEqual([]);

    await manager.open('/settings/desks');
    await pressOn(manager, manager.page.getByRole('button', { name: 'Approve a code' }));
    const dialog = manager.page.getByRole('dialog', { name: 'Approve a desk' });
    await tabTo(manager, dialog.getByLabel('Code on the desk’s screen'));
    await manager.hands.type(code.toLowerCase());
    await tabTo(manager, dialog.getByLabel('Name of the desk'));
    await manager.hands.type('Counter left');
    await shoot(manager, 'approve');
    expect.soft(await manager.violations()).toEqual([]);
    await manager.hands.press('Enter');
    await manager.page.getByText('Counter left is enrolled').waitFor();

    await fresh.page.getByText('Counter left is enrolled').waitFor();
    await untilCurrent(fresh);
    await shoot(fresh, 'enrolled');
    expect.soft(await fresh.violations()).toEqual([]);
    shop.line.cut();
    await untilCut(fresh);
    await fresh.open('/');
    await orderOffline(fresh, await ownSim(shop), '123');
  },
);
