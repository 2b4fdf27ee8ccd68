import { v7 as uuid } from 'uuid';
import type { OrderInput } from '#core/contract/central/orders.ts';
import type { Job, Order } from '#core/domain/provisioning.ts';
import type { CentralClient, TestCentral } from '../../parts/central.ts';

/** Customers of the small demo operator. */
export const JOHN_SMITH = 123;
export const JOHNSON_ENTERPRISES = 789;
/** Staff of the demo's store 1. */
export type Staff = CentralClient;

export async function productBySlug(staff: Staff, slug: string) {
  const { items } = await staff.products.list({ limit: 200 });
  const found = items.find((product) => product.slug === slug);
  if (!found) throw new Error(`the demo has no product ${slug}`);
  return found;
}

/** Holds one free item of each template the product requires, as the wizard does, and fills in an order. */
export async function draftOrder(staff: Staff, slug: string, rest: Partial<OrderInput> = {}): Promise<OrderInput> {
  const product = await productBySlug(staff, slug);
  const draftId = uuid();
  const items: OrderInput['items'] = [];
  for (const { template, required } of product.inventoryTemplates) {
    if (required) items.push({ template, itemId: await holdOne(staff, template, draftId) });
  }
  return { draftId, customerId: JOHN_SMITH, productId: product.id, items, ...rest };
}

async function holdOne(staff: Staff, template: string, draftId: string): Promise<number> {
  const { items } = await staff.inventory.items({ template, pickable: true, limit: 500 });
  for (const item of items) {
    if (item.reservation !== null || item.storeId !== 1) continue;
    const held = await staff.inventory.reserve({ itemId: item.id, draftId }).catch(() => null);
    if (held) return item.id;
  }
  throw new Error(`no ${template} is free in store 1`);
}

export async function orderPlan(staff: Staff, slug = 'mobile-20gb', rest: Partial<OrderInput> = {}): Promise<Order> {
  return staff.orders.create(await draftOrder(staff, slug, rest));
}

/** Every state of the job that its event stream tells, until it ends. */
export async function followJob(staff: Staff, id: number): Promise<Job[]> {
  const seen: Job[] = [];
  for await (const job of await staff.provisioning.events({ id })) seen.push(job);
  return seen;
}

export async function endOfJob(staff: Staff, id: number): Promise<Job> {
  const seen = await followJob(staff, id);
  const last = seen.at(-1);
  if (!last) throw new Error('the job told nothing');
  return last;
}

export const statuses = (job: Job) => Object.fromEntries(job.tasks.map(({ key, status }) => [key, status]));

/** Rows of the networks that belong to a service, and what the order holds. */
export async function traces({ db }: Pick<TestCentral, 'db'>, order: Order) {
  const service = await db
    .selectFrom('services')
    .selectAll()
    .where('id', '=', order.serviceId)
    .executeTakeFirstOrThrow();
  const of = service.uuid;
  const accounts = await db.selectFrom('chargingAccounts').selectAll().where('serviceUuid', '=', of).execute();
  const buckets = await db.selectFrom('chargingBuckets').selectAll().where('serviceUuid', '=', of).execute();
  const items = await db.selectFrom('items').selectAll().where('serviceId', '=', service.id).execute();
  const numbers = items.flatMap(({ msisdn }) => (msisdn === null ? [] : [msisdn.slice(1)]));
  const subscribers = await db
    .selectFrom('hlrSubscribers')
    .selectAll()
    .where('msisdn', 'in', ['', ...numbers])
    .execute();
  return { service, accounts, buckets, items, subscribers };
}
