import type { Draft } from '#core/assignment/draft.ts';
import type { ErrorData } from '#core/contract/errors.ts';
import { assertMove } from '#core/domain/state-machine.ts';
import type { CommandType } from '#core/sync/commands.ts';
import { localIdsOf } from '#core/sync/local-ids.ts';
import { type OutboxEntry, outboxTransitions, type Settlement } from '#core/sync/outbox.ts';
import type { OutboxState } from '#core/sync/states.ts';
import { fail } from '../failures.ts';
import type { Sql } from './connection.ts';
import { getEntry, insertEntry, lastOfDrafts, listOpen, updateEntry } from './entries.ts';
import { promiseItems } from './holds.ts';
import { appendJournal, type JournalActor } from './journal.ts';
import { listNumbers, nextLocalId, setNumber } from './numbers.ts';
import type { WorkStore } from './work-store.ts';

/** One piece of work as it is done. */
export interface NewWork {
  readonly id: string;
  readonly type: CommandType;
  readonly payload: Record<string, unknown>;
  readonly actor: JournalActor;
  /** The customer it is about; not for one that it makes. */
  readonly customerId?: number;
  readonly customerName: string;
  readonly subject: string;
  /** The assignment that it ends, as confirmed. */
  readonly draft?: Draft;
}

const makes: Readonly<Record<CommandType, boolean>> = {
  'customer.create': true,
  'customer.change': false,
  'contact.create': true,
  'site.create': true,
  'order.place': false,
};

/** What the journal keeps of a payload: all but the customer's way into the status page. */
function toldOf({ statusToken: _secret, ...payload }: Record<string, unknown>) {
  return payload;
}

/**
 * Keeps a piece of work: entry, journal, the id of what it makes, and the items of an order, all or nothing; it is on the
 * disk when this returns. The same id again, and a draft that is on its way already, give what was kept first. Throws
 * `not_saved`, `item_not_available` for an item that another
 * assignment of this desk has, and `not_found` for work on what was made here and cancelled.
 */
export function saveWork(store: WorkStore, work: NewWork): OutboxEntry {
  return store.write((sql) => {
    const known = getEntry(sql, work.id) ?? onItsWay(sql, work.draft?.id);
    if (known !== undefined) return known;
    refuseLost(sql, work);
    const at = store.now();
    const localId = makes[work.type] ? nextLocalId(sql) : null;
    const customerId = work.type === 'customer.create' ? localId : work.customerId;
    if (customerId === undefined || customerId === null) throw new Error(`${work.type} is about no customer`);
    if (work.draft !== undefined) keepForOrder(sql, work.draft, work.actor, at);
    const { id, type, payload, actor, customerName, subject, draft } = work;
    const entry = insertEntry(
      sql,
      {
        ...{ id, type, payload, userId: actor.id, userName: actor.name, madeAt: at.toISOString() },
        ...{ draftId: draft?.id ?? null, localId, customerId, customerName, subject, state: 'saved' },
        ...{ attempts: 0, lastTriedAt: null, error: null, result: null, settlement: null, decidedAt: null },
      },
      draft ?? null,
    );
    const detail = { ...told(entry), localId, payload: toldOf(payload) };
    appendJournal(sql, { at, event: 'command.saved', actor, detail });
    return entry;
  });
}

/** What names something that was made here and cancelled would wait for ever. */
function refuseLost(sql: Sql, { type, payload }: NewWork): void {
  const missing = localIdsOf(type, payload).filter((id) => !listNumbers(sql).has(id));
  if (missing.length === 0) return;
  const coming = new Set(listOpen(sql).map(({ localId }) => localId));
  if (missing.some((id) => !coming.has(id))) throw fail('not_found', { what: 'customer' });
}

function onItsWay(sql: Sql, draftId: string | undefined): OutboxEntry | undefined {
  if (draftId === undefined) return undefined;
  const last = lastOfDrafts(sql, draftId)[0]?.entry;
  return last === undefined || last.state === 'settled' ? undefined : last;
}

