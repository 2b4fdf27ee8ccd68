import type { PortalActivity } from '#core/domain/portal.ts';
import { activityOf, type ImpersonationFact, shownActions } from '#core/portal/activity.ts';
import { listEntriesOfCustomer } from '../audit/read.ts';
import type { Reader } from '../database/connection.ts';
import { type Page, pageFrom, readIdCursor } from '../http/page.ts';
import type { PortalCaller } from './context.ts';

/** What happened to the caller's customer, newest first, as far as a customer may know it. */
export async function listPortalActivity(
  reader: Reader,
  caller: PortalCaller,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<Page<PortalActivity>> {
  const entries = await listEntriesOfCustomer(reader, caller.customerId, {
    ...{ actions: shownActions, before: readIdCursor(cursor), limit: limit + 1 },
  });
  const reasons = await impersonationsOf(
    reader,
    caller.customerId,
    entries.flatMap(({ detail }) => impersonationIdOf(detail) ?? []),
  );
  const page = pageFrom(
    entries,
    limit,
    ({ id }) => ({ id }),
    (entry) => activityOf(entry, caller, reasons.get(impersonationIdOf(entry.detail) ?? '') ?? null),
  );
  return { items: page.items.filter((item) => item !== null), nextCursor: page.nextCursor };
}

function impersonationIdOf({ impersonationId }: Readonly<Record<string, unknown>>): string | null {
  return typeof impersonationId === 'string' ? impersonationId : null;
}

/** IM-7: who looked through the customer's eyes, and why. */
async function impersonationsOf(
  reader: Reader,
  customerId: number,
  ids: readonly string[],
): Promise<Map<string, ImpersonationFact>> {
  if (ids.length === 0) return new Map();
  const rows = await reader
    .selectFrom('impersonations')
    .innerJoin('users', 'users.id', 'impersonations.userId')
    .select(['impersonations.id', 'impersonations.reason', 'users.name as staffName'])
    .where('impersonations.id', 'in', [...new Set(ids)])
    .where('impersonations.customerId', '=', customerId)
    .execute();
  return new Map(rows.map(({ id, ...fact }) => [id, fact]));
}
