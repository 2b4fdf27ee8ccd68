import { sql } from 'kysely';
import type { Tx } from '../database/connection.ts';

/**
 * Locks accounts until the transaction ends, so that all that changes one of them goes one after the other. Always in one
 * order, so that two batches never wait for each other. Gives those that there are, closed ones too.
 */
export async function lockAccounts(
  tx: Tx,
  accounts: readonly string[],
): Promise<Map<string, { readonly closedAt: Date | null }>> {
  if (accounts.length === 0) return new Map();
  const rows = await tx
    .selectFrom('chargingAccounts')
    .select(['serviceUuid', 'closedAt'])
    .where('serviceUuid', '=', sql<string>`any(${accounts}::uuid[])`)
    .orderBy('serviceUuid')
    .forUpdate()
    .execute();
  return new Map(rows.map(({ serviceUuid, closedAt }) => [serviceUuid, { closedAt }]));
}
