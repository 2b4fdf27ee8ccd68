import type { Reader, Tx } from '../database/connection.ts';
import { addBuckets, type BucketInput } from './buckets.ts';
import { once } from './operations.ts';

/** The charging system says no. */
export class ChargingRefusal extends Error {}

interface Call {
  readonly key: string;
  readonly account: string;
  readonly now: Date;
}

/** Opens an account with its first buckets. Throws ChargingRefusal when another operation opened it before. */
export async function openAccount(
  tx: Tx,
  call: Call & { currency: string | null; buckets: readonly BucketInput[] },
): Promise<Record<string, unknown>> {
  const { key, account, now, currency, buckets } = call;
  const added = await tx
    .insertInto('chargingAccounts')
    .values({ serviceUuid: account, currency, createdAt: now, closedAt: null })
    .onConflict((conflict) => conflict.column('serviceUuid').doNothing())
    .returning('serviceUuid')
    .executeTakeFirst();
  return once(tx, { key, account, action: 'open', input: { currency, buckets }, now }, async () => {
    if (!added) throw new ChargingRefusal(`account ${account} exists already`);
    return { account, buckets: await addBuckets(tx, account, key, buckets, now) };
  });
}

/** Adds a bucket to an open account, once for a key. Throws ChargingRefusal when there is no open account. */
export async function topUp(tx: Tx, call: Call & { bucket: BucketInput }): Promise<Record<string, unknown>> {
  const { key, account, now, bucket } = call;
  await lockOpenAccount(tx, account);
  return once(tx, { key, account, action: 'top_up', input: bucket, now }, async () => ({
    account,
    buckets: await addBuckets(tx, account, key, [bucket], now),
    before: await remainingOf(tx, account, bucket.type, key),
  }));
}

/** Takes a top-up back. What was used of it stays used. Harmless when it never happened. */
export async function revertTopUp(tx: Tx, key: string): Promise<void> {
  await tx.deleteFrom('chargingBuckets').where('operationKey', '=', key).where('used', '=', 0).execute();
  await tx
    .updateTable('chargingBuckets')
    .set(({ ref }) => ({ total: ref('used') }))
    .where('operationKey', '=', key)
    .execute();
  await tx.deleteFrom('chargingOperations').where('key', '=', key).execute();
}

/** Removes the account that this operation opened, with all it holds; one that another operation opened stays. */
export async function removeAccount(tx: Tx, account: string, key: string): Promise<void> {
  const opened = await tx
    .selectFrom('chargingOperations')
    .select('key')
    .where('key', '=', key)
    .where('serviceUuid', '=', account)
    .executeTakeFirst();
  if (opened) await tx.deleteFrom('chargingAccounts').where('serviceUuid', '=', account).execute();
}

async function lockOpenAccount(tx: Tx, account: string): Promise<void> {
  const found = await tx
    .selectFrom('chargingAccounts')
    .select('closedAt')
    .where('serviceUuid', '=', account)
    .forUpdate()
    .executeTakeFirst();
  if (!found || found.closedAt !== null) throw new ChargingRefusal(`there is no open account ${account}`);
}

/** What was left of a type, without the buckets of one operation. */
async function remainingOf(
  reader: Reader,
  account: string,
  type: BucketInput['type'],
  without: string,
): Promise<number> {
  const { remaining } = await reader
    .selectFrom('chargingBuckets')
    .select(({ fn }) => fn.sum<string>(({ eb, ref }) => eb(ref('total'), '-', ref('used'))).as('remaining'))
    .where('serviceUuid', '=', account)
    .where('type', '=', type)
    .where('operationKey', '<>', without)
    .executeTakeFirstOrThrow();
  return Number(remaining ?? 0);
}
