import type { SyncState } from '#core/contract/desk/work.ts';

const THROTTLE_MS = 250;

export interface SyncStatus {
  get(): SyncState;
  /** Some part may have changed: it is told, once for all parts, when it has. */
  changed(): void;
  stop(): void;
}

/** The directory, the outbox, the clocks: what the status bar shows, told at most four times a second. */
export function createSyncStatus(read: () => SyncState, tell: (state: SyncState) => void): SyncStatus {
  let told = '';
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;

  const tellNews = () => {
    timer = undefined;
    const state = read();
    const text = JSON.stringify(state);
    if (text === told) return;
    told = text;
    tell(state);
  };
  return {
    get: read,
    changed() {
      if (!isStopped) timer ??= setTimeout(tellNews, THROTTLE_MS);
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
