import { sql } from 'kysely';
import type { Tx } from '../database/connection.ts';

/** What rating again came to, where it differs from what is stored. */
export interface Changes {
  readonly parts: { recordId: string; bucketId: string; quantity: number }[];
  readonly gone: { recordId: string; bucketId: string }[];
  readonly uncovered: { recordId: string; uncovered: number }[];
  readonly used: { bucketId: string; used: number }[];
}

/** Writes each kind of change with one statement. */
export async function writeChanges(tx: Tx, { parts, gone, uncovered, used }: Changes): Promise<void> {
  if (gone.length > 0) {
    await sql`delete from usage_consumptions c
      using unnest(${gone.map(({ recordId }) => recordId)}::text[], ${gone.map(({ bucketId }) => bucketId)}::uuid[])
        as g (record_id, bucket_id)
      where c.record_id = g.record_id and c.bucket_id = g.bucket_id`.execute(tx);
  }
  if (parts.length > 0) {
    await sql`insert into usage_consumptions (record_id, bucket_id, quantity)
      select * from unnest(${parts.map(({ recordId }) => recordId)}::text[],
        ${parts.map(({ bucketId }) => bucketId)}::uuid[], ${parts.map(({ quantity }) => quantity)}::bigint[])
      on conflict (record_id, bucket_id) do update set quantity = excluded.quantity`.execute(tx);
  }
  if (uncovered.length > 0) {
    await sql`update usage_records r set uncovered = n.uncovered
      from unnest(${uncovered.map(({ recordId }) => recordId)}::text[],
        ${uncovered.map((each) => each.uncovered)}::bigint[]) as n (record_id, uncovered)
      where r.id = n.record_id`.execute(tx);
  }
  if (used.length > 0) {
    await sql`update charging_buckets b set used = n.used
      from unnest(${used.map(({ bucketId }) => bucketId)}::uuid[], ${used.map((each) => each.used)}::bigint[])
        as n (bucket_id, used)
      where b.id = n.bucket_id`.execute(tx);
  }
}
