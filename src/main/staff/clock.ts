import { z } from 'zod';
import { getSetting, saveSetting } from '../store/settings.ts';
import type { Store } from '../store/store.ts';

const NAME = 'latestTime';
const WRITE_EVERY_MS = 60_000;

export interface OnwardClock {
  /** Never before a time that this desk has seen, however the machine's clock is set. */
  now(): Date;
  /** Puts it right by central's time, also backwards: central is believed. On the disk when it resolves. */
  settle(time: Date): Promise<void>;
  restore(): Promise<void>;
  start(): void;
  stop(): Promise<void>;
}

/**
 * A clock that only goes on: days of PIN are not had again by turning the machine's clock back. While the desk runs it
 * goes on by itself; the latest time is kept, so that a restart starts from there.
 */
export function createOnwardClock(store: Store, wall: () => Date): OnwardClock {
  let latest = 0;
  let mark = performance.now();
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  const now = () => {
    const running = performance.now();
    latest = Math.max(wall().getTime(), latest + (running - mark));
    mark = running;
    return new Date(latest);
  };
  const write = () => {
    writing = writing.then(() => saveSetting(store, NAME, now().toISOString())).catch(() => undefined);
    return writing;
  };
  return {
    now,
    async settle(time) {
      latest = time.getTime();
      mark = performance.now();
      await write();
    },
    async restore() {
      const saved = await getSetting(store, NAME, z.iso.datetime());
      latest = saved === undefined ? 0 : new Date(saved).getTime();
      mark = performance.now();
    },
    start() {
      void write();
      timer = setInterval(write, WRITE_EVERY_MS);
      timer.unref();
    },
    async stop() {
      clearInterval(timer);
      await write();
    },
  };
}
