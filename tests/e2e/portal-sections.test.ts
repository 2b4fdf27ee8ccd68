import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Language } from '#core/domain/languages.ts';
import { createPlainFormat } from '#core/format/plain.ts';
import { shownPages } from '../../src/server/self-care/first-page.ts';
import { chromium } from '../parts/available.ts';
import { startTestCentral, type TestCentral } from '../parts/central.ts';
import { waitUntil } from '../parts/wait.ts';
import { impersonate, visit as openSession } from '../server/self-care/portal-room.ts';
import { shoot } from './offline-parts.ts';
import { ensurePortalBuilt, type PortalBrowserPart, type PortalVisit, startPortalBrowser } from './portal-page.ts';
import { type FilledCustomers, fillCustomers } from './portal-sections-data.ts';

/** A dozen pages, each looked through by axe: on a machine that is shared this takes its time. */
const WALK_MS = 10 * 60_000;

/** What a customer sees of a section when a text has no words: its key. */
const bareKey =
  /\b(?:common|dashboard|services|usage|billing|recharge|activity|alerts|errors|account)[:.][a-z]\w*(?:\.\w+)*/;

const languages: readonly { language: Language; width: number; colourScheme: 'light' | 'dark' }[] = [
  { language: 'en', width: 1280, colourScheme: 'light' },
  { language: 'fr', width: 320, colourScheme: 'light' },
  { language: 'es', width: 1280, colourScheme: 'dark' },
  { language: 'pt', width: 360, colourScheme: 'dark' },
];