function keepForOrder(sql: Sql, draft: Draft, actor: JournalActor, at: Date): void {
  const itemIds = draft.items.map(({ item }) => item.id);
  const refused = promiseItems(sql, { draftId: draft.id, userName: actor.name }, itemIds, at);
  if (refused !== null) throw fail('item_not_available', { ...refused, heldBy: null });
}

function told({ id, type, draftId, customerId, customerName, subject }: OutboxEntry) {
  return { commandId: id, type, draftId, customerId, customerName, subject };
}

function moved(sql: Sql, entry: OutboxEntry, state: OutboxState, change: Partial<OutboxEntry>): OutboxEntry {
  assertMove(outboxTransitions, entry.state, state);
  return updateEntry(sql, { ...entry, ...change, state });
}

interface Answer {
  readonly id: string;
  /** Who handed it in; null when the desk sent it by itself. */
  readonly by: JournalActor | null;
}

/** Head office took it, and gave its number to what was made. Null for an answer that comes again: nothing changes. */
export function acceptWork(
  store: WorkStore,
  { id, by, result }: Answer & { readonly result: Record<string, unknown> },
): OutboxEntry | null {
  return store.write((sql) => {
    const entry = getEntry(sql, id);
    if (entry?.state !== 'saved') return null;
    const at = store.now();
    const number = typeof result.id === 'number' ? result.id : null;
    if (entry.localId !== null && number !== null) setNumber(sql, entry.localId, number);
    const accepted = moved(sql, entry, 'accepted', { result, error: null, decidedAt: at.toISOString() });
    appendJournal(sql, { at, event: 'command.accepted', actor: by, detail: { ...told(entry), number } });
    return accepted;
  });
}

/**
 * Head office said no. `present`: who did it still stands there and is told at once, so that nobody has to decide later.
 */
export function refuseWork(
  store: WorkStore,
  { id, by, error, present }: Answer & { readonly error: ErrorData; readonly present: boolean },
): OutboxEntry | null {
  return store.write((sql) => {
    const entry = getEntry(sql, id);
    if (entry?.state !== 'saved') return null;
    const refused = refuse(sql, entry, error, { at: store.now(), by });
    if (!present) return refused;
    const actor = { id: entry.userId, name: entry.userName };
    return settle(sql, refused, { settlement: 'reopened', actor, at: store.now() });
  });
}

function refuse(sql: Sql, entry: OutboxEntry, error: ErrorData, { at, by }: { at: Date; by: JournalActor | null }) {
  const refused = moved(sql, entry, 'refused', { error, decidedAt: at.toISOString() });
  appendJournal(sql, { at, event: 'command.refused', actor: by, detail: { ...told(entry), code: error.code } });
  return refused;
}

interface Decision {
  readonly settlement: Settlement;
  readonly actor: JournalActor;
  readonly at: Date;
  readonly linkedTo?: number;
}

function settle(sql: Sql, entry: OutboxEntry, { settlement, actor, at, linkedTo }: Decision): OutboxEntry {
  const settled = moved(sql, entry, 'settled', { settlement, decidedAt: at.toISOString() });
  const detail = { ...told(entry), settlement, ...(linkedTo === undefined ? {} : { linkedTo }) };
  appendJournal(sql, { at, event: 'command.settled', actor, detail });
  if (entry.draftId !== null && (settlement === 'cancelled' || settlement === 'reopened')) freeItems(sql, entry);
  return settled;
}

/** A draft that is open again keeps its items: what it held by the desk itself, and the others by head office's leave. */
function freeItems(sql: Sql, { id, draftId, settlement }: OutboxEntry): void {
  const last = lastOfDrafts(sql, draftId).find(({ entry }) => entry.id === id);
  const items = [...(last?.draft?.items ?? []), ...(last?.draft?.shortlist ?? [])];
  const kept = settlement === 'cancelled' ? [] : items;
  const idsOf = (some: typeof items) => JSON.stringify(some.map(({ item }) => item.id));
  sql.run(
    'delete from local_hold where draft_id = ? and item_id not in (select value from json_each(?))',
    ...[draftId, idsOf(kept)],
  );
  sql.run(
    'update local_hold set leased = 1 where draft_id = ? and item_id in (select value from json_each(?))',
    ...[draftId, idsOf(kept.filter(({ heldHere }) => !heldHere))],
  );
}

