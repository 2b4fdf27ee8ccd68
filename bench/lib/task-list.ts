import type { Page } from 'playwright-core';

declare global {
  /** When each task was painted as done, by its key and the page's own clock. */
  var benchTasks: Record<string, number>;
  var benchTaskWatch: MutationObserver | undefined;
}

/** Begins to watch the list of a job's tasks, which need not be on the screen yet. */
export async function watchTasks(page: Page): Promise<void> {
  await page.evaluate(() => {
    globalThis.benchTasks = {};
    const noted = new Set<string>();
    const look = () => {
      const done = [...document.querySelectorAll<HTMLElement>('[data-testid="tasks"] [data-status="succeeded"]')]
        .map(({ dataset }) => dataset.task ?? '')
        .filter((key) => !noted.has(key));
      if (done.length === 0) return;
      for (const key of done) noted.add(key);
      // The callback comes before its frame is drawn; a message posted in it is taken right after.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          for (const key of done) globalThis.benchTasks[key] = performance.now();
        };
        port2.postMessage(null);
      });
    };
    const watched = { subtree: true, childList: true, attributes: true, attributeFilter: ['data-status'] };
    globalThis.benchTaskWatch?.disconnect();
    globalThis.benchTaskWatch = new MutationObserver(look);
    globalThis.benchTaskWatch.observe(document.body, watched);
  });
}

/** What was painted of the job that has ended on the screen; waits for the last frame. */
export async function paintedTasks(page: Page): Promise<Record<string, number>> {
  await page.waitForFunction(() => {
    const done = document.querySelectorAll('[data-testid="tasks"] [data-status="succeeded"]').length;
    return done > 0 && Object.keys(globalThis.benchTasks).length === done;
  });
  return page.evaluate(() => globalThis.benchTasks);
}
