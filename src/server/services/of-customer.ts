import { sql } from 'kysely';
import type { Balance } from '#core/domain/service.ts';
import type { Reader } from '../database/connection.ts';
import { fail } from '../http/errors.ts';

/** A customer's services with what they were sold as. Bound to the customer: another's are not there. */
export function servicesOf(reader: Reader, customerId: number) {
  return reader
    .selectFrom('services')
    .innerJoin('products', 'products.id', 'services.productId')
    .select(['services.id', 'services.uuid', 'services.name', 'services.status', 'services.serviceType'])
    .select(['services.createdAt', 'services.activatedAt', 'services.expiresAt', 'services.autoRenew'])
    .select(['services.monthlyAmount', 'services.currency', 'services.period', 'services.siteId'])
    .select(['products.name as productName', 'products.description as productDescription', 'products.terms'])
    .where('services.customerId', '=', customerId);
}
export type CustomerService = Awaited<ReturnType<ReturnType<typeof servicesOf>['executeTakeFirstOrThrow']>>;

/** One service of the customer's own. Another's is not found, as one that never was. */
export async function requireServiceOf(reader: Reader, customerId: number, id: number): Promise<CustomerService> {
  const found = await servicesOf(reader, customerId).where('services.id', '=', id).executeTakeFirst();
  if (!found) throw fail('not_found', { what: 'service' });
  return found;
}

export interface ServiceState {
  readonly id: number;
  readonly name: string;
  readonly status: CustomerService['status'];
  readonly expiresAt: Date | null;
  readonly autoRenew: boolean;
  readonly monthlyAmount: number;
  /** Over the living buckets of each type. */
  readonly left: { type: Balance['type']; remaining: number; total: number }[];
}

/** How each of a customer's services in use stands, with what is left of it; the newest first. */
export async function statesOfServices(reader: Reader, customerId: number, now: Date): Promise<ServiceState[]> {
  const rows = await reader
    .selectFrom('services')
    .leftJoin(
      (from) =>
        from
          .selectFrom('chargingBuckets as bucket')
          .innerJoin('services as own', 'own.uuid', 'bucket.serviceUuid')
          .select(['bucket.serviceUuid', 'bucket.type'])
          .select([sql<number>`sum(bucket.total)::bigint`.as('total')])
          .select([sql<number>`sum(bucket.total - bucket.used)::bigint`.as('remaining')])
          .where('own.customerId', '=', customerId)
          .where('own.status', '=', 'active')
          .where('bucket.startsAt', '<=', now)
          .where((where) => where.or([where('bucket.expiresAt', 'is', null), where('bucket.expiresAt', '>', now)]))
          .groupBy(['bucket.serviceUuid', 'bucket.type'])
          .as('sums'),
      (join) => join.onRef('sums.serviceUuid', '=', 'services.uuid'),
    )
    .select(['services.id', 'services.name', 'services.status', 'services.expiresAt', 'services.autoRenew'])
    .select(['services.monthlyAmount', 'sums.type', 'sums.total', 'sums.remaining'])
    .where('services.customerId', '=', customerId)
    .where('services.status', 'in', ['active', 'suspended'])
    .orderBy('services.id', 'desc')
    .orderBy('sums.type')
    .execute();
  const states = new Map<number, ServiceState>();
  for (const { type, total, remaining, ...service } of rows) {
    const state = states.get(service.id) ?? { ...service, left: [] };
    if (type !== null) state.left.push({ type, remaining: remaining ?? 0, total: total ?? 0 });
    states.set(service.id, state);
  }
  return [...states.values()];
}

/** Add-ons that were put on the service, newest first. */
export async function addOnsOf(
  reader: Reader,
  serviceId: number,
): Promise<{ orderId: number; name: string; at: Date }[]> {
  const rows = await reader
    .selectFrom('orders')
    .innerJoin('products', 'products.id', 'orders.productId')
    .select(['orders.id', 'products.name', 'orders.createdAt', 'orders.endedAt'])
    .where('orders.serviceId', '=', serviceId)
    .where('orders.status', '=', 'active')
    .where('products.category', '=', 'addon')
    .orderBy('orders.id', 'desc')
    .execute();
  return rows.map(({ id, name, createdAt, endedAt }) => ({ orderId: id, name, at: endedAt ?? createdAt }));
}
