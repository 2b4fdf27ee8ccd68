import type { Page } from 'playwright-core';

/** When something was on the screen, by the page's own clock. */
interface Watched {
  painted: Promise<number>;
  /** The last scan that the host told of: when its device had it, by the machine's monotonic clock. */
  scanReceivedAt: number;
  cardsRemoved: number;
}

declare global {
  var bench: Watched;
}

/** Notes what the host says about scans, whatever way it comes; the page is loaded anew for it. */
export async function listenToHost(page: Page): Promise<void> {
  await page.addInitScript(() => {
    globalThis.bench = { painted: Promise.resolve(0), scanReceivedAt: 0, cardsRemoved: 0 };
    const parse = JSON.parse;
    JSON.parse = (text: string, reviver?: Parameters<typeof parse>[1]) => {
      const [, receivedAt] = /"receivedAt":([\d.]+)/.exec(text) ?? [];
      if (receivedAt !== undefined) globalThis.bench.scanReceivedAt = Number(receivedAt);
      if (text.includes('"event":"card_removed"')) globalThis.bench.cardsRemoved += 1;
      return parse(text, reviver);
    };
  });
  await page.reload();
  await page.locator('main#content h1').waitFor();
}

/** Begins to watch for a text in the ticket. `painted` then gives when the frame after its appearance was on the screen. */
export async function watchTicket(page: Page, text: string): Promise<void> {
  await page.evaluate((wanted) => {
    const isThere = () => [...document.querySelectorAll('aside')].some((one) => one.textContent.includes(wanted));
    if (isThere()) throw new Error(`${wanted} is in the ticket already`);
    globalThis.bench.painted = new Promise((resolve) => {
      const observer = new MutationObserver(() => {
        if (!isThere()) return;
        observer.disconnect();
        // The callback comes before its frame is drawn; a message posted in it is taken right after.
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => resolve(performance.now());
          port2.postMessage(null);
        });
      });
      observer.observe(document.body, { subtree: true, childList: true, characterData: true });
    });
  }, text);
}

/** When the watched text was painted, by the page's clock; undefined when it did not come in time. */
export function painted(page: Page, timeoutMs: number): Promise<number | undefined> {
  return page.evaluate(
    (limit) =>
      Promise.race([
        globalThis.bench.painted,
        new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), limit)),
      ]),
    timeoutMs,
  );
}
