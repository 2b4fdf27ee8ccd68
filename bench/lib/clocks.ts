import type { Page } from 'playwright-core';
import { monotonicMs } from '../../src/main/devices/messages.ts';

const ROUNDS = 60;

/** How a page's own clock reads on this machine's monotonic one (`monotonicMs`), and by how much that may be wrong. */
export interface PageClock {
  /** Milliseconds to add to the page's `performance.now()`. */
  readonly offset: number;
  readonly uncertainty: number;
}

/** Asks the page for its time again and again; the quickest answer tells most. */
export async function pageClock(page: Page): Promise<PageClock> {
  let best: PageClock = { offset: 0, uncertainty: Number.POSITIVE_INFINITY };
  for (let round = 0; round < ROUNDS; round += 1) {
    const asked = monotonicMs();
    const told = await page.evaluate(() => performance.now());
    const heard = monotonicMs();
    const uncertainty = (heard - asked) / 2;
    if (uncertainty < best.uncertainty) best = { offset: (asked + heard) / 2 - told, uncertainty };
  }
  return best;
}

/** Milliseconds to add to a time of the monotonic clock for the one on the wall, read at the turn of a millisecond. */
export function wallOffset(): number {
  const before = Date.now();
  let now = before;
  while (now === before) now = Date.now();
  return now - monotonicMs();
}
