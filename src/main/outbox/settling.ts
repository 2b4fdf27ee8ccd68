import type { Draft } from '#core/assignment/draft.ts';
import { localIdsOf } from '#core/sync/local-ids.ts';
import { type OutboxEntry, type Settlement, settlementsOf } from '#core/sync/outbox.ts';
import { fail } from '../failures.ts';
import { lastOfDrafts } from '../work-store/entries.ts';
import type { JournalActor } from '../work-store/journal.ts';
import { type Settled, settleWork } from '../work-store/outbox.ts';
import type { WorkStore } from '../work-store/work-store.ts';

export interface SettleInput {
  readonly id: string;
  readonly settlement: Settlement;
  readonly customerId?: number;
}

type Numbers = ReadonlyMap<number, number>;

/** What a person may decide about an entry: not to send again what names something that was cancelled. */
export function choicesOf(entry: OutboxEntry, open: readonly OutboxEntry[], numbers: Numbers): Settlement[] {
  if (entry.state !== 'refused') return [];
  const isLost = localIdsOf(entry.type, entry.payload).some(
    (id) => !numbers.has(id) && !open.some(({ localId }) => localId === id),
  );
  return settlementsOf(entry).filter((choice) => !(isLost && choice === 'retried'));
}

interface Context {
  readonly actor: JournalActor;
  readonly newId: string;
  readonly entries: readonly OutboxEntry[];
  readonly numbers: Numbers;
  readonly now: Date;
}

/** Throws `already_settled`, `not_found`, and `invalid_input` for a decision that this refusal does not offer. */
export function settleEntry(store: WorkStore, input: SettleInput, context: Context): Settled {
  const { id, settlement, customerId } = input;
  const { actor, newId, entries, numbers, now } = context;
  const entry = entries.find((one) => one.id === id);
  const isOffered = entry?.state !== 'refused' || choicesOf(entry, entries, numbers).includes(settlement);
  if (!isOffered) throw wrong('settlement');
  if (settlement === 'linked' && (customerId === undefined || customerId <= 0)) throw wrong('customerId');
  if (entry === undefined || settlement !== 'retried') return settleWork(store, { id, settlement, actor, customerId });
  const kept = store.read((sql) => lastOfDrafts(sql, entry.draftId)).find((last) => last.entry.id === id)?.draft;
  const draft = kept ? sentAgain(kept, newId, now) : null;
  return settleWork(store, { id, settlement, actor, again: { id: newId, payload: payloadAgain(entry), draft } });
}

/** Staff saw why it was refused and say that it is right all the same. */
function payloadAgain({ error, payload }: OutboxEntry): Record<string, unknown> {
  if (error?.code === 'possible_duplicate') return { ...payload, allowDuplicate: true };
  if (error?.code !== 'changed_meanwhile') return payload;
  const { version: _version, ...rest } = payload;
  return rest;
}

function sentAgain(draft: Draft, commandId: string, now: Date): Draft {
  if (draft.sending === null) return draft;
  const savedAt = now.toISOString();
  return { ...draft, sending: { ...draft.sending, commandId, state: 'saved', savedAt, acceptedAt: null, error: null } };
}

function wrong(path: string) {
  return fail('invalid_input', { issues: [{ path, message: 'is not offered' }] });
}
