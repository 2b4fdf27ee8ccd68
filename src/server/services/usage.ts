import type { BalanceType, ServiceUsage, UsageEntry } from '#core/domain/charging.ts';
import { periodAt } from '../charging/periods.ts';
import { entriesOfAccount, lastTopUpOf, usageOfAccount } from '../charging/usage-reads.ts';
import type { Reader } from '../database/connection.ts';
import { fail } from '../http/errors.ts';
import type { Page } from '../http/page.ts';

/** A service to read of; with `customerId` only when it is theirs. */
export interface ServiceChoice {
  readonly serviceId: number;
  readonly customerId?: number;
}

async function findService(reader: Reader, { serviceId, customerId }: ServiceChoice) {
  const row = await reader
    .selectFrom('services')
    .select(['id', 'uuid', 'period', 'createdAt', 'activatedAt', 'expiresAt'])
    .where('id', '=', serviceId)
    .$if(customerId !== undefined, (query) => query.where('customerId', '=', customerId ?? 0))
    .executeTakeFirst();
  if (!row) throw fail('not_found', { what: 'service' });
  return row;
}

/** A service's use since its last renewal and over the last 30 days. Throws not_found, for a foreign customer's alike. */
export async function usageOfService(reader: Reader, choice: ServiceChoice, now: Date): Promise<ServiceUsage> {
  const { id, uuid, period, createdAt, activatedAt, expiresAt } = await findService(reader, choice);
  const running = await periodAt(reader, uuid, now);
  const startsAt = running?.startsAt ?? activatedAt ?? createdAt;
  const [types, lastTopUp] = await Promise.all([
    usageOfAccount(reader, uuid, { periodStart: startsAt, now }),
    lastTopUpOf(reader, uuid),
  ]);
  const endsAt = period === null ? null : (expiresAt?.toISOString() ?? null);
  return { serviceId: id, period: { startsAt: startsAt.toISOString(), endsAt }, types, lastTopUp };
}

interface EntriesChoice extends ServiceChoice {
  readonly type?: BalanceType | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** A service's single calls, sessions and messages, newest first. Throws not_found, for a foreign customer's alike. */
export async function listUsageEntries(
  reader: Reader,
  { type, limit, cursor, ...choice }: EntriesChoice,
): Promise<Page<UsageEntry>> {
  const { uuid } = await findService(reader, choice);
  return entriesOfAccount(reader, { account: uuid, type, limit, cursor });
}
