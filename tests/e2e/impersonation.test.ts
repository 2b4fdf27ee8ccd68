import type { ElectronApplication, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { chromium, electron } from '../parts/available.ts';
import { startTestCentral, type TestCentral } from '../parts/central.ts';
import { waitUntil } from '../parts/wait.ts';
import { type DeskPage, startDeskPage } from './desk-page.ts';
import { type HostileWay, startHostileWay } from './hostile-way.ts';

/** John Smith, the demo's own customer, whose primary contact has an account; Samuel Okafor is the demo's support. */
const CUSTOMER = 123;
const BOTH_NAMES = { actorName: 'Samuel Okafor', effectiveName: 'John Smith' };
const NEW_PASSWORD = { password: 'Comptoir!2026', newPassword: 'Stolen!2026x' };
const REASON = 'The customer asked for help';

let way: HostileWay;
let central: TestCentral;
beforeAll(async () => {
  way = await startHostileWay();
  central = await startTestCentral({ demo: 'small', env: { COMPTOIR_PUBLIC_URL: way.url } });
  way.to(central.url);
});
afterAll(async () => {
  await central.stop();
  await way.stop();
});

function audit() {
  return central.db
    .selectFrom('auditEntries')
    .select(['action', 'actorName', 'effectiveName', 'detail'])
    .where('customerId', '=', CUSTOMER)
    .orderBy('id')
    .execute();
}
const linesOf = async (action: string) => (await audit()).filter((line) => line.action === action);

/** From the customer's page to the question, by keyboard, and through it. */
async function logInAsUser(desk: DeskPage): Promise<void> {
  await desk.open(`/customers/${CUSTOMER}/contacts`);
  const { page } = desk;
  await page.getByRole('button', { name: 'Log in as user' }).first().focus();
  await page.keyboard.press('Enter');
  const dialogue = page.getByRole('dialog');
  await dialogue.getByRole('heading', { name: 'Look at the portal as John Smith' }).waitFor();
  await page.keyboard.type(REASON);
  await dialogue.getByRole('button', { name: 'Open the portal' }).click();
}

const banner = (page: Page) => page.getByRole('region', { name: 'Portal as John Smith' });

/** Sends what the page itself could send: with its cookies, its session's token and, in the desk, its view's key. */
function post(view: Page, method: string, path: string, body: unknown) {
  return view.evaluate(
    async (what) => {
      const me = await (await fetch('/portal/api/v1/me')).json();
      const response = await fetch(`/portal/api/v1${what.path}`, {
        method: what.method,
        headers: {
          'content-type': 'application/json',
          'x-csrf-token': me.csrfToken,
          'idempotency-key': crypto.randomUUID(),
        },
        body: JSON.stringify(what.body),
      });
      const text = await response.text();
      return { status: response.status, code: text === '' ? undefined : JSON.parse(text).code };
    },
    { method, path, body },
  );
}

describe.skipIf(!electron.available)(
  `the portal in the desk’s window${electron.reason && ` [needs Electron: ${electron.reason}]`}`,
  () => {
    let desk: DeskPage;
    let app: ElectronApplication;
    beforeAll(async () => {
      desk = await startDeskPage({ shell: 'electron', central });
      app = desk.app as ElectronApplication;
      await noteWhatIsSeen();
      await desk.signIn('support');
    });
    afterAll(() => desk?.stop());

    // A test that failed leaves its view to nobody.
    afterEach(async () => {
      if (await banner(desk.page).isVisible()) await end();
    });

    /** The view's page, once it shows the portal. */
    async function openView(): Promise<Page> {
      const [view] = await Promise.all([app.waitForEvent('window'), logInAsUser(desk)]);
      await view.getByRole('heading', { level: 1 }).waitFor();
      await banner(desk.page).waitFor();
      return view;
    }
    const bounds = () =>
      app.evaluate(({ BrowserWindow }) => {
        const [window] = BrowserWindow.getAllWindows();
        const [view] = window?.contentView.children.slice(-1) ?? [];
        const isSeen = view?.getVisible?.() ?? Reflect.get(view ?? {}, 'isSeen');
        return { isSeen, view: view?.getBounds(), window: window?.contentView.getBounds() };
      });
    const untilSeen = (seen = true) =>
      waitUntil(async () => (await bounds()).isSeen === seen, seen ? 'the view to be shown' : 'the view to make room');
    /** Electron before 34 does not tell whether a view is seen. */
    const noteWhatIsSeen = () =>
      app.evaluate(({ View }) => {
        const setVisible = View.prototype.setVisible;
        View.prototype.setVisible = function set(seen) {
          Reflect.set(this, 'isSeen', seen);
          setVisible.call(this, seen);
        };
      });
    const views = () =>
      app.evaluate(
        ({ webContents }) => webContents.getAllWebContents().filter((one) => one.getURL().includes('/portal')).length,
      );
    /** What the session of the view keeps: in memory only, and nothing once the view is closed. */
    const keptByView = () =>
      app.evaluate(async ({ session, webContents }) => {
        const own = webContents.getAllWebContents().find((one) => one.getURL().includes('/portal'))?.session;
        if (own !== undefined) Object.assign(session, { ofView: own });
        const kept: Electron.Session = own ?? Reflect.get(session, 'ofView');
        return { cookies: (await kept.cookies.get({})).map(({ name }) => name).join(), storagePath: kept.storagePath };
      });
    const end = async () => {
      await banner(desk.page).getByRole('button', { name: 'End' }).click();
      await banner(desk.page).waitFor({ state: 'detached' });
    };

    it('leads from the customer’s page into the customer’s portal and back, with a banner that nothing stands over', async () => {
      const view = await openView();
      expect(new URL(view.url()).origin).toBe(way.url);
      expect(new URL(view.url()).search).toBe('');
      const bar = banner(desk.page);
      for (const text of ['John Smith', 'Reading only', REASON]) {
        expect(await bar.textContent()).toContain(text);
      }
      expect(await bar.getByRole('timer').textContent()).toMatch(/Ends in (30:00|2\d:\d\d)/);
      // The view's banner is the desk's; the page looks as it does for the customer.
      expect(await view.locator('[data-part="impersonation"]').count()).toBe(0);
      const box = await bar.boundingBox();
      await untilSeen();
      const { view: shown, window } = await bounds();
      expect(shown?.y).toBeGreaterThanOrEqual(Math.floor((box?.y ?? 0) + (box?.height ?? 0)));
      expect((shown?.y ?? 0) + (shown?.height ?? 0)).toBeLessThanOrEqual(window?.height ?? 0);
      expect(await desk.violations()).toEqual([]);
      await end();
      expect(new URL(desk.page.url()).hash).toBe(`#/customers/${CUSTOMER}/contacts`);
      expect(await views()).toBe(0);
      await waitUntil(async () => (await linesOf('impersonation.ended')).length === 1, 'its end in the audit');
      expect((await audit()).filter(({ action }) => action.startsWith('impersonation.'))).toMatchObject(
        ['started', 'entered', 'ended'].map((verb) => ({
          action: `impersonation.${verb}`,
          ...BOTH_NAMES,
        })),
      );
    });

    it('lets no page out: not by link, window, script, form, redirect or request; all of it is refused and kept', async () => {
      const view = await openView();
      const before = (await linesOf('impersonation.blocked')).length;
      const { foreign } = way;
      const stays = async () => expect(new URL(view.url()).origin).toBe(way.url);

      await view.evaluate((url) => {
        location.href = `${url}/by-location`;
      }, foreign.url);
      await view.evaluate((url) => {
        const link = Object.assign(document.createElement('a'), { href: `${url}/by-link`, textContent: 'Away' });
        document.body.append(link);
        link.click();
        link.remove();
      }, foreign.url);
      expect(await view.evaluate((url) => window.open(`${url}/by-window`) === null, foreign.url)).toBe(true);
      await stays();

      // The portal's own policy keeps requests in; a page that had none is kept in by the view.
      await view.goto(`${way.url}/portal/hostile`);
      const fetched = await view.evaluate(
        (url) =>
          fetch(`${url}/by-fetch`, { mode: 'no-cors' }).then(
            () => 'answered',
            () => 'refused',
          ),
        foreign.url,
      );
      expect(fetched).toBe('refused');
      await view.evaluate(async (url) => {
        const settled = (element: HTMLElement) =>
          new Promise((resolve) => {
            element.addEventListener('error', resolve);
            element.addEventListener('load', resolve);
          });
        const image = Object.assign(new Image(), { src: `${url}/by-image` });
        const frame = Object.assign(document.createElement('iframe'), { src: `${url}/by-frame` });
        document.body.append(image, frame);
        const socket = new WebSocket(`${url.replace('http', 'ws')}/by-socket`);
        await Promise.all([
          settled(image),
          settled(frame),
          new Promise((resolve) => socket.addEventListener('close', resolve)),
        ]);
      }, foreign.url);
      // Central's other side is another path of the same origin: it is not the portal.
      const staffs = await view.evaluate(() => fetch('/api/v1/me').then(String, () => 'refused'));
      expect(staffs).toBe('refused');
      await view.evaluate(() => {
        location.href = '/portal/away';
      });
      await view.evaluate(() => {
        location.href = 'file:///etc/passwd';
      });
      await waitUntil(
        async () => (await linesOf('impersonation.blocked')).length >= before + 9,
        'all of it in the audit',
      );
      await stays();
      expect(foreign.asked).toEqual([]);

      const kept = (await linesOf('impersonation.blocked')).slice(before);
      const targets = kept.map(({ detail }) => `${detail.kind} ${String(detail.target).replace(foreign.url, '')}`);
      for (const one of ['navigation /by-location', 'navigation /by-link', 'window /by-window', 'request /by-fetch']) {
        expect(targets).toContain(one);
      }
      for (const one of ['/by-image', '/by-frame', '/by-socket', '/from-redirect']) {
        expect(targets.join('\n')).toContain(one);
      }
      for (const line of kept) expect(line).toMatchObject(BOTH_NAMES);
      await end();
    });

    it('changes no password: not by a request of the page, and not after changes were allowed; both are kept', async () => {
      const view = await openView();
      const before = (await linesOf('impersonation.refused')).length;
      expect(await post(view, 'POST', '/account/password', NEW_PASSWORD)).toEqual({
        status: 403,
        code: 'not_while_impersonating',
      });
      await banner(desk.page).getByRole('button', { name: 'Allow changes' }).click();
      // A dialogue of the desk stands in front: the view makes room for it.
      const dialogue = desk.page.getByRole('dialog');
      await dialogue.getByRole('button', { name: 'Allow changes' }).waitFor();
      await untilSeen(false);
      const reloaded = view.waitForEvent('load');
      await dialogue.getByRole('button', { name: 'Allow changes' }).click();
      await banner(desk.page).getByText('Changes allowed').waitFor();
      await untilSeen();
      await reloaded;
      expect(await post(view, 'POST', '/account/password', NEW_PASSWORD)).toEqual({
        status: 403,
        code: 'not_while_impersonating',
      });
      const refused = (await linesOf('impersonation.refused')).slice(before);
      expect(refused).toMatchObject([
        { ...BOTH_NAMES, detail: { route: '/account/password' } },
        { ...BOTH_NAMES, detail: { route: '/account/password' } },
      ]);
      expect(await linesOf('impersonation.changes_allowed')).toHaveLength(1);
      await end();
    });

    it('goes by keyboard: F6 to the banner and back, Escape twice out', async () => {
      await openView();
      const focused = () =>
        app.evaluate(({ webContents }) => webContents.getFocusedWebContents()?.getURL().includes('/portal') ?? null);
      await untilSeen();
      await desk.page.keyboard.press('F6');
      await waitUntil(async () => (await focused()) === true, 'the view to have the keyboard');
      const sendToView = (keyCode: string) =>
        app.evaluate(({ webContents }, key) => {
          const one = webContents.getAllWebContents().find((each) => each.getURL().includes('/portal'));
          one?.sendInputEvent({ type: 'keyDown', keyCode: key });
          one?.sendInputEvent({ type: 'keyUp', keyCode: key });
        }, keyCode);
      await sendToView('F6');
      await waitUntil(async () => (await focused()) === false, 'the desk to have the keyboard');
      expect(await desk.page.evaluate(() => document.activeElement?.textContent)).toContain('End');
      await desk.page.keyboard.press('F6');
      await waitUntil(async () => (await focused()) === true, 'the view to have the keyboard again');
      await sendToView('Escape');
      await sendToView('Escape');
      await banner(desk.page).waitFor({ state: 'detached' });
      expect(await views()).toBe(0);
    });

    it('is gone at once when head office ends it, says why, and leaves no cookie behind', async () => {
      await openView();
      expect(await keptByView()).toEqual({
        cookies: expect.stringMatching(/^comptoir_portal,comptoir_portal_in/),
        storagePath: null,
      });
      await central.db
        .updateTable('portalAccounts')
        .set({ enabled: false })
        .where('customerId', '=', CUSTOMER)
        .execute();
      await desk.page.getByText('The contact’s portal account was disabled or is gone.').waitFor();
      expect(await views()).toBe(0);
      await waitUntil(async () => (await keptByView()).cookies === '', 'its cookie to be gone');
      await central.db
        .updateTable('portalAccounts')
        .set({ enabled: true })
        .where('customerId', '=', CUSTOMER)
        .execute();
      await desk.page.getByRole('button', { name: 'Back to the customer' }).click();
      await desk.page.getByRole('button', { name: 'Log in as user' }).first().waitFor();
    });

    it('changes what it may only once changes are allowed, in both names, and the customer sees who it was', async () => {
      const view = await openView();
      const phone = { phone: '+447700900999' };
      expect(await post(view, 'PATCH', '/me', phone)).toEqual({ status: 403, code: 'changes_not_allowed' });
      await banner(desk.page).getByRole('button', { name: 'Allow changes' }).click();
      const reloaded = view.waitForEvent('load');
      await desk.page.getByRole('dialog').getByRole('button', { name: 'Allow changes' }).click();
      await reloaded;
      expect(await post(view, 'PATCH', '/me', phone)).toMatchObject({ status: 200 });
      const [changed] = (await audit()).filter(({ effectiveName }) => effectiveName !== null).slice(-1);
      expect(changed).toMatchObject(BOTH_NAMES);
      expect(changed?.action).not.toMatch(/^impersonation/);
      await view.goto(`${way.url}/portal/activity`);
      await view
        .getByText(/Samuel Okafor/)
        .first()
        .waitFor();
      await end();
    });

    it('comes back below its banner when the desk’s page begins anew', async () => {
      await openView();
      await untilSeen();
      await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.reload());
      await banner(desk.page).waitFor();
      await untilSeen();
      await end();
    });

    it('ends when the sign-in of the staff member at head office ends', async () => {
      await openView();
      const before = (await linesOf('impersonation.ended')).length;
      await central.db.updateTable('sessions').set({ endedAt: new Date() }).where('endedAt', 'is', null).execute();
      await waitUntil(async () => (await views()) === 0, 'the view to be gone');
      await waitUntil(async () => (await linesOf('impersonation.ended')).length > before, 'its end in the audit');
      expect((await linesOf('impersonation.ended')).at(-1)).toMatchObject({ detail: { reason: 'staff_signed_out' } });
    });
  },
);

