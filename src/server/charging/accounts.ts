import type { Reader, Tx } from '../database/connection.ts';
import { addBuckets, type BucketInput } from './buckets.ts';
import { lockAccounts } from './locks.ts';
import { once } from './operations.ts';
import { openPeriod } from './periods.ts';

/** The charging system says no. */
export class ChargingRefusal extends Error {}

/** An operation: done once for its key. */
export interface Call {
  readonly key: string;
  readonly account: string;
  readonly now: Date;
}

/**
 * Opens an account with its first buckets and its first period; those whose validity is a period of the calendar are the
 * plan's and come again with each renewal. Throws ChargingRefusal when another operation opened it before.
 */
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
    const period = await openPeriod(tx, { account, startsAt: now, endsAt: null, now });
    const first = { account, operationKey: key, buckets, startsAt: now, now, period };
    return { account, buckets: await addBuckets(tx, first) };
  });
}

/** Adds a bucket to an open account, once for a key. Throws ChargingRefusal when there is no open account. */
export async function topUp(tx: Tx, call: Call & { bucket: BucketInput }): Promise<Record<string, unknown>> {
  const { key, account, now, bucket } = call;
  await lockOpenAccount(tx, account);
  return once(tx, { key, account, action: 'top_up', input: bucket, now }, async () => ({
    account,
    buckets: await addBuckets(tx, { account, operationKey: key, buckets: [bucket], startsAt: now, now }),
    before: await remainingOf(tx, account, bucket.type, { without: key, now }),
  }));
}

/** Takes a top-up back. What was used of it stays used. Harmless when it never happened. */
export async function revertTopUp(tx: Tx, key: string): Promise<void> {
  const operation = await tx
    .selectFrom('chargingOperations')
    .select('serviceUuid')
    .where('key', '=', key)
    .executeTakeFirst();
  if (!operation) return;
  await lockAccounts(tx, [operation.serviceUuid]);
  // Nobody's usage is rated otherwise by it: what is gone was not used, and what was used is there as before.
  await tx.deleteFrom('chargingBuckets').where('operationKey', '=', key).where('used', '=', 0).execute();
  await tx
    .updateTable('chargingBuckets')
    .set(({ ref }) => ({ total: ref('used') }))
    .where('operationKey', '=', key)
    .execute();
  await tx.deleteFrom('chargingOperations').where('key', '=', key).execute();
}

/**
 * Removes the account that this operation opened, with all it holds; one that another operation opened stays. What the
 * network counted is kept: nothing covers it any more.
 */
export async function removeAccount(tx: Tx, account: string, key: string): Promise<void> {
  await lockAccounts(tx, [account]);
  const opened = await tx
    .selectFrom('chargingOperations')
    .select('key')
    .where('key', '=', key)
    .where('serviceUuid', '=', account)
    .executeTakeFirst();
  if (!opened) return;
  await tx.deleteFrom('chargingAccounts').where('serviceUuid', '=', account).execute();
  await tx
    .updateTable('usageRecords')
    .set(({ ref }) => ({ uncovered: ref('quantity') }))
    .where('serviceUuid', '=', account)
    .execute();
}

/** Locks an account for a change of what it holds. Throws ChargingRefusal when there is none, or it is closed. */
export async function lockOpenAccount(tx: Tx, account: string): Promise<void> {
  const found = (await lockAccounts(tx, [account])).get(account);
  if (!found || found.closedAt !== null) throw new ChargingRefusal(`there is no open account ${account}`);
}

/** Whether there is an open account. */
export async function hasOpenAccount(reader: Reader, account: string): Promise<boolean> {
  const found = await reader
    .selectFrom('chargingAccounts')
    .select('serviceUuid')
    .where('serviceUuid', '=', account)
    .where('closedAt', 'is', null)
    .executeTakeFirst();
  return found !== undefined;
}

/** What is left of a type in living buckets, without those of one operation. */
async function remainingOf(
  reader: Reader,
  account: string,
  type: BucketInput['type'],
  { without, now }: { readonly without: string; readonly now: Date },
): Promise<number> {
  const { remaining } = await reader
    .selectFrom('chargingBuckets')
    .select(({ fn }) => fn.sum<string>(({ eb, ref }) => eb(ref('total'), '-', ref('used'))).as('remaining'))
    .where('serviceUuid', '=', account)
    .where('type', '=', type)
    .where('operationKey', '<>', without)
    .where('startsAt', '<=', now)
    .where((where) => where.or([where('expiresAt', 'is', null), where('expiresAt', '>', now)]))
    .executeTakeFirstOrThrow();
  return Number(remaining ?? 0);
}
