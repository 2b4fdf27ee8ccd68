import type { Order, OrderStatus } from '#core/domain/provisioning.ts';
import type { Reader } from '../database/connection.ts';
import { fail } from '../http/errors.ts';
import { type Page, pageFrom, readCursor } from '../http/page.ts';

function orderRows(reader: Reader) {
  return reader
    .selectFrom('orders')
    .innerJoin('customers', 'customers.id', 'orders.customerId')
    .innerJoin('products', 'products.id', 'orders.productId')
    .innerJoin('jobs', 'jobs.orderId', 'orders.id')
    .select([
      'orders.id',
      'orders.draftId',
      'orders.status',
      'orders.customerId',
      'customers.name as customerName',
      'orders.productId',
      'products.name as productName',
      'orders.serviceId',
      'jobs.id as provisioningJobId',
      'orders.createdAt',
    ]);
}
type OrderRow = Awaited<ReturnType<ReturnType<typeof orderRows>['executeTakeFirstOrThrow']>>;

const present = ({ createdAt, ...row }: OrderRow): Order => ({ ...row, createdAt: createdAt.toISOString() });

/** One order. Throws not_found. */
export async function getOrder(reader: Reader, id: number): Promise<Order> {
  const row = await orderRows(reader).where('orders.id', '=', id).executeTakeFirst();
  if (!row) throw fail('not_found', { what: 'order' });
  return present(row);
}

export async function findOrderOfDraft(reader: Reader, draftId: string): Promise<Order | null> {
  const row = await orderRows(reader).where('orders.draftId', '=', draftId).executeTakeFirst();
  return row ? present(row) : null;
}

export interface OrderFilter {
  readonly customerId?: number;
  readonly status?: OrderStatus;
  readonly draftId?: string;
  readonly limit: number;
  readonly cursor?: string;
}

/** Orders, newest first. */
export async function listOrders(reader: Reader, filter: OrderFilter): Promise<Page<Order>> {
  const { customerId, status, draftId, limit } = filter;
  const before = readCursor<{ id: number }>(filter.cursor)?.id;
  let query = orderRows(reader)
    .orderBy('orders.id', 'desc')
    .limit(limit + 1);
  if (before !== undefined) query = query.where('orders.id', '<', Number(before));
  if (customerId !== undefined) query = query.where('orders.customerId', '=', customerId);
  if (status !== undefined) query = query.where('orders.status', '=', status);
  if (draftId !== undefined) query = query.where('orders.draftId', '=', draftId);
  return pageFrom(await query.execute(), limit, ({ id }) => ({ id }), present);
}
