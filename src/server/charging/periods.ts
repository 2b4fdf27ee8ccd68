import { randomUUID } from 'node:crypto';
import type { Reader, Tx } from '../database/connection.ts';

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
