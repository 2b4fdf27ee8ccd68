import { sql } from 'kysely';
import type { Balance, Service } from '#core/domain/service.ts';
import { listBalances } from '../charging/balances.ts';
import type { QueryContext } from '../context.ts';
import type { Reader } from '../database/connection.ts';
import { fail } from '../http/errors.ts';
import { type Page, pageFrom, readCursor } from '../http/page.ts';
import { listItemsOfService } from '../inventory/item-rows.ts';
import { addOnsOf } from './of-customer.ts';

function serviceRows(reader: Reader) {
  return reader
    .selectFrom('services')
    .innerJoin('customers', 'customers.id', 'services.customerId')
    .innerJoin('products', 'products.id', 'services.productId')
    .selectAll('services')
    .select(['customers.name as customerName', 'products.slug as productSlug', 'products.name as productName'])
    .select((select) =>
      select
        .selectFrom('jobs')
        .select(sql<number | null>`max(jobs.id)`.as('id'))
        .whereRef('jobs.serviceId', '=', 'services.id')
        .as('lastJobId'),
    );
}
type ServiceViewRow = Awaited<ReturnType<ReturnType<typeof serviceRows>['executeTakeFirstOrThrow']>>;

/** One service with its items, balances and add-ons. Throws not_found. */
export async function getService(reader: Reader, id: number, now: Date): Promise<Service> {
  const row = await serviceRows(reader).where('services.id', '=', id).executeTakeFirst();
  if (!row) throw fail('not_found', { what: 'service' });
  return complete(reader, row, now);
}

/** A customer's services, newest first. */
export async function listServicesOfCustomer(
  { db, clock }: Pick<QueryContext, 'db' | 'clock'>,
  { id, limit, cursor }: { id: number; limit: number; cursor?: string },
): Promise<Page<Service>> {
  const before = readCursor<{ id: number }>(cursor)?.id;
  let query = serviceRows(db)
    .where('services.customerId', '=', id)
    .orderBy('services.id', 'desc')
    .limit(limit + 1);
  if (before !== undefined) query = query.where('services.id', '<', Number(before));
  const page = pageFrom(
    await query.execute(),
    limit,
    (row) => ({ id: row.id }),
    (row) => row,
  );
  const now = clock.now();
  const items = await Promise.all(page.items.map((row) => complete(db, row, now)));
  return { items, nextCursor: page.nextCursor };
}

/** Buckets in the order they are used. Throws not_found. */
export async function balancesOfService(reader: Reader, id: number, now: Date): Promise<Balance[]> {
  const row = await reader.selectFrom('services').select('uuid').where('id', '=', id).executeTakeFirst();
  if (!row) throw fail('not_found', { what: 'service' });
  return listBalances(reader, row.uuid, now);
}

async function complete(reader: Reader, row: ServiceViewRow, now: Date): Promise<Service> {
  const [items, balances, addons] = await Promise.all([
    listItemsOfService(reader, row.id, now),
    listBalances(reader, row.uuid, now),
    addOnsOf(reader, row.id),
  ]);
  return {
    ...{ id: row.id, name: row.name, status: row.status, serviceType: row.serviceType },
    product: { id: row.productId, slug: row.productSlug, name: row.productName },
    ...{ customerId: row.customerId, customerName: row.customerName, autoRenew: row.autoRenew, siteId: row.siteId },
    createdAt: row.createdAt.toISOString(),
    activatedAt: row.activatedAt?.toISOString() ?? null,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    monthlyCost: { amount: row.monthlyAmount, currency: row.currency },
    items: items.map(({ id, template, templateName, label, identifiers }) => ({
      ...{ id, template, templateName, label, identifiers },
    })),
    addons: addons.map(({ orderId, name, at }) => ({ orderId, productName: name, at: at.toISOString() })),
    ...{ balances, lastJobId: row.lastJobId },
  };
}