describe.skipIf(!chromium.available)(`the portal’s sections ${chromium.reason}`, () => {
  let central: TestCentral;
  let browser: PortalBrowserPart;
  let customers: FilledCustomers;

  beforeAll(async () => {
    await ensurePortalBuilt();
    central = await startTestCentral({ demo: 'small' });
    customers = await fillCustomers(central);
    browser = await startPortalBrowser(central);
  });

  afterAll(async () => {
    await browser?.stop();
    await central?.stop();
  });

  async function visiting(
    options: Parameters<PortalBrowserPart['visit']>[0],
    work: (visit: PortalVisit) => Promise<void>,
  ): Promise<void> {
    const visit = await browser.visit(options);
    try {
      await work(visit);
    } finally {
      await visit.close();
    }
  }

  test.each(languages)(
    'every section speaks $language, fits $width px, and has nothing that axe finds serious, $colourScheme',
    (look) => visiting({ customerId: customers.several.id, ...look }, (visit) => walk(visit, look.language)),
    WALK_MS,
  );

  async function walk(visit: PortalVisit, language: Language): Promise<void> {
    const { several, invoiceId } = customers;
    const [service] = several.serviceIds;
    const places = [
      ...['/dashboard', '/services', `/services/${service}`, '/offers', `/recharge/${service}`, '/activity'],
      ...[`/usage/${service}?type=data`, `/usage/${service}?type=voice`, '/billing', `/billing/invoices/${invoiceId}`],
      ...['/billing/transactions', '/billing/payment'],
    ];
    const bad: unknown[] = [];
    for (const place of places) {
      await visit.open(place);
      if (place.startsWith('/usage')) await toChart(visit);
      await shoot(visit, 'portal', language, place.replaceAll(/\W/g, '-'));
      const found = {
        language: await visit.page.locator('html').getAttribute('lang'),
        violations: await visit.violations(),
        overflow: await visit.overflow(),
        bareKeys: (await visit.page.locator('#root').textContent())?.match(bareKey)?.[0] ?? null,
        problems: await visit.page.locator('main [role="alert"]').allTextContents(),
      };
      const isFine = found.language === language && found.overflow === 0 && found.bareKeys === null;
      if (!isFine || found.violations.length > 0 || found.problems.length > 0) bad.push({ place, ...found });
    }
    expect(bad).toEqual([]);
    expect(visit.faults).toEqual([]);
  }

  /** The chart is drawn when somebody comes near it. */
  async function toChart({ page }: PortalVisit): Promise<void> {
    await page.locator('main summary').scrollIntoViewIfNeeded();
    await page.locator('main figure[role="img"]').waitFor();
  }

  test.each(
    ['/dashboard', '/services', '/usage', '/billing', '/recharge', '/account', '/activity'].map((place) => ({
      place,
      asks: shownPages.find(({ at }) => at.test(place))?.asks ?? [],
    })),
  )('what central has $place ask for at once is what it shows, and is asked for once', ({ place, asks }) =>
    visiting({ customerId: customers.several.id }, async (visit) => {
      expect(asks).not.toEqual([]);
      const api = `${central.url}/portal/api/v1`;
      const asked: string[] = [];
      visit.page.on('request', (request) => {
        if (request.url().startsWith(api)) asked.push(request.url().slice(api.length));
      });
      await visit.open(place);
      expect(asked).toEqual(expect.arrayContaining(['/me', ...asks]));
      const routes = asked.map((each) => each.replace(/\?.*/, ''));
      expect(routes.filter((route, at) => routes.indexOf(route) !== at)).toEqual([]);
    }),
  );

  test('numbers on the screen are those of the API, in the customer’s language', () =>
    visiting({ customerId: customers.several.id, language: 'fr' }, async (visit) => {
      const { money, bytes } = createPlainFormat('fr');
      await visit.open('/billing');
      const billing = await visit.api('/billing');
      expect(billing.owed).not.toEqual([]);
      expect(await visit.page.locator('[data-part="owed"] dd').first().textContent()).toBe(money(billing.owed[0]));

      const [service] = customers.several.serviceIds;
      await visit.open(`/usage/${service}?type=data`);
      const usage = await visit.api(`/services/${service}/usage`);
      const data = usage.types.find(({ type }: { type: string }) => type === 'data');
      expect(data.usedThisPeriod).toBeGreaterThan(0);
      expect(await visit.page.locator('[data-part="left"] strong').textContent()).toBe(bytes(data.remaining));
      expect(await visit.page.locator('main').textContent()).toContain(bytes(data.usedThisPeriod));
      await toChart(visit);
      await visit.page.getByRole('img', { name: /30 derniers jours/ }).waitFor();
    }));

  describe('the services section follows what the customer has', () => {
    test('several: a list of cards, each of which leads to its service', () =>
      visiting({ customerId: customers.several.id }, async (visit) => {
        await visit.open('/services');
        const { items } = await visit.api('/services');
        const cards = visit.page.locator('main article');
        expect(await cards.count()).toBe(items.length);
        await cards.first().getByRole('heading').getByRole('link').click();
        await visit.page.getByRole('heading', { level: 1, name: items[0].name }).waitFor();
      }));

    test('exactly one: its detail at once, with the way to other offers', () =>
      visiting({ customerId: customers.one.id }, async (visit) => {
        await visit.open('/services');
        const { items } = await visit.api('/services');
        expect(items).toHaveLength(1);
        await visit.page.getByRole('heading', { level: 1, name: items[0].name }).waitFor();
        expect(await visit.page.getByRole('switch', { name: 'Renew automatically' }).count()).toBe(1);
        await visit.page.getByRole('link', { name: 'See other offers' }).click();
        await visit.page.getByRole('heading', { level: 1, name: 'See other offers' }).waitFor();
      }));

    test('none: what there is to have, and how to get it', () =>
      visiting({ customerId: customers.none.id }, async (visit) => {
        await visit.open('/services');
        const { items } = await visit.api('/offers');
        expect(items.length).toBeGreaterThan(0);
        expect(await visit.page.locator('main article').count()).toBe(items.length);
        await visit.page.getByText('Come to the shop or call us').waitFor();
        expect(await visit.page.locator('main article button, main article a').count()).toBe(0);
      }));
  });

  test('a service of another customer is as unknown as one that never was', () =>
    visiting({ customerId: customers.one.id }, async (visit) => {
      const texts: (string | null)[] = [];
      for (const id of [customers.several.serviceIds[0], 2_000_000_000]) {
        await visit.open(`/services/${id}`);
        texts.push(await visit.page.locator('main').textContent());
      }
      expect(texts[0]).toBe(texts[1]);
    }));

  test('renewal is switched by keyboard alone, and only after it was asked again', () =>
    visiting({ customerId: customers.one.id }, async (visit) => {
      const { page } = visit;
      const [service] = customers.one.serviceIds;
      await visit.open(`/services/${service}`);
      const before = (await visit.api(`/services/${service}`)).autoRenew;
      const control = page.getByRole('switch', { name: 'Renew automatically' });
      await control.focus();
      await page.keyboard.press('Space');
      await page.getByRole('dialog').waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      expect((await visit.api(`/services/${service}`)).autoRenew).toBe(before);

      await control.focus();
      await page.keyboard.press('Space');
      await page.getByRole('dialog').waitFor();
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await waitUntil(
        async () => (await visit.api(`/services/${service}`)).autoRenew === !before,
        'the renewal to have changed',
      );
      expect(await control.isChecked()).toBe(!before);
    }));

  test('who only looks through the customer’s eyes finds the switch off limits and is told why', async () => {
    const staff = await impersonate(central, { customerId: customers.one.id, reason: 'The renewal is a riddle' });
    await visiting({ customerId: customers.one.id, cookie: staff.headers.cookie }, async (visit) => {
      await visit.open(`/services/${customers.one.serviceIds[0]}`);
      expect(await visit.page.getByRole('switch', { name: 'Renew automatically' }).isDisabled()).toBe(true);
      await visit.page.locator('#renewal').getByText('reading only').waitFor();
      await visit.open('/billing/payment');
      expect(await visit.page.getByRole('button', { name: /^Remove/ }).count()).toBe(0);
    });
  });

  test('a payment method is removed after it was asked again, and the section then says how to add one', async () => {
    const own = await openSession(central, { customerId: customers.paying.id });
    await visiting({ customerId: customers.paying.id, cookie: own.headers.cookie }, async (visit) => {
      const { page } = visit;
      await visit.open('/billing/payment');
      await page.getByRole('button', { name: /^Remove .*4242$/ }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
      await page.locator('[data-part="add-method"][data-kind="none"]').waitFor();
      expect((await visit.api('/payment-methods')).items).toEqual([]);
    });
  });
});
