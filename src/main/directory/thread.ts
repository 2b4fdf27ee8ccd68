import { Worker } from 'node:worker_threads';
import type { Log } from '../log.ts';
import type { FromWorker, ToWorker, WorkerOptions } from './messages.ts';
import { retryMs } from './rest.ts';

interface ThreadOptions extends WorkerOptions {
  /** The address of `worker.ts` or of its bundle. */
  readonly program: URL;
  /** Called for each message, and once more as each thread begins: what it must know is to be said then. */
  readonly message: (message: FromWorker) => void;
  readonly started: () => void;
  readonly log: Log;
}

/** The thread that writes the directory, started again when it ends unasked. */
export interface Thread {
  start(): void;
  send(message: ToWorker): void;
  /** Waits until its file is closed, for a while. */
  stop(): Promise<void>;
}

/** Pages come and go by the thousand: left to itself, the heap would grow to hold many of them before it is tidied. */
const MEMORY = { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 256 };
const STOP_LIMIT_MS = 5_000;

export function createThread({ program, folder, url, maxPages, message, started, log }: ThreadOptions): Thread {
  let worker: Worker | null = null;
  let retry: NodeJS.Timeout | undefined;
  let failures = 0;
  let isStopping = false;
  let ended: () => void = () => undefined;

  function launch() {
    const workerData: WorkerOptions = { folder, url, maxPages };
    worker = new Worker(program, { workerData, name: 'directory', resourceLimits: MEMORY });
    worker.on('message', (data: FromWorker) => {
      failures = 0;
      message(data);
    });
    worker.on('error', (error) => log.error({ err: error }, 'the directory’s thread failed'));
    worker.on('exit', exited);
    started();
  }

  function exited() {
    worker = null;
    ended();
    if (isStopping) return;
    failures += 1;
    retry = setTimeout(launch, retryMs(failures));
  }

  return {
    start: launch,
    send: (data) => worker?.postMessage(data),
    async stop() {
      isStopping = true;
      clearTimeout(retry);
      if (worker === null) return;
      const running = worker;
      const over = new Promise<void>((resolve) => {
        ended = resolve;
      });
      running.postMessage({ type: 'stop' } satisfies ToWorker);
      const impatience = setTimeout(() => void running.terminate(), STOP_LIMIT_MS);
      await over;
      clearTimeout(impatience);
    },
  };
}
