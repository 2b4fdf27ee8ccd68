import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { addPeriod } from '#core/domain/period.ts';
import { periodSchema } from '#core/domain/product.ts';
import type { Balance } from '#core/domain/service.ts';
import { parseDuration } from '#core/playbook/duration.ts';
import type { Reader, Tx } from '../database/connection.ts';

const unitOf = { data: 'byte', voice: 'second', sms: 'message', monetary: 'minor_unit' } as const;

/** A bucket to be made. */
export const bucketInputSchema = z.strictObject({
  type: z.enum(['data', 'voice', 'sms', 'monetary']),
  name: z.string().trim().min(1).max(100),
  /** Bytes, seconds, messages or minor units, by type. */
  amount: z.int().nonnegative().max(Number.MAX_SAFE_INTEGER),
  /** The lowest is used first (domain.md 8 (1)). */
  weight: z.int().min(0).max(1000),
  /** How long it lasts: a period of the calendar, a duration such as 30d, or null for ever. */
  validity: z
    .string()
    .refine((text) => periodSchema.safeParse(text).success || parseDuration(text) !== null, {
      error: 'must be day, week, month, year or a duration such as 30d',
    })
    .nullable()
    .default(null),
});
export type BucketInput = z.infer<typeof bucketInputSchema>;

function expiryOf(validity: string | null, now: Date): Date | null {
  if (validity === null) return null;
  const period = periodSchema.safeParse(validity);
  if (period.success) return addPeriod(now, period.data);
  return new Date(now.getTime() + (parseDuration(validity) ?? 0) * 1000);
}

export async function addBuckets(
  tx: Tx,
  account: string,
  operationKey: string,
  buckets: readonly BucketInput[],
  now: Date,
): Promise<string[]> {
  // A plan without minutes has no bucket of none.
  const filled = buckets.filter(({ amount }) => amount > 0);
  if (filled.length === 0) return [];
  const rows = filled.map(({ type, name, amount, weight, validity }) => ({
    id: randomUUID(),
    serviceUuid: account,
    operationKey,
    type,
    name,
    unit: unitOf[type],
    weight,
    total: amount,
    expiresAt: expiryOf(validity, now),
    createdAt: now,
  }));
  await tx.insertInto('chargingBuckets').values(rows).execute();
  return rows.map(({ id }) => id);
}

/** Living buckets in the order they are used: lowest weight, then what expires first (domain.md 8 (1)). */
export async function listBalances(reader: Reader, account: string, now: Date): Promise<Balance[]> {
  const rows = await reader
    .selectFrom('chargingBuckets')
    .selectAll()
    .where('serviceUuid', '=', account)
    .where((where) => where.or([where('expiresAt', 'is', null), where('expiresAt', '>', now)]))
    .orderBy('weight')
    .orderBy('expiresAt', (order) => order.asc().nullsLast())
    .orderBy('createdAt')
    .orderBy('id')
    .execute();
  return rows.map(({ id, type, name, unit, weight, total, used, expiresAt }) => ({
    id,
    type,
    name,
    total,
    used,
    remaining: total - used,
    unit,
    weight,
    expiresAt: expiresAt?.toISOString() ?? null,
  }));
}
