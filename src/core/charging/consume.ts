import type { Destination } from '../domain/charging.ts';

/** What consumption has to know of a bucket. All of one type of one account. Instants are milliseconds. */
export interface Bucket {
  readonly id: string;
  readonly total: number;
  /** Lowest is used first. */
  readonly weight: number;
  readonly startsAt: number;
  /** Null: never. */
  readonly expiresAt: number | null;
  /** What it pays for; null for everything of its type. */
  readonly destinations: readonly Destination[] | null;
}

/** A piece of usage: what was used, where to and when. */
export interface Usage {
  readonly id: string;
  readonly at: number;
  readonly destination: Destination;
  readonly quantity: number;
}

export interface Part {
  readonly bucketId: string;
  readonly quantity: number;
}

/** How one record is paid for: its parts and what no bucket covers sum to its quantity. */
export interface Rating {
  readonly recordId: string;
  readonly parts: readonly Part[];
  readonly uncovered: number;
}

export interface Replayed {
  /** One for each record, in order. */
  readonly ratings: readonly Rating[];
  /** What is used of each bucket in the end. */
  readonly used: ReadonlyMap<string, number>;
}

const compare = <T extends number | string>(a: T, b: T) => (a < b ? -1 : a > b ? 1 : 0);

/** The order of use: lowest weight, then what expires first, then the older; the id settles the rest (domain.md 8 (1)). */
export function compareBuckets(a: Bucket, b: Bucket): number {
  const expiry = ({ expiresAt }: Bucket) => expiresAt ?? Number.POSITIVE_INFINITY;
  return (
    compare(a.weight, b.weight) ||
    compare(expiry(a), expiry(b)) ||
    compare(a.startsAt, b.startsAt) ||
    compare(a.id, b.id)
  );
}

/** The order of rating: by the record's own time, never by when it arrived; the id settles the rest. */
export function compareUsage(a: Usage, b: Usage): number {
  return compare(a.at, b.at) || compare(a.id, b.id);
}

/** True when the bucket lived at the record's own time and is for its destination. What is left of it does not count. */
export function applies({ startsAt, expiresAt, destinations }: Bucket, { at, destination }: Usage): boolean {
  if (at < startsAt || (expiresAt !== null && at >= expiresAt)) return false;
  return destinations === null || destinations.includes(destination);
}

/**
 * Rates records one after the other, each over the buckets that apply to it in their order of use. `usedBefore` is what
 * earlier records took. Takes both lists in any order.
 *
 * What comes out depends on the set of records and the set of buckets alone. So whoever learns of a record late plays all
 * from its time on again, with `usedBefore` as it was then, and is where one would be who had learned of it in time.
 */
export function replay(
  buckets: readonly Bucket[],
  records: readonly Usage[],
  usedBefore: ReadonlyMap<string, number> = new Map(),
): Replayed {
  const inOrder = buckets.toSorted(compareBuckets);
  const used = new Map(inOrder.map(({ id }) => [id, usedBefore.get(id) ?? 0]));
  const ratings = records.toSorted(compareUsage).map((record) => rate(inOrder, record, used));
  return { ratings, used };
}

function rate(inOrder: readonly Bucket[], record: Usage, used: Map<string, number>): Rating {
  const parts: Part[] = [];
  let open = record.quantity;
  for (const bucket of inOrder) {
    if (open === 0) break;
    if (!applies(bucket, record)) continue;
    const before = used.get(bucket.id) ?? 0;
    const quantity = Math.min(open, bucket.total - before);
    if (quantity <= 0) continue;
    used.set(bucket.id, before + quantity);
    parts.push({ bucketId: bucket.id, quantity });
    open -= quantity;
  }
  return { recordId: record.id, parts, uncovered: open };
}
