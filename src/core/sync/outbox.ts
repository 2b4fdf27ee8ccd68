import { z } from 'zod';
import { errorSchema } from '../contract/errors.ts';
import { idSchema, instantSchema, uuidSchema } from '../domain/common.ts';
import type { Transitions } from '../domain/state-machine.ts';
import { type CommandType, commandTypeSchema } from './commands.ts';
import { localIdsOf } from './local-ids.ts';
import { type OutboxState, outboxStateSchema } from './states.ts';

export const outboxTransitions: Transitions<OutboxState> = {
  saved: ['accepted', 'refused'],
  refused: ['settled'],
  accepted: [],
  settled: [],
};

/** What a person may decide about a refused piece of work. `link`: it is the customer that head office has already. */
export const settlementSchema = z.enum(['retried', 'reopened', 'linked', 'cancelled']);
export type Settlement = z.infer<typeof settlementSchema>;

/** One piece of work of this desk, with what staff need to recognise it. Never deleted before head office has it. */
export const outboxEntrySchema = z.object({
  id: uuidSchema,
  /** The order in which it was done, and goes up. */
  seq: z.int().positive(),
  type: commandTypeSchema,
  payload: z.record(z.string(), z.unknown()),
  userId: idSchema,
  userName: z.string(),
  madeAt: instantSchema,
  /** The assignment it ends, for an order. */
  draftId: uuidSchema.nullable(),
  /** The id that this desk gave to what it makes; null for orders and changes. */
  localId: z.int().negative().nullable(),
  /** The customer it is about, by head office's number or the desk's own. */
  customerId: idSchema,
  customerName: z.string(),
  /** The product, or what was made: staff's words for it. */
  subject: z.string(),
  state: outboxStateSchema,
  attempts: z.int().nonnegative(),
  lastTriedAt: instantSchema.nullable(),
  /** Why head office refused it, or why the last try failed. */
  error: errorSchema.nullable(),
  /** Head office's answer, once accepted. */
  result: z.record(z.string(), z.unknown()).nullable(),
  settlement: settlementSchema.nullable(),
  decidedAt: instantSchema.nullable(),
});
export type OutboxEntry = z.infer<typeof outboxEntrySchema>;

/** What the status bar and the warnings say. */
export interface OutboxCounts {
  /** Saved here and not yet answered. */
  readonly waiting: number;
  readonly refused: number;
  /** When the oldest of both was made; null when there is none. */
  readonly oldest: string | null;
}

type Queued = Pick<OutboxEntry, 'id' | 'seq' | 'type' | 'payload' | 'localId' | 'state' | 'customerId'>;

/**
 * What may travel now, in order. An entry waits for those it builds on: what makes a customer, contact or site that has no
 * number yet, and an earlier change of the same customer. It never waits for anything else, so one refused piece of work
 * stops only what builds on it.
 */
export function sendable<E extends Queued>(entries: readonly E[], numbers: ReadonlyMap<number, number>): E[] {
  const held = new Set<number>();
  const ready: E[] = [];
  for (const entry of [...entries].sort((a, b) => a.seq - b.seq)) {
    if (entry.state !== 'saved') continue;
    const waitsForNumber = localIdsOf(entry.type, entry.payload).some((id) => !numbers.has(id));
    const waitsForChange = entry.type === 'customer.change' && held.has(entry.customerId);
    if (waitsForNumber || waitsForChange) {
      held.add(entry.customerId);
      continue;
    }
    ready.push(entry);
    if (entry.type === 'customer.change') held.add(entry.customerId);
  }
  return ready;
}

/** The refused entry that an entry waits for, if any: it then needs a person too. */
export function blockedBy<E extends Queued>(
  entry: E,
  entries: readonly E[],
  numbers: ReadonlyMap<number, number>,
): E | null {
  const missing = localIdsOf(entry.type, entry.payload).filter((id) => !numbers.has(id));
  const maker = entries.find(
    (one) => one.localId !== null && missing.includes(one.localId) && one.state !== 'accepted',
  );
  if (maker === undefined) return null;
  return maker.state === 'refused' ? maker : blockedBy(maker, entries, numbers);
}

/** What a person may do about a refusal (domain.md 5.3, "shown to a person with its reason and the choices"). */
export function settlementsOf(entry: Pick<OutboxEntry, 'type' | 'error'>): Settlement[] {
  const choices: Record<CommandType, readonly Settlement[]> = {
    'customer.create':
      entry.error?.code === 'possible_duplicate' ? ['linked', 'retried', 'cancelled'] : ['retried', 'cancelled'],
    'customer.change': ['retried', 'cancelled'],
    'contact.create': ['retried', 'cancelled'],
    'site.create': ['retried', 'cancelled'],
    'order.place': ['reopened', 'retried', 'cancelled'],
  };
  return [...choices[entry.type]];
}
