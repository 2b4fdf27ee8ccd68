import { setTimeout as wait } from 'node:timers/promises';
import type { SyncEvent } from '#core/contract/central/desks.ts';
import type { Central } from '../central/client.ts';
import type { Log } from '../log.ts';
import { retryMs } from './rest.ts';

interface ListenOptions {
  readonly central: Pick<Central, 'sync'>;
  readonly heard: (event: SyncEvent) => void;
  readonly log: Log;
}

/** Central's events for this desk. */
export interface Listening {
  /** From now on; opened again, later and later, whenever it ends. */
  start(): void;
  /** Opens it again where it may hang on a line that is no more. */
  renew(): void;
  stop(): Promise<void>;
}

export function createListening({ central, heard, log }: ListenOptions): Listening {
  let ending: AbortController | null = null;
  let stream = new AbortController();
  let running: Promise<void> = Promise.resolve();

  async function listen(signal: AbortSignal): Promise<void> {
    let failures = 0;
    while (!signal.aborted) {
      stream = new AbortController();
      try {
        const events = await central.sync.events(undefined, { signal: AbortSignal.any([signal, stream.signal]) });
        for await (const event of events) {
          failures = 0;
          heard(event);
        }
      } catch (error) {
        if (!signal.aborted) log.debug({ err: error }, 'the events of head office ended');
      }
      failures += 1;
      await wait(retryMs(failures), undefined, { signal }).catch(() => undefined);
    }
  }

  return {
    start() {
      if (ending !== null) return;
      ending = new AbortController();
      running = listen(ending.signal);
    },
    renew: () => stream.abort(),
    async stop() {
      ending?.abort();
      ending = null;
      await running;
    },
  };
}
