import { sql } from 'kysely';
import type { Balance } from '#core/domain/service.ts';
import type { Reader } from '../database/connection.ts';

/** Living buckets in the order they are used: lowest weight, then what expires first, then the older (domain.md 8 (1)). */
export async function listBalances(reader: Reader, account: string, now: Date): Promise<Balance[]> {
  return (await listBalancesOf(reader, [account], now)).get(account) ?? [];
}

/** The same for several accounts at once; those without living buckets are left out. */
export async function listBalancesOf(
  reader: Reader,
  accounts: readonly string[],
  now: Date,
): Promise<Map<string, Balance[]>> {
  if (accounts.length === 0) return new Map();
  const rows = await reader
    .selectFrom('chargingBuckets')
    .selectAll()
    .where('serviceUuid', '=', sql<string>`any(${accounts}::uuid[])`)
    .where('startsAt', '<=', now)
    .where((where) => where.or([where('expiresAt', 'is', null), where('expiresAt', '>', now)]))
    .orderBy('weight')
    .orderBy('expiresAt', (order) => order.asc().nullsLast())
    .orderBy('startsAt')
    .orderBy('id')
    .execute();
  const byAccount = new Map<string, Balance[]>();
  for (const { serviceUuid, total, used, expiresAt, ...row } of rows) {
    const balances = byAccount.get(serviceUuid) ?? [];
    const { id, type, name, unit, weight, destinations } = row;
    const order = balances.filter((other) => other.type === type).length + 1;
    const remaining = total - used;
    const until = expiresAt?.toISOString() ?? null;
    balances.push({ id, type, name, total, used, remaining, unit, weight, order, destinations, expiresAt: until });
    byAccount.set(serviceUuid, balances);
  }
  return byAccount;
}
