import path from 'node:path';
import { type Browser, type CDPSession, chromium as launcher, type Page } from 'playwright-core';
import { build, type Rolldown } from 'vite';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { chromium, chromiumPath } from '../parts/available.ts';

const root = path.resolve(import.meta.dirname, '../..');

/**
 * Milliseconds between two keys by their stamps: a person's pace, a reader's, and the threshold between them. Keys are
 * sent at once and the capture's timer runs in real time, so the threshold is longer than a busy machine holds a key up.
 */
const PERSON = 2000;
const READER = 3;
const THRESHOLD = 700;

const body = `
  <input id="field" autofocus>
  <textarea id="notes"></textarea>
  <button id="button" onclick="clicks += 1">Act</button>
  <script>
    let clicks = 0;
    const shortcuts = [];
    const scans = [];
    addEventListener('keydown', (event) => { if (event.key === '?') shortcuts.push(document.activeElement.id); });
  </script>`;

/** The capture as a classic script that sets window.captureWedge. */
async function bundle(): Promise<string> {
  const built = (await build({
    root,
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: false,
      lib: {
        entry: path.join(root, 'src/renderer/scan/wedge-capture.ts'),
        formats: ['iife'],
        name: 'capture',
      },
    },
  })) as Rolldown.RolldownOutput[];
  return built[0]?.output[0].code ?? '';
}

describe.skipIf(!chromium.available)(chromium.reason || 'a keyboard wedge in a real browser', () => {
  let browser: Browser;
  let script: string;
  let page: Page;
  let devtools: CDPSession;

  beforeAll(async () => {
    script = await bundle();
    browser = await launcher.launch({
      executablePath: chromiumPath() ?? undefined,
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    });
  });
  afterAll(() => browser?.close());

  beforeEach(async () => {
    page = await browser.newPage();
    devtools = await page.context().newCDPSession(page);
    await page.setContent(body);
    await page.addScriptTag({ content: script });
    await page.evaluate(`
      capture.captureWedge(window, () => ({
        enabled: true, prefix: '', thresholdMs: ${THRESHOLD}, minLength: 6, terminators: ['Enter', 'Tab'],
      }), (text) => scans.push(text))`);
    await page.focus('#field');
    return () => page.close();
  });

  /** Sends every key at once, each stamped with its own time. */
  async function send(text: string, gapMs: number, terminator = true): Promise<void> {
    const start = Date.now() / 1000;
    const keys = [
      ...[...text].map((key) => ({ key, text: key })),
      ...(terminator ? [{ key: 'Enter', text: '\r' }] : []),
    ];
    await Promise.all(
      keys.map((key, index) =>
        devtools.send('Input.dispatchKeyEvent', { type: 'keyDown', timestamp: start + (index * gapMs) / 1000, ...key }),
      ),
    );
  }
  const type = (text: string) => send(text, PERSON, false);
  const value = (id = 'field') => page.inputValue(`#${id}`);
  const scans = () => page.evaluate('scans');
  /** The time in which held keys come back has surely passed once a later key has arrived. */
  const settled = async () => {
    await page.evaluate(`new Promise((done) => setTimeout(done, ${2 * THRESHOLD}))`);
  };

  test('a scan goes to the desk and never into the field that has the focus', async () => {
    await send('8944100000000000011', READER);
    await expect.poll(scans).toEqual(['8944100000000000011']);
    await settled();
    expect(await value()).toBe('');
  });

  test('a scan presses no button, though it ends with Enter', async () => {
    await page.focus('#button');
    await send('8944100000000000011', READER);
    await expect.poll(scans).toEqual(['8944100000000000011']);
    expect(await page.evaluate('clicks')).toBe(0);
  });

  test('what a person types arrives whole and in order', async () => {
    await type('Zoë O’Neil, 1 rue Émile');
    await expect.poll(() => value()).toBe('Zoë O’Neil, 1 rue Émile');
    expect(await scans()).toEqual([]);
  });

  test('a fast burst that no terminator ends is typing, and comes back where it was meant to go', async () => {
    await send('900123', READER, false);
    await expect.poll(() => value()).toBe('900123');
    expect(await scans()).toEqual([]);
  });

  test('a short fast burst with Enter is typing, and its Enter still acts', async () => {
    await page.focus('#notes');
    await send('ok', READER);
    await expect.poll(() => value('notes')).toBe('ok\n');
    expect(await scans()).toEqual([]);
  });

  test('typing goes where the caret is, over what is selected', async () => {
    await page.fill('#field', 'one two three');
    await page.evaluate('document.getElementById("field").setSelectionRange(4, 7)');
    await type('2');
    await expect.poll(() => value()).toBe('one 2 three');
  });

  test('a single key that is a shortcut still reaches the shortcut', async () => {
    await page.focus('#button');
    await page.keyboard.press('?');
    await expect.poll(() => page.evaluate('shortcuts')).toEqual(['button']);
  });

  test('Ctrl, arrows and deleting are not held back', async () => {
    await type('abcd');
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Delete');
    expect(await value()).toBe('');
  });

  test('a reader that scans while somebody types takes only its own keys', async () => {
    await type('Joh');
    await settled();
    await send('8944100000000000011', READER);
    await expect.poll(scans).toEqual(['8944100000000000011']);
    await settled();
    await type('n');
    await expect.poll(() => value()).toBe('John');
  });
});
