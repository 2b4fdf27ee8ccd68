import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { electron } from '../../parts/available.ts';
import { type DeskPage, startDeskPage } from '../desk-page.ts';

describe.skipIf(!electron.available)(
  `the Electron shell${electron.reason && ` [needs Electron: ${electron.reason}]`}`,
  () => {
    let desk: DeskPage;
    beforeAll(async () => {
      desk = await startDeskPage({ shell: 'electron' });
      await desk.signIn();
    });
    afterAll(() => desk.stop());

    it('shows its own page, which can tell only that it is in Electron', async () => {
      expect(desk.page.url()).toMatch(/^app:\/\/desk\//);
      const seen = await desk.page.evaluate(() => ({
        node: [typeof Reflect.get(globalThis, 'require'), typeof Reflect.get(globalThis, 'process')],
        bridge: JSON.stringify(Reflect.get(globalThis, 'comptoir')),
      }));
      expect(seen).toEqual({ node: ['undefined', 'undefined'], bridge: '{"shell":"electron"}' });
    });

    it('carries no header for openers, for which Chromium would start its page a process of its own', async () => {
      const headers = await desk.page.evaluate(async () => [...(await fetch('/index.html')).headers.keys()]);
      expect(headers).toContain('content-security-policy');
      expect(headers).not.toContain('cross-origin-opener-policy');
    });

    it('opens no other window and goes nowhere else', async () => {
      expect(await desk.page.evaluate(() => window.open('https://example.com/') === null)).toBe(true);
      const after = await desk.page.evaluate(async () => {
        location.href = 'https://example.com/';
        // A trip to the main process and back: it has decided about the navigation before it answers.
        await fetch('/index.html');
        return location.href;
      });
      expect(after).toMatch(/^app:\/\/desk\//);
    });

    it('runs no inline script and talks to no other server', async () => {
      const outcome = await desk.page.evaluate(async () => {
        const script = document.createElement('script');
        script.textContent = 'globalThis.smuggled = true';
        document.body.append(script);
        const fetched = await fetch('http://127.0.0.1:9/').then(
          () => 'answered',
          () => 'refused',
        );
        return { smuggled: Reflect.get(globalThis, 'smuggled') === true, fetched };
      });
      expect(outcome).toEqual({ smuggled: false, fetched: 'refused' });
    });

    it('asks the machine for nothing: camera, place and notices are denied', async () => {
      const states = await desk.page.evaluate(async () => {
        const names = ['geolocation', 'notifications', 'camera', 'microphone'] as PermissionName[];
        return Promise.all(names.map(async (name) => (await navigator.permissions.query({ name })).state));
      });
      expect(new Set(states)).toEqual(new Set(['denied']));
    });

    it('answers on a port of the page itself, never on one of a frame in it', async () => {
      const answers = await desk.page.evaluate(async () => {
        const frame = document.createElement('iframe');
        frame.src = URL.createObjectURL(new Blob(['<p>guest</p>'], { type: 'text/html' }));
        document.body.append(frame);
        await new Promise((resolve) => frame.addEventListener('load', resolve));
        const heard: string[] = [];
        /** Asks on a new port that is handed to a window; resolves with the answer. */
        const ask = (name: string, receiver: Window | null, id: string) => {
          const { port1, port2 } = new MessageChannel();
          const answer = new Promise<void>((resolve) => {
            port1.onmessage = () => {
              heard.push(name);
              resolve();
            };
          });
          receiver?.postMessage('comptoir:desk-port', '*', [port2]);
          port1.postMessage(JSON.stringify({ i: id, p: { u: '/system/capabilities' } }));
          return answer;
        };
        void ask('guest', frame.contentWindow, '1');
        await ask('page', globalThis.window, '2');
        frame.remove();
        return heard;
      });
      expect(answers).toEqual(['page']);
    });
  },
);
