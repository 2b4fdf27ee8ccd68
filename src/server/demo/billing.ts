import { type Insertable, sql } from 'kysely';
import { invoiceStatusOn } from '#core/domain/billing.ts';
import type { BillingTables } from '../billing/tables.ts';
import type { Tx } from '../database/connection.ts';
import { randomFrom } from './random.ts';

const DAY_MS = 86_400_000;
const MONTHS = 3;
const DAYS_TO_PAY = 14;
/** VAT that is in the prices. */
const TAX_SHARE = 1 / 6;
const AT_ONCE = 1_000;

const JOHN_SMITH = 123;
const JOHNSON_ENTERPRISES = 789;

type InvoiceRow = Insertable<BillingTables['invoices']> & { id: number };
type TransactionRow = Insertable<BillingTables['transactions']>;

interface Books {
  readonly invoices: InvoiceRow[];
  readonly transactions: TransactionRow[];
}

interface Charge {
  readonly title: string;
  readonly description: string;
  readonly amount: number;
  readonly serviceId: number | null;
}

interface Bill {
  readonly customerId: number;
  readonly charges: readonly Charge[];
  readonly issuedAt: Date;
  readonly currency: string;
  readonly isPaid: boolean;
}

/** Invoices of the last months, paid, unpaid and overdue, with what they are made of; and what everybody pays with. */
export async function insertDemoBilling(
  tx: Tx,
  { currency, now }: { readonly currency: string; readonly now: Date },
): Promise<void> {
  const books: Books = { invoices: [], transactions: [] };
  for (const bill of billsOf(await chargedServices(tx), currency, now)) enter(books, bill, now);
  enterUninvoiced(books, currency, now);
  for (let start = 0; start < books.invoices.length; start += AT_ONCE) {
    await tx
      .insertInto('invoices')
      .values(books.invoices.slice(start, start + AT_ONCE))
      .execute();
  }
  const inOrder = books.transactions.toSorted((a, b) => Number(a.at) - Number(b.at));
  for (let start = 0; start < inOrder.length; start += AT_ONCE) {
    await tx
      .insertInto('transactions')
      .values(inOrder.slice(start, start + AT_ONCE))
      .execute();
  }
  await sql`alter table invoices alter column id restart with ${sql.lit(books.invoices.length + 1)}`.execute(tx);
  await completePaymentMethods(tx, now);
}

async function chargedServices(tx: Tx) {
  return tx
    .selectFrom('services')
    .innerJoin('products', 'products.id', 'services.productId')
    .select(['services.id', 'services.name', 'services.customerId', 'services.monthlyAmount', 'services.activatedAt'])
    .select('products.name as productName')
    .where('services.monthlyAmount', '>', 0)
    .where('services.activatedAt', 'is not', null)
    .orderBy('services.customerId')
    .orderBy('services.id')
    .execute();
}
type Charged = Awaited<ReturnType<typeof chargedServices>>[number];

/** In the order in which they were issued, as invoices are numbered. */
function billsOf(services: readonly Charged[], currency: string, now: Date): Bill[] {
  const random = randomFrom(5_150);
  const byCustomer = Map.groupBy(services, ({ customerId }) => customerId);
  const ofServices = [...byCustomer].flatMap(([customerId, own]) =>
    monthsBack().flatMap((back) => {
      const issuedAt = new Date(now.getTime() - (2 + (customerId % 9) + 30 * back) * DAY_MS);
      const charges = own.filter(({ activatedAt }) => activatedAt !== null && activatedAt < issuedAt).map(chargeOf);
      const isPaid = back === MONTHS - 1 || random.next() < (back === 0 ? 0.5 : 0.88);
      return charges.length === 0 ? [] : [{ customerId, charges, issuedAt, currency, isPaid }];
    }),
  );
  return [...ofServices, ...billsOfSmith(currency, now)].toSorted((a, b) => Number(a.issuedAt) - Number(b.issuedAt));
}

const monthsBack = () => Array.from({ length: MONTHS }, (_, index) => MONTHS - 1 - index);

function chargeOf({ id, name, productName, monthlyAmount }: Charged): Charge {
  return { title: productName, description: name, amount: monthlyAmount, serviceId: id };
}

