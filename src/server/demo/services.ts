import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { addPeriod, addPeriods } from '#core/domain/period.ts';
import type { Tx } from '../database/connection.ts';
import { writeHistory } from '../inventory/history.ts';
import { demoCharging, insertDemoCharging } from './charging.ts';
import { customerSince, type DemoCustomer, FIRST_GENERATED } from './customers.ts';
import { type Random, randomFrom } from './random.ts';

/** One customer in so many has a mobile service already; John Doe and Johnson Enterprises too, John Smith has none. */
const EVERY = 40;
const MOST = 130;
const DAY_MS = 86_400_000;

export interface Line {
  readonly customerId: number;
  readonly msisdn?: string;
  readonly productSlug: 'mobile-20gb' | 'mobile-business-50gb';
  /** Has everything that an account can have besides its plan. */
  readonly shows?: boolean;
}

interface Stock {
  readonly simCard: { id: number; imsi: string | null; iccid: string | null; storeId: number | null };
  readonly number: { id: number; msisdn: string | null };
}

/** Services in use, with their items, charging accounts and entries in the subscriber register. */
export async function insertDemoServices(tx: Tx, customers: readonly DemoCustomer[], now: Date): Promise<void> {
  const lines = linesOf(customers);
  const stock = await stockFor(tx, lines);
  const products = await tx.selectFrom('products').selectAll().execute();
  const random = randomFrom(7700);
  const services = lines.flatMap((line, index) => {
    const product = products.find(({ slug }) => slug === line.productSlug);
    const items = stock[index];
    return product && items ? [draft(line, product, items, random, now)] : [];
  });
  if (services.length === 0) return;
  const ids = await tx
    .insertInto('services')
    .values(services.map(({ row }) => row))
    .returning(['id', 'uuid'])
    .execute();
  const idOf = new Map(ids.map(({ id, uuid }) => [uuid, id]));
  await insertDemoCharging(
    tx,
    services.map(({ charging }) => charging),
    now,
  );
  await tx
    .insertInto('hlrSubscribers')
    .values(services.map(({ subscriber }) => subscriber))
    .execute();
  const holdings = services.flatMap(({ row, items }) =>
    [items.simCard.id, items.number.id].map((itemId) => ({
      itemId,
      serviceId: idOf.get(row.uuid) as number,
      customerId: row.customerId,
    })),
  );
  await assign(tx, holdings, now);
}

type Holding = { itemId: number; serviceId: number; customerId: number };

async function assign(tx: Tx, holdings: readonly Holding[], now: Date): Promise<void> {
  await sql`update items set status = 'assigned', service_id = held.service_id, customer_id = held.customer_id
    from unnest(${holdings.map(({ itemId }) => itemId)}::integer[], ${holdings.map(({ serviceId }) => serviceId)}::integer[],
      ${holdings.map(({ customerId }) => customerId)}::integer[]) as held (item_id, service_id, customer_id)
    where items.id = held.item_id`.execute(tx);
  const assigned = { event: 'assigned', from: 'in_stock', to: 'assigned', userName: null } as const;
  await writeHistory(
    tx,
    now,
    holdings.map(({ itemId, serviceId, customerId }) => ({ ...assigned, itemId, detail: { serviceId, customerId } })),
  );
}

function linesOf(customers: readonly DemoCustomer[]): Line[] {
  const generated = customers.filter(({ id }) => id >= FIRST_GENERATED && id % EVERY === 0).slice(0, MOST);
  return [
    { customerId: 456, msisdn: '+447700900456', productSlug: 'mobile-20gb' },
    { customerId: 789, productSlug: 'mobile-business-50gb', shows: true },
    { customerId: 789, productSlug: 'mobile-business-50gb' },
    ...generated.map(
      ({ id, type }): Line => ({
        customerId: id,
        productSlug: type === 'business' ? 'mobile-business-50gb' : 'mobile-20gb',
      }),
    ),
  ];
}

/** Of the other stores' stock, from its end: store 1 keeps all of its own, the seed's first. */
async function stockFor(tx: Tx, lines: readonly Line[]): Promise<Stock[]> {
  const inStock = (template: string) =>
    tx
      .selectFrom('items')
      .select(['id', 'imsi', 'iccid', 'msisdn', 'storeId'])
      .where('template', '=', template)
      .where('status', '=', 'in_stock')
      .where('storeId', '<>', 1);
  const wished = lines.flatMap(({ msisdn }) => msisdn ?? []);
  const simCards = await inStock('sim_card').orderBy('id', 'desc').limit(lines.length).execute();
  const named = await inStock('mobile_number').where('msisdn', 'in', wished).execute();
  const others = await inStock('mobile_number')
    .where('msisdn', 'not in', wished)
    .orderBy('id', 'desc')
    .limit(lines.length)
    .execute();
  return lines.flatMap(({ msisdn }, index) => {
    const simCard = simCards[index];
    const number = msisdn === undefined ? others[index] : named.find((each) => each.msisdn === msisdn);
    return simCard && number ? [{ simCard, number }] : [];
  });
}

export interface SoldProduct {
  id: number;
  slug: string;
  currency: string;
  recurringAmount: number | null;
  vars: Record<string, unknown>;
}

function draft(line: Line, product: SoldProduct, items: Stock, random: Random, now: Date) {
  const uuid = randomUUID();
  const { customerId } = line;
  const renewedAt = new Date(now.getTime() - (1 + random.below(27)) * DAY_MS);
  const activatedAt = activationOf(customerId, renewedAt, random, now);
  const expiresAt = addPeriod(renewedAt, 'month');
  const { msisdn } = items.number;
  return {
    items,
    row: {
      ...{ uuid, customerId, productId: product.id, siteId: null, storeId: items.simCard.storeId },
      name: `Mobile - ${parsePhoneNumberFromString(msisdn ?? '')?.formatInternational() ?? msisdn}`,
      status: random.next() < 0.04 ? ('suspended' as const) : ('active' as const),
      serviceType: 'mobile' as const,
      ...{ billingContactId: null, technicalContactId: null, autoRenew: random.next() < 0.8 },
      ...{ monthlyAmount: product.recurringAmount ?? 0, currency: product.currency, period: 'month' as const },
      ...{ createdAt: activatedAt, activatedAt, expiresAt, endedAt: null },
    },
    charging: demoCharging({ uuid, product, line, random, activatedAt, renewedAt, expiresAt, now }),
    subscriber: {
      ...{ imsi: items.simCard.imsi ?? '', msisdn: msisdn?.slice(1) ?? null, iccid: items.simCard.iccid },
      ...{ csEnabled: true, psEnabled: true, createdAt: activatedAt, changedAt: activatedAt },
    },
  };
}

/** Most were renewed since they began, so far as their customer is one for long enough. */
function activationOf(customerId: number, renewedAt: Date, random: Random, now: Date): Date {
  const since = customerSince(customerId, now);
  const begun = addPeriods(renewedAt, 'month', -random.below(9));
  return begun < since ? renewedAt : begun;
}
