import type { Sql } from './connection.ts';
import type { WorkStore } from './work-store.ts';

/**
 * An item that one of this desk's assignments has, a draft or an order on its way: the one place that says which. It is
 * written before head office is asked for the item, so that what is given back is never one that somebody just takes.
 */
export interface LocalHold {
  readonly itemId: number;
  readonly draftId: string;
  readonly userName: string;
}

export interface KnownHold extends LocalHold {
  /** Head office's reservation holds it, whose time may end; else this desk alone, without an end. */
  readonly leased: boolean;
}

type Row = {
  readonly item_id: number;
  readonly draft_id: string;
  readonly user_name: string;
  readonly leased: number | null;
};

const holdFrom = ({ item_id, draft_id, user_name, leased }: Row): KnownHold => ({
  ...{ itemId: item_id, draftId: draft_id, userName: user_name },
  leased: leased === 1,
});

export function listHolds(sql: Sql): KnownHold[] {
  return sql.all<Row>('select item_id, draft_id, user_name, leased from local_hold order by item_id').map(holdFrom);
}

export function holdOf(sql: Sql, itemId: number): KnownHold | null {
  const row = sql.get<Row>('select item_id, draft_id, user_name, leased from local_hold where item_id = ?', itemId);
  return row === undefined ? null : holdFrom(row);
}

/** Items of orders that head office accepted, still held here. */
export function listSold(sql: Sql): KnownHold[] {
  return sql
    .all<Row>(
      `select item_id, draft_id, user_name, leased from local_hold
       where (select state from outbox where outbox.draft_id = local_hold.draft_id order by seq desc limit 1) = 'accepted'
       order by item_id`,
    )
    .map(holdFrom);
}

const isLetGo = (sql: Sql, itemId: number) =>
  sql.get('select 1 from given_back where item_id = ?', itemId) !== undefined;

function keep(sql: Sql, { itemId, draftId, userName }: LocalHold, leased: boolean, at: Date): void {
  sql.run(
    'insert or replace into local_hold (item_id, draft_id, user_name, held_at, leased) values (?, ?, ?, ?, ?)',
    ...[itemId, draftId, userName, at.toISOString(), leased ? 1 : 0],
  );
}

export type Taken = { readonly held: true } | { readonly held: false; readonly by: KnownHold | null };

/**
 * Keeps an item for a draft without an end: held here, or in the transaction of the order that takes it. Not when another
 * assignment of this desk has it (`by` says which), nor when it was given back to head office (`by` is null), unless the
 * draft has it by head office's reservation since.
 */
function keepHere(sql: Sql, hold: LocalHold, at: Date): Taken {
  const known = holdOf(sql, hold.itemId);
  if (known !== null && known.draftId !== hold.draftId) return { held: false, by: known };
  if (known === null && isLetGo(sql, hold.itemId)) return { held: false, by: null };
  keep(sql, hold, false, at);
  return { held: true };
}

/** Keeps items for the order of a draft, in its transaction. Returns the first that can't be had, and why. */
export function promiseItems(sql: Sql, hold: Omit<LocalHold, 'itemId'>, itemIds: readonly number[], at: Date) {
  for (const itemId of itemIds) {
    const taken = keepHere(sql, { ...hold, itemId }, at);
    if (!taken.held) return { itemId, reason: taken.by === null ? 'not_available' : 'held_by_other' } as const;
  }
  return null;
}

/** Keeps an item of this desk's share for a draft, without a line. */
export function takeHere(store: WorkStore, hold: LocalHold): Taken {
  return store.write((sql): Taken => {
    if (isLetGo(sql, hold.itemId)) return { held: false, by: null };
    return keepHere(sql, hold, store.now());
  });
}

/**
 * Before head office is asked to hold an item for a draft. True when this draft is alone with it at this desk; false when
 * another one had it last, so that head office has to say which of the two. A hold that is there already stays as it is.
 */
export function announceHold(store: WorkStore, hold: LocalHold): { readonly alone: boolean; readonly isNew: boolean } {
  return store.write((sql) => {
    const known = holdOf(sql, hold.itemId);
    if (known === null) keep(sql, hold, true, store.now());
    return { alone: known === null || known.draftId === hold.draftId, isNew: known === null };
  });
}

