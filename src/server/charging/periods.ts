import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Reader, Tx } from '../database/connection.ts';
import { spansOf } from './buckets.ts';
import { rerate } from './rerate.ts';

interface NewPeriod {
  readonly account: string;
  readonly startsAt: Date;
  readonly endsAt: Date | null;
  readonly now: Date;
}

/** Begins a period of an account that the transaction has locked. */
export async function openPeriod(
  tx: Tx,
  { account, startsAt, endsAt, now }: NewPeriod,
): Promise<{ id: string; endsAt: Date | null }> {
  const id = randomUUID();
  await tx
    .insertInto('chargingPeriods')
    .values({ id, serviceUuid: account, startsAt, endsAt, createdAt: now })
    .execute();
  return { id, endsAt };
}

/** The period that runs at `now`: the last one that has begun. Undefined without an account. */
export async function periodAt(reader: Reader, account: string, now: Date) {
  return reader
    .selectFrom('chargingPeriods')
    .select(['id', 'startsAt', 'endsAt'])
    .where('serviceUuid', '=', account)
    .where('startsAt', '<=', now)
    .orderBy('startsAt', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** The last period of an account that the transaction has locked, whether it has begun or not. */
export async function lastPeriod(tx: Tx, account: string) {
  return tx
    .selectFrom('chargingPeriods')
    .select(['id', 'startsAt'])
    .where('serviceUuid', '=', account)
    .orderBy('startsAt', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/**
 * Ends a period of an account that the transaction has locked: its plan's buckets live until then, not longer and not
 * shorter. What was used of them is rated again where that changes anything.
 */
export async function endPeriod(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.updateTable('chargingPeriods').set({ endsAt: at }).where('id', '=', id).execute();
  const changed = await tx
    .updateTable('chargingBuckets')
    .set({ expiresAt: at })
    .where('periodId', '=', id)
    .where(sql<boolean>`expires_at is distinct from ${at}`)
    .returning(['serviceUuid', 'type', 'startsAt'])
    .execute();
  await rerate(tx, spansOf(changed));
}
