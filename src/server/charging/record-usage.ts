import { sql } from 'kysely';
import type { BalanceType, Destination } from '#core/domain/charging.ts';
import type { Reader, Tx } from '../database/connection.ts';
import { lockAccounts } from './locks.ts';
import { rerate, type Span } from './rerate.ts';

/** A record whose service is known. */
export interface NewUsage {
  readonly id: string;
  readonly account: string;
  /** How the reporter named the service. */
  readonly subscriber: string;
  readonly type: BalanceType;
  readonly destination: Destination;
  readonly quantity: number;
  readonly at: Date;
  readonly peer: string | null;
}

export interface Reporting {
  readonly now: Date;
  /** Who reports, such as `api_key:3`. */
  readonly by: string;
}

export type Recorded = 'accepted' | 'duplicate' | 'conflict' | 'no_account';

/** What is stored of records, by id: for telling a repetition from another record under the same id. */
export async function storedUsage(reader: Reader, ids: readonly string[]): Promise<Map<string, NewUsage>> {
  if (ids.length === 0) return new Map();
  const rows = await reader
    .selectFrom('usageRecords')
    .select(['id', 'serviceUuid as account', 'subscriber', 'type', 'destination', 'quantity', 'at', 'peer'])
    .where('id', '=', sql<string>`any(${ids}::text[])`)
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/** True when both say the same; the service may be named in another way. */
export function isSameUsage(a: NewUsage, b: Omit<NewUsage, 'account'> & { readonly account: string | null }): boolean {
  const sameService = a.subscriber === b.subscriber || a.account === b.account;
  const sameUse = a.type === b.type && a.destination === b.destination && a.quantity === b.quantity;
  return sameService && sameUse && a.at.getTime() === b.at.getTime() && a.peer === b.peer;
}

/**
 * Records usage and rates it: each id once, whatever comes at the same moment elsewhere. Ids must differ within `records`.
 * Accounts are locked in one order and ids are taken in one order, so batches that overlap wait for each other in turn.
 * Who reported a record and when is kept with it; there are no audit lines of usage.
 */
export async function recordUsage(
  tx: Tx,
  records: readonly NewUsage[],
  reporting: Reporting,
): Promise<Map<string, Recorded>> {
  const accounts = await lockAccounts(tx, [...new Set(records.map(({ account }) => account))]);
  const known = records.filter(({ account }) => accounts.has(account));
  const added = await insertRecords(tx, known, reporting);
  const accepted = known.filter(({ id }) => added.has(id));
  await rerate(tx, spansOf(accepted), added);
  const stored = await storedUsage(
    tx,
    known.filter(({ id }) => !added.has(id)).map(({ id }) => id),
  );
  const outcomeOf = (record: NewUsage): Recorded => {
    if (!accounts.has(record.account)) return 'no_account';
    if (added.has(record.id)) return 'accepted';
    const first = stored.get(record.id);
    return first && isSameUsage(first, record) ? 'duplicate' : 'conflict';
  };
  return new Map(records.map((record) => [record.id, outcomeOf(record)]));
}

/** Gives the ids that were not there yet. */
async function insertRecords(tx: Tx, records: readonly NewUsage[], { now, by }: Reporting): Promise<Set<string>> {
  if (records.length === 0) return new Set();
  const inOrder = records.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const column = <K extends keyof NewUsage>(name: K) => inOrder.map((record) => record[name]);
  // Uncovered is set by the rating that follows, where there is any.
  const { rows } = await sql<{ id: string }>`
    insert into usage_records (id, service_uuid, subscriber, type, destination, quantity, at, peer, uncovered,
      recorded_at, recorded_by)
    select r.id, r.account, r.subscriber, r.type, r.destination, r.quantity, r.at, r.peer, 0, ${now}, ${by}
    from unnest(${column('id')}::text[], ${column('account')}::uuid[], ${column('subscriber')}::text[],
      ${column('type')}::text[], ${column('destination')}::text[], ${column('quantity')}::bigint[],
      ${inOrder.map(({ at }) => at.toISOString())}::timestamptz[], ${column('peer')}::text[])
      with ordinality as r (id, account, subscriber, type, destination, quantity, at, peer, place)
    order by r.place
    on conflict (id) do nothing
    returning id`.execute(tx);
  return new Set(rows.map(({ id }) => id));
}

/** One for each type of an account, from the earliest of its records on. */
function spansOf(records: readonly NewUsage[]): Span[] {
  const spans = new Map<string, Span>();
  for (const { account, type, at } of records) {
    const key = `${account} ${type}`;
    const span = spans.get(key);
    if (!span || at < span.from) spans.set(key, { account, type, from: at });
  }
  return [...spans.values()];
}
