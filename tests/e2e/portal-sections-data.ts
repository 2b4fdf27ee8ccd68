import { randomUUID } from 'node:crypto';
import type { TestCentral } from '../parts/central.ts';

interface Filled {
  readonly id: number;
  readonly serviceIds: readonly number[];
}

export interface FilledCustomers {
  readonly several: Filled;
  readonly one: Filled;
  readonly none: Filled;
  /** Has one card, Visa ending in 4242, and nothing else to pay with. */
  readonly paying: Filled;
  /** An overdue one of `several`. */
  readonly invoiceId: number;
}

const DAY_MS = 86_400_000;

/** Customers of the demo with several services, one, and none; the first with bills and usage of every kind. */
export async function fillCustomers(central: TestCentral): Promise<FilledCustomers> {
  const counted = await countServices(central);
  const pick = (fits: (count: number) => boolean, but: readonly number[] = []): number => {
    const found = counted.find(({ id, count }) => fits(count) && !but.includes(id));
    if (found === undefined) throw new Error('the demo has no such customer');
    return found.id;
  };
  const several = pick((count) => count > 1);
  const none = pick((count) => count === 0);
  const paying = pick((count) => count === 0, [none]);
  const of = async (id: number): Promise<Filled> => ({ id, serviceIds: await serviceIdsOf(central, id) });
  const filled = { several: await of(several), one: await of(pick((count) => count === 1)), none: await of(none) };
  await reportUsage(central, filled.several.serviceIds[0] as number);
  await giveCard(central, paying);
  return { ...filled, paying: await of(paying), invoiceId: await bill(central, filled.several) };
}

async function countServices({ db }: TestCentral): Promise<{ id: number; count: number }[]> {
  const rows = await db
    .selectFrom('customers')
    .leftJoin('services', 'services.customerId', 'customers.id')
    .select(['customers.id', (select) => select.fn.count<number>('services.id').as('count')])
    .where('customers.status', '=', 'open')
    .groupBy('customers.id')
    .orderBy('customers.id')
    .execute();
  return rows.map(({ id, count }) => ({ id, count: Number(count) }));
}

/** Those in use first, as the API lists them does not matter here. */
async function serviceIdsOf({ db }: TestCentral, customerId: number): Promise<number[]> {
  const rows = await db
    .selectFrom('services')
    .select('id')
    .where('customerId', '=', customerId)
    .orderBy((order) => order.case().when('status', '=', 'active').then(0).else(1).end())
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** Calls, messages and sessions of the last two weeks, to everywhere. */
async function reportUsage(central: TestCentral, serviceId: number): Promise<void> {
  const admin = await central.asAdmin();
  const now = central.central.deps.clock.now().getTime();
  const destinations = ['on_net', 'off_net', 'international', 'premium'] as const;
  const kinds = [
    { type: 'data', quantity: 123_000_000, peer: null },
    { type: 'voice', quantity: 187, peer: '+447700900321' },
    { type: 'sms', quantity: 1, peer: '+447700900321' },
  ] as const;
  const records = kinds.flatMap(({ type, quantity, peer }) =>
    Array.from({ length: 14 }, (_, day) => ({
      ...{ id: randomUUID(), service: { serviceId }, type, quantity: quantity * (1 + (day % 3)), peer },
      destination: type === 'data' ? ('on_net' as const) : (destinations[day % 4] ?? 'on_net'),
      at: new Date(now - day * DAY_MS - 3_600_000).toISOString(),
    })),
  );
  const { results } = await admin.usage.record({ records });
  const refused = results.filter(({ outcome }) => outcome !== 'accepted');
  if (refused.length > 0) throw new Error(`usage was refused: ${JSON.stringify(refused[0])}`);
}

async function giveCard({ db }: TestCentral, customerId: number): Promise<void> {
  await db.deleteFrom('paymentMethods').where('customerId', '=', customerId).execute();
  await db
    .insertInto('paymentMethods')
    .values({
      ...{ customerId, kind: 'card', brand: 'Visa', lastFour: '4242', holder: 'A. Customer', isDefault: true },
      ...{ expiresMonth: 12, expiresYear: 2031, reference: null },
    })
    .execute();
}

/** An overdue invoice with two lines, a payment of an older one, and a charge that is not invoiced yet; gives the first's id. */
async function bill({ db, central }: TestCentral, { id: customerId, serviceIds }: Filled): Promise<number> {
  const now = central.deps.clock.now();
  const day = (days: number) => new Date(now.getTime() + days * DAY_MS).toISOString().slice(0, 10);
  const common = { customerId, currency: 'GBP', createdAt: now, periodStart: null, periodEnd: null };
  const { id: overdue } = await db
    .insertInto('invoices')
    .values({
      ...{ ...common, number: 'INV-2099-000001', issuedOn: day(-40), dueOn: day(-26), status: 'unpaid' as const },
      ...{ total: 4250, tax: 708 },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const { id: paid } = await db
    .insertInto('invoices')
    .values({
      ...{ ...common, number: 'INV-2099-000002', issuedOn: day(-70), dueOn: day(-56), status: 'paid' as const },
      ...{ total: 1500, tax: 250 },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const line = { customerId, currency: 'GBP', at: now, description: '', serviceId: serviceIds[0] ?? null };
  await db
    .insertInto('transactions')
    .values([
      { ...line, kind: 'charge', title: '50 GB plan', amount: 4000, invoiceId: overdue },
      { ...line, kind: 'charge', title: 'Calls abroad', description: '12 minutes', amount: 250, invoiceId: overdue },
      { ...line, kind: 'payment', title: 'Payment by card', amount: -1500, invoiceId: paid },
      { ...line, kind: 'charge', title: '5 GB top-up', amount: 1000, invoiceId: null },
      { ...line, kind: 'credit', title: 'Goodwill', amount: -500, invoiceId: null },
    ])
    .execute();
  return overdue;
}
