import type { Sql } from './connection.ts';
import type { WorkStore } from './work-store.ts';

/** An item that this desk keeps for one of its assignments: a draft without a line, or an order on its way. */
export interface LocalHold {
  readonly itemId: number;
  readonly draftId: string;
  readonly userName: string;
}

type Row = { readonly item_id: number; readonly draft_id: string; readonly user_name: string };

export function listHolds(sql: Sql): LocalHold[] {
  const rows = sql.all<Row>('select item_id, draft_id, user_name from local_hold order by item_id');
  return rows.map(({ item_id, draft_id, user_name }) => ({ itemId: item_id, draftId: draft_id, userName: user_name }));
}

export function holdOf(sql: Sql, itemId: number): LocalHold | null {
  return listHolds(sql).find((hold) => hold.itemId === itemId) ?? null;
}

/** Keeps items for a draft, in the transaction of the order that takes them. Returns the first that another one has. */
export function keepItems(
  sql: Sql,
  hold: Omit<LocalHold, 'itemId'>,
  itemIds: readonly number[],
  at: Date,
): LocalHold | null {
  for (const itemId of itemIds) {
    const taken = sql.get<Row>('select * from local_hold where item_id = ? and draft_id <> ?', itemId, hold.draftId);
    if (taken !== undefined) return { itemId, draftId: taken.draft_id, userName: taken.user_name };
    sql.run(
      'insert or ignore into local_hold (item_id, draft_id, user_name, held_at) values (?, ?, ?, ?)',
      ...[itemId, hold.draftId, hold.userName, at.toISOString()],
    );
  }
  return null;
}

export type Taken = { readonly held: true } | { readonly held: false; readonly by: LocalHold | null };

/**
 * Keeps an item of this desk's share for a draft. Not when another assignment of this desk has it (`by` says which), nor
 * when it was given back to head office (`by` is null).
 */
export function takeHere(store: WorkStore, hold: LocalHold): Taken {
  return store.write((sql): Taken => {
    if (sql.get('select 1 from given_back where item_id = ?', hold.itemId) !== undefined)
      return { held: false, by: null };
    const by = keepItems(sql, hold, [hold.itemId], store.now());
    return by === null ? { held: true } : { held: false, by };
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
 * drafts hold by head office's own reservations. Returns every item asked for that is let go now, also those of before.
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

/** What was let go and central has not confirmed. */
export function listUntold(sql: Sql): number[] {
  return sql.all<{ item_id: number }>('select item_id from given_back where told = 0').map(({ item_id }) => item_id);
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
