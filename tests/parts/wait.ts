import { setTimeout as pause } from 'node:timers/promises';

/** Waits until `condition` gives something truthy and returns it; fails after `timeoutMs` naming what was awaited. */
export async function waitUntil<T>(
  condition: () => T | Promise<T>,
  what: string,
  timeoutMs = 30_000,
): Promise<NonNullable<T>> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const found = await condition();
    if (found) return found;
    if (performance.now() > deadline) throw new Error(`gave up after ${timeoutMs} ms waiting for ${what}`);
    await pause(10);
  }
}
