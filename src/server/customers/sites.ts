import type { z } from 'zod';
import type { Site, siteInputSchema } from '#core/domain/customer.ts';
import type { CommandContext } from '../context.ts';
import type { Reader } from '../database/connection.ts';
import { type Page, pageFrom, readCursor } from '../http/page.ts';
import { requireCustomer } from './customer-rows.ts';

/** Throws not_found for an unknown customer. */
export async function listSites(
  reader: Reader,
  { id, limit, cursor }: { id: number; limit: number; cursor?: string },
): Promise<Page<Site>> {
  await requireCustomer(reader, id);
  const rows = await reader
    .selectFrom('sites')
    .selectAll()
    .where('customerId', '=', id)
    .where('id', '>', readCursor<{ id: number }>(cursor)?.id ?? 0)
    .orderBy('id')
    .limit(limit + 1)
    .execute();
  return pageFrom(
    rows,
    limit,
    (row) => ({ id: row.id }),
    (row) => row,
  );
}

type SiteInput = z.output<typeof siteInputSchema> & { id: number };

export async function createSite(context: CommandContext, input: SiteInput): Promise<Site> {
  const { id: customerId, name, address } = input;
  await requireCustomer(context.tx, customerId);
  const site = await context.tx
    .insertInto('sites')
    .values({ customerId, name, address })
    .returningAll()
    .executeTakeFirstOrThrow();
  context.audit({
    action: 'site.created',
    subject: { type: 'site', id: site.id },
    customerId,
    detail: { name, address },
  });
  return site;
}
