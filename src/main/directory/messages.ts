import type { SyncState } from '#core/contract/desk/work.ts';
import type { SyncEntity } from '#core/sync/rows.ts';

/* What the desk's main thread and the thread that writes the directory say to each other. */

/** Whose directory it is: that of a desk in its store. */
export interface FollowedDesk {
  readonly id: string;
  readonly storeId: number;
  /** Null once it was withdrawn: what is there stays, nothing more is pulled. */
  readonly credential: string | null;
}

/** Given to the thread as it starts. */
export interface WorkerOptions {
  /** The desk's own folder. */
  readonly folder: string;
  /** Central's origin. */
  readonly url: string;
  /** For tests of a disk that is full: pages that the file may have at most. */
  readonly maxPages?: number | undefined;
}

export type ToWorker =
  | { readonly type: 'follow'; readonly desk: FollowedDesk | null }
  /** Pull now; answered by `pulled` with this number or a higher one. */
  | { readonly type: 'pull'; readonly upTo: number }
  /** The main thread has closed its connection. */
  | { readonly type: 'released' }
  /** A read found the file damaged. */
  | { readonly type: 'damaged'; readonly detail: string }
  | { readonly type: 'stop' };

/** What the thread knows of the directory. */
export interface WorkerState extends Pick<SyncState, 'progress' | 'lastSyncAt'> {
  readonly directory: Exclude<SyncState['directory'], 'off'>;
  readonly problem: 'disk_full' | 'not_understood' | null;
  /** Local answers are whole. */
  readonly whole: boolean;
}

export type FromWorker =
  /** There is a file to read now. */
  | { readonly type: 'opened' }
  /** Close the connection and say `released`: the file is about to be replaced. */
  | { readonly type: 'release' }
  | { readonly type: 'state'; readonly state: WorkerState }
  /** Rows of these were committed. */
  | { readonly type: 'changed'; readonly entities: readonly SyncEntity[] }
  /** Every pull asked for up to this number is in, or could not be made. */
  | { readonly type: 'pulled'; readonly upTo: number }
  | { readonly type: 'refused'; readonly credential: string }
  | { readonly type: 'setAside'; readonly file: string; readonly at: string }
  | {
      readonly type: 'log';
      readonly level: 'info' | 'warn' | 'error';
      readonly message: string;
      readonly detail: string;
    };
