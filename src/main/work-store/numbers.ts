import type { Sql } from './connection.ts';

/** Head office's numbers of what was made here. */
export function listNumbers(sql: Sql): Map<number, number> {
  const rows = sql.all<{ local_id: number; number: number }>('select local_id, number from local_number');
  return new Map(rows.map(({ local_id, number }) => [local_id, number]));
}

export function setNumber(sql: Sql, localId: number, number: number): void {
  sql.run('insert or replace into local_number (local_id, number) values (?, ?)', localId, number);
}

/**
 * An id that this desk never gave before. The counter alone would do, but for a file that was damaged: what is left of the
 * rest then says how far it had come.
 */
export function nextLocalId(sql: Sql): number {
  const lowest = sql.get<{ id: number }>(
    `select min(
       coalesce((select -value from counter where name = 'local_id'), 0),
       coalesce((select min(local_id) from outbox where local_id is not null), 0),
       coalesce((select min(local_id) from local_number), 0)
     ) as id`,
  );
  const id = (lowest?.id ?? 0) - 1;
  sql.run(`insert or replace into counter (name, value) values ('local_id', ?)`, -id);
  return id;
}
