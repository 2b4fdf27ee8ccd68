import type { Turns } from './turns.ts';

/* What the bench and the desk that it measures say to each other. */

export type DeskCall =
  | { readonly type: 'sync' }
  | { readonly type: 'search' }
  | { readonly type: 'catchUp'; readonly id: number; readonly name: string }
  | { readonly type: 'stop' };

export type DeskReport =
  | { readonly type: 'ready' }
  | {
      readonly type: 'synced';
      readonly ms: number;
      readonly usableMs: number;
      readonly p95s: Readonly<Record<string, number>>;
      /** Of the main thread. */
      readonly turns: Turns;
      readonly peakMb: number;
      /** Before the pull. */
      readonly idleMb: number;
    }
  | { readonly type: 'searched'; readonly p95s: Readonly<Record<string, number>> }
  | { readonly type: 'caughtUp'; readonly ms: number };

export type ReportOf<T extends DeskReport['type']> = Extract<DeskReport, { type: T }>;
