import { sql } from 'kysely';
import { z } from 'zod';
import { hidePeer } from '#core/charging/hide-peer.ts';
import {
  type BalanceType,
  balanceTypeSchema,
  type Destination,
  destinationSchema,
  type ServiceUsage,
  type UsageEntry,
  type UsageOfType,
} from '#core/domain/charging.ts';
import type { Reader } from '../database/connection.ts';
import { type Page, pageFrom, readCursorAs } from '../http/page.ts';
import { listBalances } from './balances.ts';

const DAY_MS = 86_400_000;
const DAYS = 30;
const unitOf = { data: 'byte', voice: 'second', sms: 'message', monetary: 'minor_unit' } as const;

/**
 * One account's use by type, since `periodStart`: what it has and had, where it went, day by day over the last 30 days in
 * UTC. Types that it neither has nor used are left out.
 */
export async function usageOfAccount(
  reader: Reader,
  account: string,
  { periodStart, now }: { readonly periodStart: Date; readonly now: Date },
): Promise<UsageOfType[]> {
  const days = lastDays(now);
  const [balances, sums, perDay] = await Promise.all([
    listBalances(reader, account, now),
    sumsSince(reader, account, periodStart),
    sumsByDay(reader, account, days[0] ?? ''),
  ]);
  return balanceTypeSchema.options.flatMap((type): UsageOfType[] => {
    const living = balances.filter((balance) => balance.type === type);
    const used = sums.filter((sum) => sum.type === type);
    const ofType = new Map(perDay.filter((sum) => sum.type === type).map(({ day, quantity }) => [day, quantity]));
    if (living.length + used.length + ofType.size === 0) return [];
    return [
      {
        ...{ type, unit: unitOf[type] },
        ...{ total: sumOf(living, 'total'), remaining: sumOf(living, 'remaining') },
        ...{ usedThisPeriod: sumOf(used, 'quantity'), uncovered: sumOf(used, 'uncovered') },
        byDestination: destinationSchema.options.map((destination) => {
          const there = used.filter((sum) => sum.destination === destination);
          return { destination, quantity: sumOf(there, 'quantity') };
        }),
        days: days.map((day) => ({ day, quantity: ofType.get(day) ?? 0 })),
      },
    ];
  });
}

function sumOf<K extends string>(rows: readonly Record<K, number>[], key: K): number {
  return rows.reduce((sum, row) => sum + row[key], 0);
}

/** Calendar days in UTC, oldest first, today last. */
function lastDays(now: Date): string[] {
  return Array.from({ length: DAYS }, (_, index) =>
    new Date(now.getTime() - (DAYS - 1 - index) * DAY_MS).toISOString().slice(0, 10),
  );
}

async function sumsSince(reader: Reader, account: string, since: Date) {
  const { rows } = await sql<{ type: BalanceType; destination: Destination; quantity: number; uncovered: number }>`
    select type, destination, sum(quantity)::bigint as quantity, sum(uncovered)::bigint as uncovered
    from usage_records where service_uuid = ${account} and at >= ${since}
    group by type, destination`.execute(reader);
  return rows;
}

async function sumsByDay(reader: Reader, account: string, firstDay: string) {
  const { rows } = await sql<{ type: BalanceType; day: string; quantity: number }>`
    select type, to_char(at at time zone 'UTC', 'YYYY-MM-DD') as day, sum(quantity)::bigint as quantity
    from usage_records where service_uuid = ${account} and at >= ${`${firstDay}T00:00:00.000Z`}
    group by 1, 2`.execute(reader);
  return rows;
}

/** The last money that came on the account besides its plan; null when none did. */
export async function lastTopUpOf(reader: Reader, account: string): Promise<ServiceUsage['lastTopUp']> {
  const row = await reader
    .selectFrom('chargingBuckets')
    .innerJoin('chargingAccounts', 'chargingAccounts.serviceUuid', 'chargingBuckets.serviceUuid')
    .select(['chargingBuckets.total', 'chargingBuckets.createdAt', 'chargingAccounts.currency'])
    .where('chargingBuckets.serviceUuid', '=', account)
    .where('chargingBuckets.type', '=', 'monetary')
    .where('chargingBuckets.periodId', 'is', null)
    .orderBy('chargingBuckets.createdAt', 'desc')
    .orderBy('chargingBuckets.id')
    .limit(1)
    .executeTakeFirst();
  if (!row || row.currency === null) return null;
  return { amount: row.total, currency: row.currency, at: row.createdAt.toISOString() };
}

export interface EntriesOf {
  readonly account: string;
  readonly type?: BalanceType | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Where a page ended. A cursor is the caller's text: PostgreSQL takes no NUL. */
const placeSchema = z.object({
  at: z.iso.datetime(),
  id: z
    .string()
    .max(200)
    .regex(/^[^\0]*$/),
});

/** Single records, newest first; other parties' numbers partly hidden. Throws invalid_input for a foreign cursor. */
export async function entriesOfAccount(
  reader: Reader,
  { account, type, limit, cursor }: EntriesOf,
): Promise<Page<UsageEntry>> {
  const after = readCursorAs(placeSchema, cursor);
  const rows = await reader
    .selectFrom('usageRecords')
    .select(['id', 'at', 'type', 'destination', 'quantity', 'peer'])
    .where('serviceUuid', '=', account)
    .$if(type !== undefined, (query) => query.where('type', '=', type ?? 'data'))
    .$if(after !== undefined, (query) => query.where(sql<boolean>`(at, id) < (${after?.at}, ${after?.id})`))
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  const place = ({ at, id }: { at: Date; id: string }) => ({ at: at.toISOString(), id });
  return pageFrom(rows, limit, place, ({ at, peer, ...row }) => ({
    ...row,
    at: at.toISOString(),
    peer: peer === null ? null : hidePeer(peer),
  }));
}
