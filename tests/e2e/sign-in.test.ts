import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromium } from '../parts/available.ts';
import { PASSWORD } from '../parts/central.ts';
import { type DeskPage, startDeskPage } from './desk-page.ts';

describe.skipIf(!chromium.available)(
  `before anybody has signed in${chromium.available ? '' : ` [needs Chromium: ${chromium.reason}]`}`,
  () => {
    let desk: DeskPage;
    beforeAll(async () => {
      desk = await startDeskPage();
    });
    afterAll(() => desk?.stop());

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
  },
);
