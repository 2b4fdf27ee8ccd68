import type { SyncState } from '#core/contract/desk/work.ts';
import type { DirectoryReader } from './open.ts';

/** What the directory says of itself for the status bar. */
export type DirectoryState = Pick<SyncState, 'directory' | 'progress' | 'lastSyncAt'>;

export interface Directory {
  state(): DirectoryState;
  /** Whether local answers are whole: the first pull is done. */
  isWhole(): boolean;
  /** For local answers; null when there is nothing to read. Ask anew for each question: a rebuilt directory is another. */
  reader(): DirectoryReader | null;
  /** Pulls what is new now; resolves when it is in, or after `withinMs` at most. Never throws. */
  caughtUp(withinMs: number): Promise<void>;
  start(): void;
  stop(): Promise<void>;
}

export function createDirectory(): Directory {
  return {
    state: () => ({ directory: 'off', progress: null, lastSyncAt: null }),
    isWhole: () => false,
    reader: () => null,
    caughtUp: async () => undefined,
    start: () => undefined,
    stop: async () => undefined,
  };
}
