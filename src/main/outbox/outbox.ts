import type { OutboxCounts, OutboxEntry, Settlement } from '#core/sync/outbox.ts';
import { fail } from '../failures.ts';

export interface ListedEntry extends OutboxEntry {
  readonly blockedBy: string | null;
  readonly choices: Settlement[];
}

export interface SettleInput {
  readonly id: string;
  readonly settlement: Settlement;
  readonly customerId?: number;
}

export interface Outbox {
  counts(): OutboxCounts;
  list(input: {
    readonly limit: number;
    readonly cursor?: string;
    readonly open: boolean;
    readonly customerId?: number;
  }): Promise<{ items: ListedEntry[]; nextCursor: string | null }>;
  settle(input: SettleInput): Promise<{ draftId: string | null }>;
  handIn(): Promise<{ accepted: number; refused: number }>;
  /** Sends what is ready now instead of at the next beat. */
  send(): void;
  start(): void;
  stop(): Promise<void>;
}

export function createOutbox(): Outbox {
  return {
    counts: () => ({ waiting: 0, refused: 0, oldest: null }),
    list: async () => ({ items: [], nextCursor: null }),
    settle: async () => {
      throw fail('not_found', { what: 'outbox' });
    },
    handIn: async () => ({ accepted: 0, refused: 0 }),
    send: () => undefined,
    start: () => undefined,
    stop: async () => undefined,
  };
}
