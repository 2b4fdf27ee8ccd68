import { sql } from 'kysely';
import type { Reader } from '../database/connection.ts';

/** What the next call of a connector action is to suffer. */
export interface Fault {
  /** Text of the failure; `connector_unreachable`, `garbage` and `lost_answer` act as their names say. Null: it only hangs. */
  readonly error: string | null;
  readonly delaySeconds: number;
}

/** Sets how many calls of an action (`ocs.createAccount`) are hit; 0 clears. */
export async function setFault(
  writer: Reader,
  { action, times, error = null, delaySeconds = 0 }: { action: string; times: number } & Partial<Fault>,
): Promise<void> {
  const row = { times, error, delaySeconds };
  await writer
    .insertInto('demoFaults')
    .values({ action, ...row })
    .onConflict((conflict) => conflict.column('action').doUpdateSet(row))
    .execute();
}

/**
 * The fault that this call of an action must suffer, or null; each is given out once, whichever central asks. Only a demo
 * has any: connectors ask only when the configuration says so. Call it outside the transaction of the call itself.
 */
export async function takeFault(db: Reader, action: string): Promise<Fault | null> {
  const taken = await db
    .updateTable('demoFaults')
    .set({ times: sql`times - 1` })
    .where('action', '=', action)
    .where('times', '>', 0)
    .returning(['error', 'delaySeconds'])
    .executeTakeFirst();
  return taken ?? null;
}
