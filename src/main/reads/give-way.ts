import { setImmediate } from 'node:timers/promises';

/** Between two pieces of a long read: scans, keys and answers that wait have their turn. */
export async function giveWay(): Promise<void> {
  await setImmediate();
}
