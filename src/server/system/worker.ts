import type { Logger } from 'pino';
import type { Part } from '../deps.ts';

export interface Worker extends Part {
  /** Works now, or once more when it works already. Never throws, never waits. */
  wake(): void;
}

export interface WorkerOptions {
  /** For the log. */
  readonly name: string;
  readonly everyMs: number;
  readonly log: Logger;
}

/** Work in the background: one run at a time, at the start, every so often, and whenever it is woken. A failed run is logged. */
export function createWorker(
  { name, everyMs, log }: WorkerOptions,
  work: (signal: AbortSignal) => Promise<void>,
): Worker {
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let again = false;
  const run = async () => {
    do {
      again = false;
      await work(stopping.signal).catch((err) => {
        if (!stopping.signal.aborted) log.warn({ err, worker: name }, 'work in the background failed');
      });
    } while (again && !stopping.signal.aborted);
  };
  const wake = () => {
    again = true;
    if (timer === undefined || stopping.signal.aborted) return;
    running ??= run().finally(() => {
      running = undefined;
      // Woken after the last look and before this.
      if (again) wake();
    });
  };
  return {
    wake,
    async start() {
      timer = setInterval(wake, everyMs);
      wake();
    },
    async stop() {
      stopping.abort();
      clearInterval(timer);
      await running;
    },
  };
}
