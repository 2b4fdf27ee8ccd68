import { randomUUID } from 'node:crypto';
import { openAccount } from '../../../src/server/charging/accounts.ts';
import { type BucketInput, bucketInputSchema } from '../../../src/server/charging/buckets.ts';
import type { Db, Reader, Tx } from '../../../src/server/database/connection.ts';

export const bucket = (given: Partial<BucketInput> = {}): BucketInput =>
  bucketInputSchema.parse({ type: 'data', name: 'Data', amount: 1000, weight: 30, ...given });

export const inTx = <T>(db: Db, work: (tx: Tx) => Promise<T>) => db.transaction().execute(work);

/** An account that was opened at `at`; a customer's service is not needed for it. */
export async function openedAccount(db: Db, at: Date, buckets: BucketInput[] = []): Promise<string> {
  const account = randomUUID();
  await inTx(db, (tx) => openAccount(tx, { key: `open ${account}`, account, now: at, currency: 'GBP', buckets }));
  return account;
}

/** All that is known of the usage of accounts: comparable, whatever way it came about. */
export async function stateOf(reader: Reader, account: string) {
  const buckets = await reader
    .selectFrom('chargingBuckets')
    .select(['name', 'startsAt', 'total', 'used'])
    .where('serviceUuid', '=', account)
    .orderBy('name')
    .orderBy('startsAt')
    .execute();
  const records = await reader
    .selectFrom('usageRecords')
    .select(['id', 'quantity', 'uncovered'])
    .where('serviceUuid', '=', account)
    .orderBy('id')
    .execute();
  const parts = await reader
    .selectFrom('usageConsumptions')
    .innerJoin('chargingBuckets', 'chargingBuckets.id', 'usageConsumptions.bucketId')
    .select(['usageConsumptions.recordId', 'usageConsumptions.quantity'])
    .select(['chargingBuckets.name', 'chargingBuckets.startsAt'])
    .where('chargingBuckets.serviceUuid', '=', account)
    .orderBy('usageConsumptions.recordId')
    .orderBy('chargingBuckets.name')
    .orderBy('chargingBuckets.startsAt')
    .execute();
  return { buckets, records, parts };
}

/** Throws unless every sum holds: each record is paid for or uncovered, each bucket's use is what its parts say. */
export function checkSums({ buckets, records, parts }: Awaited<ReturnType<typeof stateOf>>): void {
  const sum = (rows: { quantity: number }[]) => rows.reduce((total, { quantity }) => total + quantity, 0);
  for (const { id, quantity, uncovered } of records) {
    const consumed = sum(parts.filter(({ recordId }) => recordId === id));
    if (consumed + uncovered !== quantity) throw new Error(`record ${id}: ${consumed} + ${uncovered} of ${quantity}`);
  }
  for (const { name, startsAt, total, used } of buckets) {
    const isOf = (part: { name: string; startsAt: Date }) =>
      part.name === name && part.startsAt.getTime() === startsAt.getTime();
    const taken = sum(parts.filter(isOf));
    if (taken !== used || used > total) throw new Error(`bucket ${name}: ${taken} taken, ${used} of ${total} used`);
  }
}
