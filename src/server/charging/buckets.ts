import { randomUUID } from 'node:crypto';
import type { Insertable } from 'kysely';
import { z } from 'zod';
import { destinationSchema } from '#core/domain/charging.ts';
import { addPeriod } from '#core/domain/period.ts';
import { periodSchema } from '#core/domain/product.ts';
import { parseDuration } from '#core/playbook/duration.ts';
import type { Tx } from '../database/connection.ts';
import { rerate, type Span } from './rerate.ts';
import type { ChargingTables } from './tables.ts';

const unitOf = { data: 'byte', voice: 'second', sms: 'message', monetary: 'minor_unit' } as const;

const isCalendarPeriod = (validity: string | null) => periodSchema.safeParse(validity).success;

/** A bucket to be made. */
export const bucketInputSchema = z.strictObject({
  type: z.enum(['data', 'voice', 'sms', 'monetary']),
  name: z.string().trim().min(1).max(100),
  /** Bytes, seconds, messages or minor units, by type. */
  amount: z.int().nonnegative().max(Number.MAX_SAFE_INTEGER),
  /** The lowest is used first (domain.md 8 (1)). */
  weight: z.int().min(0).max(1000),
  /** What it pays for; everything of its type where it is not said. */
  destinations: z.array(destinationSchema).min(1).nullish(),
  /** How long it lasts: a period of the calendar, a duration such as 30d, or null for ever. */
  validity: z
    .string()
    .refine((text) => isCalendarPeriod(text) || parseDuration(text) !== null, {
      error: 'must be day, week, month, year or a duration such as 30d',
    })
    .nullable()
    .default(null),
});
export type BucketInput = z.infer<typeof bucketInputSchema>;

/** True for what comes with every period of a plan: its validity is one of the calendar, not a duration of its own. */
export function isOfPlan({ validity }: Pick<BucketInput, 'validity'>): boolean {
  return isCalendarPeriod(validity);
}

function expiryOf(validity: string | null, from: Date): Date | null {
  if (validity === null) return null;
  const period = periodSchema.safeParse(validity);
  if (period.success) return addPeriod(from, period.data);
  return new Date(from.getTime() + (parseDuration(validity) ?? 0) * 1000);
}

interface Addition {
  readonly account: string;
  readonly operationKey: string;
  readonly buckets: readonly BucketInput[];
  /** From when on they can be used. */
  readonly startsAt: Date;
  readonly now: Date;
  /** The period whose plan they come with; `endsAt` null leaves each its own validity. */
  readonly period?: { readonly id: string; readonly endsAt: Date | null };
}

/**
 * Adds buckets to an account that the transaction has locked, and rates again what was used since they start: records may
 * have come before them. Gives their ids.
 */
export async function addBuckets(tx: Tx, addition: Addition): Promise<string[]> {
  const { account, operationKey, buckets, startsAt, now, period } = addition;
  // A plan without minutes has no bucket of none.
  const filled = buckets.filter(({ amount }) => amount > 0);
  if (filled.length === 0) return [];
  const rows = filled.map((bucket) => {
    const { type, name, amount, weight, validity, destinations } = bucket;
    const ofPlan = period !== undefined && isOfPlan(bucket);
    return {
      ...{ id: randomUUID(), serviceUuid: account, operationKey, type, name, unit: unitOf[type], weight },
      ...{ total: amount, startsAt, createdAt: now },
      destinations: destinations ? [...new Set(destinations)].sort() : null,
      expiresAt: (ofPlan ? period.endsAt : null) ?? expiryOf(validity, startsAt),
      periodId: ofPlan ? period.id : null,
    };
  });
  return insertBuckets(tx, rows);
}

type NewBucket = Insertable<ChargingTables['chargingBuckets']>;

/** The buckets of a period once more, full, for the one that follows it. The account is locked, as for addBuckets. */
export async function repeatBuckets(
  tx: Tx,
  ofPeriod: string,
  { id, startsAt, endsAt }: { readonly id: string; readonly startsAt: Date; readonly endsAt: Date },
  { operationKey, now }: Pick<Addition, 'operationKey' | 'now'>,
): Promise<string[]> {
  const rows = await tx.selectFrom('chargingBuckets').selectAll().where('periodId', '=', ofPeriod).execute();
  const times = { startsAt, expiresAt: endsAt, createdAt: now };
  return insertBuckets(
    tx,
    rows.map((row) => ({ ...row, ...times, id: randomUUID(), operationKey, used: 0, periodId: id })),
  );
}

async function insertBuckets(tx: Tx, rows: readonly NewBucket[]): Promise<string[]> {
  if (rows.length === 0) return [];
  await tx.insertInto('chargingBuckets').values(rows).execute();
  await rerate(tx, spansOf(rows));
  return rows.map(({ id }) => id);
}

/** What may be rated otherwise by these buckets of one account: usage of their types since they start. */
export function spansOf(buckets: readonly Pick<NewBucket, 'serviceUuid' | 'type' | 'startsAt'>[]): Span[] {
  const spans = new Map<string, Span>();
  for (const { serviceUuid, type, startsAt } of buckets) {
    const span = spans.get(type);
    if (!span || startsAt < span.from) spans.set(type, { account: serviceUuid, type, from: startsAt });
  }
  return [...spans.values()];
}