/** John Smith bought a phone in instalments: one paid, one forgotten, one to be paid. */
function billsOfSmith(currency: string, now: Date): Bill[] {
  return monthsBack().map((back) => ({
    ...{ customerId: JOHN_SMITH, currency, isPaid: back === MONTHS - 1 },
    issuedAt: new Date(now.getTime() - (5 + 30 * back) * DAY_MS),
    charges: [
      {
        title: 'Phone in instalments',
        description: `Instalment ${MONTHS - back} of 12`,
        amount: 2_490,
        serviceId: null,
      },
      ...(back === MONTHS - 1
        ? [{ title: 'Screen protection', description: 'Fitted in the shop', amount: 1_500, serviceId: null }]
        : []),
    ],
  }));
}

const day = (at: Date) => at.toISOString().slice(0, 10);
const after = (at: Date, days: number) => new Date(at.getTime() + days * DAY_MS);

/** Writes an invoice with its lines, and its payment when it was paid. */
function enter({ invoices, transactions }: Books, bill: Bill, now: Date): void {
  const { customerId, charges, issuedAt, currency, isPaid } = bill;
  const id = invoices.length + 1;
  const total = charges.reduce((sum, { amount }) => sum + amount, 0);
  const dueOn = day(after(issuedAt, DAYS_TO_PAY));
  const number = `INV-${issuedAt.getUTCFullYear()}-${String(id).padStart(6, '0')}`;
  const paidAt = after(issuedAt, 1 + (id % 5));
  const status = isPaid && paidAt < now ? 'paid' : 'unpaid';
  invoices.push({
    ...{ id, number, customerId, currency, total, tax: Math.round(total * TAX_SHARE), status, createdAt: issuedAt },
    ...{ issuedOn: day(issuedAt), dueOn, periodStart: day(after(issuedAt, -30)), periodEnd: day(after(issuedAt, -1)) },
  });
  const common = { customerId, currency, invoiceId: id };
  for (const { amount, ...charge } of charges) {
    const tax = Math.round(amount * TAX_SHARE);
    transactions.push({ ...common, ...charge, amount, tax, kind: 'charge', at: after(issuedAt, -1) });
  }
  if (invoiceStatusOn({ status, dueOn }, now) !== 'paid') return;
  const payment = { title: 'Payment', description: `For ${number}, thank you`, serviceId: null };
  transactions.push({ ...common, ...payment, amount: -total, kind: 'payment', at: paidAt });
}

/** What is on no invoice yet. */
function enterUninvoiced({ transactions }: Books, currency: string, now: Date): void {
  const common = { customerId: JOHN_SMITH, currency, invoiceId: null, serviceId: null };
  transactions.push(
    {
      ...{ ...common, kind: 'charge', title: 'SIM card replaced', description: 'At the counter', amount: 500 },
      ...{ tax: Math.round(500 * TAX_SHARE), at: after(now, -2) },
    },
    {
      ...{ ...common, kind: 'credit', title: 'Credit', description: 'For the wait on the phone', amount: -300 },
      at: after(now, -1),
    },
  );
}

/**
 * Cards get their holders and ends, Johnson Enterprises' soon; John Smith has a second one; and a company pays by transfer.
 */
async function completePaymentMethods(tx: Tx, now: Date): Promise<void> {
  const soon = after(now, 30);
  await sql`
    update payment_methods set holder = customers.name, added_at = customers.created_at,
      expires_month = 1 + customers.id % 12, expires_year = ${now.getUTCFullYear()} + 1 + customers.id % 4
    from customers where customers.id = payment_methods.customer_id`.execute(tx);
  await tx
    .updateTable('paymentMethods')
    .set({ expiresMonth: soon.getUTCMonth() + 1, expiresYear: soon.getUTCFullYear() })
    .where('customerId', '=', JOHNSON_ENTERPRISES)
    .execute();
  await tx
    .insertInto('paymentMethods')
    .values({
      ...{ customerId: JOHN_SMITH, kind: 'card', brand: 'Mastercard', lastFour: '5100', holder: 'John Smith' },
      ...{ expiresMonth: 9, expiresYear: now.getUTCFullYear() + 2, isDefault: false, addedAt: after(now, -40) },
    })
    .execute();
  await sql`
    insert into payment_methods (customer_id, kind, holder, is_default, added_at)
    select id, 'transfer', name, true, created_at from customers
    where type = 'business' and id > ${JOHNSON_ENTERPRISES}
      and not exists (select from payment_methods where customer_id = customers.id)
    order by id limit 1`.execute(tx);
}