/** Work that could not travel, or that head office could not try: it stays saved. Returns what it is now. */
export function noteTries(store: WorkStore, ids: readonly string[], error: ErrorData): OutboxEntry[] {
  return store.write((sql) =>
    ids.flatMap((id) => {
      const entry = getEntry(sql, id);
      if (entry?.state !== 'saved') return [];
      const attempts = entry.attempts + 1;
      return [updateEntry(sql, { ...entry, attempts, lastTriedAt: store.now().toISOString(), error })];
    }),
  );
}

export interface Settling {
  readonly id: string;
  readonly settlement: Settlement;
  readonly actor: JournalActor;
  /** For `linked`: the customer that head office has already. */
  readonly customerId?: number;
  /** For `retried`: the id of the new command, what it sends, and the draft as it now travels. */
  readonly again?: { readonly id: string; readonly payload: Record<string, unknown>; readonly draft: Draft | null };
}

export interface Settled {
  readonly entry: OutboxEntry;
  /** The same work under a new id. */
  readonly again: OutboxEntry | null;
  /** What built on cancelled work, and needs a person too now. */
  readonly orphans: readonly OutboxEntry[];
}

/** A person decided about a refusal, and all that follows from it. Throws `already_settled` and `not_found`. */
export function settleWork(store: WorkStore, { id, settlement, actor, customerId, again }: Settling): Settled {
  return store.write((sql) => {
    const entry = getEntry(sql, id);
    if (entry === undefined) throw fail('not_found', { what: 'outbox' });
    if (entry.state !== 'refused') throw fail('already_settled');
    const at = store.now();
    if (settlement === 'linked' && entry.localId !== null && customerId !== undefined) {
      setNumber(sql, entry.localId, customerId);
    }
    const settled = settle(sql, entry, { settlement, actor, at, linkedTo: customerId });
    return {
      entry: settled,
      again: again === undefined ? null : repeat(sql, settled, again, { actor, at }),
      orphans: settlement === 'cancelled' ? orphan(sql, settled, at) : [],
    };
  });
}

function repeat(
  sql: Sql,
  { seq: _seq, ...entry }: OutboxEntry,
  { id, payload, draft }: NonNullable<Settling['again']>,
  { actor, at }: { actor: JournalActor; at: Date },
): OutboxEntry {
  const fresh = { attempts: 0, lastTriedAt: null, error: null, result: null, settlement: null, decidedAt: null };
  const done = { userId: actor.id, userName: actor.name, madeAt: at.toISOString() };
  const again = insertEntry(sql, { ...entry, ...fresh, ...done, id, payload, state: 'saved' }, draft);
  const detail = { ...told(again), localId: entry.localId, payload: toldOf(payload), instead: entry.id };
  appendJournal(sql, { at, event: 'command.saved', actor, detail });
  return again;
}

/** What was cancelled never gets a number: all that names it, and what names that, can't travel any more. */
function orphan(sql: Sql, cancelled: OutboxEntry, at: Date): OutboxEntry[] {
  if (cancelled.localId === null || listNumbers(sql).has(cancelled.localId)) return [];
  const lost = new Set([cancelled.localId]);
  return listOpen(sql).flatMap((entry) => {
    if (entry.state !== 'saved' || !localIdsOf(entry.type, entry.payload).some((id) => lost.has(id))) return [];
    if (entry.localId !== null) lost.add(entry.localId);
    const what = cancelled.type.split('.')[0] ?? '';
    return [refuse(sql, entry, { code: 'not_found', message: 'Not found.', data: { what } }, { at, by: null })];
  });
}

const KEPT = 1000;

/** Forgets what head office has, or a person decided about, long ago; the journal keeps it. */
export function forgetOld(store: WorkStore, before: Date): void {
  store.write((sql) =>
    sql.run(
      `delete from outbox where state in ('accepted', 'settled') and made_at < ?
         and seq <= (select coalesce(max(seq), 0) from outbox) - ?`,
      before.toISOString(),
      KEPT,
    ),
  );
}
