import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromium } from '../parts/available.ts';
import { PASSWORD } from '../parts/central.ts';
import { waitUntil } from '../parts/wait.ts';
import { type DeskPage, startDeskPage } from './desk-page.ts';

describe.skipIf(!chromium.available)(
  `before anybody has signed in${chromium.available ? '' : ` [needs Chromium: ${chromium.reason}]`}`,
  () => {
    let desk: DeskPage;
    let assets: string[];
    const folder = path.join(import.meta.dirname, '../../out/renderer/assets');
    beforeAll(async () => {
      desk = await startDeskPage();
      assets = readdirSync(folder);
    });
    afterAll(() => desk?.stop());

    it('its script has no schemas in it, whose library is a fifth of the whole', () => {
      const [first = ''] = assets.filter((name) => /^first-.*\.js$/.test(name));
      const script = readFileSync(path.join(folder, first), 'utf8');
      // Not the script itself in what a failure prints.
      expect({ form: script.includes('current-password'), schemas: script.includes('invalid_type') }).toEqual({
        form: true,
        schemas: false,
      });
    });

    it('that is expected, as on any morning, waits for no page behind it', async () => {
      const { page } = desk;
      await page.locator('input[type="email"]').waitFor();
      await page.waitForFunction(() => localStorage.getItem('comptoir.signed-out') === 'yes');
      await page.reload();
      const readAt = await page.waitForFunction(() => {
        const files = performance.getEntriesByType('resource');
        return files.find(({ name }) => /\/Frame-[^/]*\.js$/.test(name))?.startTime;
      });
      const [paint] = await page.evaluate(() =>
        performance.getEntriesByName('first-contentful-paint').map(({ startTime }) => startTime),
      );
      expect(paint).toBeGreaterThan(0);
      expect(await readAt.jsonValue()).toBeGreaterThan(paint ?? Number.POSITIVE_INFINITY);
    });

    it('a scan lands in no field and is refused in words', async () => {
      const password = desk.page.locator('input[type="password"]');
      await password.focus();
      await desk.hands.scan('8944100000000090001');
      await desk.page.getByText('Sign in first').waitFor();
      expect(await password.inputValue()).toBe('');
    });

    it('a password that is typed as fast as a scan, with its Enter, signs in all the same', async () => {
      await desk.page.locator('input[type="email"]').fill('sales@demo.comptoir.test');
      await desk.page.locator('input[type="password"]').focus();
      await desk.hands.scan(PASSWORD);
      await desk.page.locator('main#content h1').waitFor();
    });

    it('the pages are read while nobody waits, before they are opened', async () => {
      const pages = assets.filter((name) => /^[A-Z]\w+Page-.*\.js$/.test(name));
      expect(pages.length).toBeGreaterThan(12);
      const unread = async () => {
        const read = await desk.page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
        return pages.filter((page) => !read.some((name) => name.endsWith(page)));
      };
      await waitUntil(async () => (await unread()).length === 0, 'every page to be read');
    });
  },
);