describe.skipIf(!chromium.available)(
  `the portal in a tab${chromium.reason && ` [needs Chromium: ${chromium.reason}]`}`,
  () => {
    let desk: DeskPage;
    beforeAll(async () => {
      desk = await startDeskPage({ central });
      await desk.signIn('support');
    });
    afterAll(() => desk?.stop());

    it('opens beside the desk, with a banner of its own, refuses the password, and ends from the desk', async () => {
      const opened = desk.page.context().waitForEvent('page');
      await logInAsUser(desk);
      const tab = await opened;
      await tab.locator('[data-part="impersonation"]').waitFor();
      expect(await tab.evaluate(() => window.opener)).toBeNull();
      const bar = banner(desk.page);
      await bar.getByText('Reading only').waitFor();
      expect(await desk.violations()).toEqual([]);
      const before = (await linesOf('impersonation.refused')).length;
      expect(await post(tab, 'POST', '/account/password', NEW_PASSWORD)).toEqual({
        status: 403,
        code: 'not_while_impersonating',
      });
      expect(await linesOf('impersonation.refused')).toHaveLength(before + 1);
      await bar.getByRole('button', { name: 'End' }).click();
      await bar.waitFor({ state: 'detached' });
      const me = await tab.evaluate(async () => (await fetch('/portal/api/v1/me')).status);
      expect(me).toBe(401);
    });
  },
);