/** Head office holds the item for the draft now, also when another had it that `mayEnd`. Gives another one that keeps it. */
export function leaseHere(store: WorkStore, hold: LocalHold, mayEnd: (known: KnownHold) => boolean): KnownHold | null {
  return store.write((sql) => {
    const known = holdOf(sql, hold.itemId);
    if (known !== null && known.draftId !== hold.draftId && !mayEnd(known)) return known;
    keep(sql, hold, true, store.now());
    return null;
  });
}

export function letGo(store: WorkStore, draftId: string, itemIds: readonly number[]): void {
  if (itemIds.length === 0) return;
  store.write((sql) => {
    for (const id of itemIds) sql.run('delete from local_hold where item_id = ? and draft_id = ?', id, draftId);
  });
}

/** Forgets the holds that `isOver` says are over. */
export function tidyHolds(store: WorkStore, over: readonly LocalHold[]): void {
  for (const { draftId, itemId } of over) letGo(store, draftId, [itemId]);
}

export function listGivenBack(sql: Sql): Set<number> {
  return new Set(sql.all<{ item_id: number }>('select item_id from given_back').map(({ item_id }) => item_id));
}

/**
 * Marks the items that nothing here holds as let go, for good, before head office is told. `promised` are those that open
 * drafts have. Returns every item asked for that is let go now, also those of before.
 */
export function giveBack(store: WorkStore, itemIds: readonly number[], promised: ReadonlySet<number>): number[] {
  return store.write((sql) => {
    const held = new Set(listHolds(sql).map(({ itemId }) => itemId));
    const free = itemIds.filter((id) => !held.has(id) && !promised.has(id));
    const at = store.now().toISOString();
    // Asked for again it is told again: the answer may have been lost on either side.
    for (const id of free) sql.run('insert or replace into given_back (item_id, at, told) values (?, ?, 0)', id, at);
    return free;
  });
}

/** What was let go and central has not confirmed; not what an assignment took since, by head office's reservation. */
export function listUntold(sql: Sql): number[] {
  const rows = sql.all<{ item_id: number }>(
    'select item_id from given_back where told = 0 and item_id not in (select item_id from local_hold)',
  );
  return rows.map(({ item_id }) => item_id);
}

/** The number of what this desk tells next; never one that it gave before. */
export function nextTelling(store: WorkStore): number {
  return store.write((sql) => {
    const known = sql.get<{ value: number }>(`select value from counter where name = 'telling'`)?.value ?? 0;
    sql.run(`insert or replace into counter (name, value) values ('telling', ?)`, known + 1);
    return known + 1;
  });
}

/** Central has heard of this number: the next is higher, also after the file was damaged and the count with it. */
export function tellingHeard(store: WorkStore, number: number): void {
  store.write((sql) => {
    const known = sql.get<{ value: number }>(`select value from counter where name = 'telling'`)?.value ?? 0;
    if (number > known) sql.run(`insert or replace into counter (name, value) values ('telling', ?)`, number);
  });
}

/** What was let go, and central knows. */
export function listTold(sql: Sql): number[] {
  return sql.all<{ item_id: number }>('select item_id from given_back where told = 1').map(({ item_id }) => item_id);
}

export function setTold(store: WorkStore, itemIds: readonly number[]): void {
  store.write((sql) => {
    for (const id of itemIds) sql.run('update given_back set told = 1 where item_id = ?', id);
  });
}

/** Central is told of these once more. */
export function setUntold(store: WorkStore, itemIds: readonly number[]): void {
  if (itemIds.length === 0) return;
  store.write((sql) => {
    for (const id of itemIds) sql.run('update given_back set told = 0 where item_id = ?', id);
  });
}

/** The directory shows that these are not of this desk's share: the mark has no more use. */
export function gotBack(store: WorkStore, itemIds: readonly number[]): void {
  if (itemIds.length === 0) return;
  store.write((sql) => {
    for (const id of itemIds) sql.run('delete from given_back where item_id = ?', id);
  });
}
