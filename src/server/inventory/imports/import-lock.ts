import { type Insertable, sql } from 'kysely';
import type { Db } from '../../database/connection.ts';
import type { InventoryTables } from '../tables.ts';

/** Namespace of the advisory locks of imports; the other half of a lock is the import's id. */
const IMPORTS = 4_042;

export interface StartedImport {
  readonly id: number;
  /** Resolves when the work has ended and the lock is free. */
  readonly ended: Promise<void>;
}

/**
 * Records an import and runs it under a lock of its own connection: PostgreSQL frees it when its central dies, so an
 * import that is `running` without a lock is known to be dead at once, by whichever central looks.
 */
export async function startLocked(
  db: Db,
  record: Insertable<InventoryTables['imports']>,
  work: (id: number) => Promise<void>,
): Promise<StartedImport> {
  const begun = Promise.withResolvers<number>();
  const ended = db.connection().execute(async (connection) => {
    const id = await insertLocked(connection, record);
    begun.resolve(id);
    try {
      await work(id);
    } finally {
      await sql`select pg_advisory_unlock(${IMPORTS}, ${id})`.execute(connection);
    }
  });
  ended.catch(begun.reject);
  return { id: await begun.promise, ended };
}

/** The lock is held before others can see the import. */
async function insertLocked(connection: Db, record: Insertable<InventoryTables['imports']>): Promise<number> {
  return connection.transaction().execute(async (tx) => {
    const { id } = await tx.insertInto('imports').values(record).returning('id').executeTakeFirstOrThrow();
    await sql`select pg_advisory_lock(${IMPORTS}, ${id})`.execute(tx);
    return id;
  });
}

/**
 * Ends imports whose central was killed: they fail with `interrupted`, what they imported stays, and importing the same
 * file again does the rest. Returns how many.
 */
export async function endInterruptedImports(db: Db): Promise<number> {
  const running = await db.selectFrom('imports').select('id').where('status', '=', 'running').orderBy('id').execute();
  let ended = 0;
  for (const { id } of running) if (await endIfUnlocked(db, id)) ended += 1;
  return ended;
}

async function endIfUnlocked(db: Db, id: number): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ free: boolean }>`select pg_try_advisory_xact_lock(${IMPORTS}, ${id}) as free`.execute(
      tx,
    );
    if (rows[0]?.free !== true) return false;
    const { numUpdatedRows } = await tx
      .updateTable('imports')
      .set({ status: 'failed', failure: 'interrupted' })
      .where('id', '=', id)
      .where('status', '=', 'running')
      .executeTakeFirstOrThrow();
    return numUpdatedRows > 0n;
  });
}
