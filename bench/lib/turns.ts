import { monitorEventLoopDelay } from 'node:perf_hooks';

/** How long a thread kept whatever waited for it waiting, in milliseconds. */
export interface Turns {
  /** By the clock: with what the machine gave to others meanwhile. */
  readonly max: number;
  readonly p999: number;
  /** What the thread itself worked in its longest turn: the time of the processor that it was given. */
  readonly worked: number;
}

const LOOK_EVERY_MS = 1;

/** Watches this thread's turns until it is ended. A turn's work is what was done between two looks, so rather too much than too little. */
export function watchTurns(): { end(): Turns } {
  const delays = monitorEventLoopDelay({ resolution: LOOK_EVERY_MS });
  let before = process.threadCpuUsage();
  let worked = 0;
  const look = () => {
    const now = process.threadCpuUsage();
    worked = Math.max(worked, (now.user - before.user + now.system - before.system) / 1000);
    before = now;
  };
  const looking = setInterval(look, LOOK_EVERY_MS);
  delays.enable();
  return {
    end() {
      delays.disable();
      clearInterval(looking);
      look();
      return { max: delays.max / 1e6, p999: delays.percentile(99.9) / 1e6, worked };
    },
  };
}
