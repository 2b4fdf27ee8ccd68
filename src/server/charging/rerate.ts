import { sql } from 'kysely';
import { type Bucket, type Part, type Rating, replay, type Usage } from '#core/charging/consume.ts';
import type { BalanceType, Destination } from '#core/domain/charging.ts';
import type { Tx } from '../database/connection.ts';
import { type Changes, writeChanges } from './rerate-writes.ts';

/** What is to be rated again: the usage of one type of one account, from a time on. */
export interface Span {
  readonly account: string;
  readonly type: BalanceType;
  readonly from: Date;
}

interface StoredRecord extends Usage {
  readonly group: string;
  readonly uncovered: number;
}
interface StoredBucket extends Bucket {
  readonly group: string;
  readonly used: number;
}

/**
 * Rates all records of the spans again, in the order of their own times, so that balances are what they would be had every
 * record come in time. The caller has locked the accounts; the records are in their table. Harmless to repeat.
 *
 * What it costs is bounded by how late the oldest record is: usage in order plays itself only, a late record plays what its
 * service used of its type since (no record is taken that is older than 90 days), a new bucket plays what was used since it
 * starts, which as a rule is nothing. Only what differs is written. `fresh`: records that were never rated before.
 */
export async function rerate(tx: Tx, spans: readonly Span[], fresh: ReadonlySet<string> = new Set()): Promise<void> {
  if (spans.length === 0) return;
  const records = await recordsOf(tx, spans);
  if (records.length === 0) return;
  const before = await partsOf(
    tx,
    records.filter(({ id }) => !fresh.has(id)),
  );
  const buckets = Map.groupBy(await bucketsOf(tx, spans), ({ group }) => group);
  const changes: Changes = { parts: [], gone: [], uncovered: [], used: [] };
  for (const [group, played] of Map.groupBy(records, ({ group }) => group)) {
    rerateGroup(played, buckets.get(group) ?? [], before, changes);
  }
  await writeChanges(tx, changes);
}

function rerateGroup(
  records: readonly StoredRecord[],
  buckets: readonly StoredBucket[],
  before: ReadonlyMap<string, readonly Part[]>,
  changes: Changes,
): void {
  const usedBefore = new Map(buckets.map(({ id, used }) => [id, used]));
  for (const { id } of records) {
    for (const { bucketId, quantity } of before.get(id) ?? []) {
      const used = usedBefore.get(bucketId);
      if (used === undefined)
        throw new Error(`record ${id} is paid for by bucket ${bucketId}, which is not of its span`);
      usedBefore.set(bucketId, used - quantity);
    }
  }
  const { ratings, used } = replay(buckets, records, usedBefore);
  for (const [index, rating] of ratings.entries()) {
    const record = records[index];
    if (record?.id !== rating.recordId) throw new Error('records were not read in the order of rating');
    compareRating(rating, record, before.get(record.id) ?? [], changes);
  }
  for (const bucket of buckets) {
    const now = used.get(bucket.id) ?? 0;
    if (now !== bucket.used) changes.used.push({ bucketId: bucket.id, used: now });
  }
}

function compareRating(rating: Rating, record: StoredRecord, before: readonly Part[], changes: Changes): void {
  const { recordId, parts, uncovered } = rating;
  const old = new Map(before.map(({ bucketId, quantity }) => [bucketId, quantity]));
  for (const { bucketId, quantity } of parts) {
    if (old.get(bucketId) !== quantity) changes.parts.push({ recordId, bucketId, quantity });
    old.delete(bucketId);
  }
  for (const bucketId of old.keys()) changes.gone.push({ recordId, bucketId });
  if (uncovered !== record.uncovered) changes.uncovered.push({ recordId, uncovered });
}

const groupOf = (account: string, type: BalanceType) => `${account} ${type}`;

function spanTable(spans: readonly Span[]) {
  const accounts = spans.map(({ account }) => account);
  const types = spans.map(({ type }) => type);
  const since = spans.map(({ from }) => from.toISOString());
  return sql`unnest(${accounts}::uuid[], ${types}::text[], ${since}::timestamptz[]) as s (account, type, since)`;
}

async function recordsOf(tx: Tx, spans: readonly Span[]): Promise<StoredRecord[]> {
  interface Row {
    id: string;
    serviceUuid: string;
    type: BalanceType;
    destination: Destination;
    quantity: number;
    uncovered: number;
    at: Date;
  }
  // Lateral with an order of its own: one walk along the index for each span, whatever the planner thinks of their number.
  const { rows } = await sql<Row>`
    select r.* from ${spanTable(spans)} cross join lateral (
      select id, service_uuid, type, destination, quantity, uncovered, at from usage_records u
      where u.service_uuid = s.account and u.type = s.type and u.at >= s.since
      order by u.at, u.id
    ) r`.execute(tx);
  return rows.map(({ serviceUuid, at, ...row }) => ({
    ...row,
    at: at.getTime(),
    group: groupOf(serviceUuid, row.type),
  }));
}

/** What pays for the records as yet, by record. */
async function partsOf(tx: Tx, records: readonly StoredRecord[]): Promise<Map<string, Part[]>> {
  if (records.length === 0) return new Map();
  const ids = records.map(({ id }) => id);
  const rows = await tx
    .selectFrom('usageConsumptions')
    .selectAll()
    .where('recordId', '=', sql<string>`any(${ids}::text[])`)
    .execute();
  return Map.groupBy(rows, ({ recordId }) => recordId);
}

/** Every bucket that lives at some time of its span. */
async function bucketsOf(tx: Tx, spans: readonly Span[]): Promise<StoredBucket[]> {
  interface Row {
    id: string;
    serviceUuid: string;
    type: BalanceType;
    weight: number;
    total: number;
    used: number;
    destinations: Destination[] | null;
    startsAt: Date;
    expiresAt: Date | null;
  }
  const { rows } = await sql<Row>`
    select b.id, b.service_uuid, b.type, b.weight, b.total, b.used, b.destinations, b.starts_at, b.expires_at
    from ${spanTable(spans)} join charging_buckets b
      on b.service_uuid = s.account and b.type = s.type and (b.expires_at is null or b.expires_at > s.since)`.execute(
    tx,
  );
  return rows.map(({ serviceUuid, startsAt, expiresAt, ...row }) => ({
    ...row,
    startsAt: startsAt.getTime(),
    expiresAt: expiresAt?.getTime() ?? null,
    group: groupOf(serviceUuid, row.type),
  }));
}
