import { sql } from 'kysely';
import type { UsageRecord } from '#core/contract/central/usage.ts';
import type { Reader } from '../database/connection.ts';

/** How a record names its service, as one text: numbers in E.164 with their plus. */
export function subscriberOf(service: UsageRecord['service']): string {
  if ('serviceId' in service) return `id:${service.serviceId}`;
  if ('imsi' in service) return `imsi:${service.imsi}`;
  return `msisdn:+${service.msisdn.replace('+', '')}`;
}

/** The charging accounts of subscribers, by their text; who is not known is left out. */
export async function accountsOfSubscribers(
  reader: Reader,
  subscribers: readonly string[],
): Promise<Map<string, string>> {
  const named = (prefix: string) =>
    subscribers.filter((text) => text.startsWith(prefix)).map((text) => text.slice(prefix.length));
  const [ids, msisdns, imsis] = [named('id:'), named('msisdn:'), named('imsi:')];
  const { rows } = await sql<{ subscriber: string; uuid: string }>`
    select 'id:' || id as subscriber, uuid from services where id = any(${ids}::integer[])
    union all
    select 'msisdn:' || i.msisdn, s.uuid from items i join services s on s.id = i.service_id
      where i.msisdn = any(${msisdns}::text[])
    union all
    select 'imsi:' || i.imsi, s.uuid from items i join services s on s.id = i.service_id
      where i.imsi = any(${imsis}::text[])`.execute(reader);
  return new Map(rows.map(({ subscriber, uuid }) => [subscriber, uuid]));
}
