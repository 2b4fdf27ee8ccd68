import { sql } from 'kysely';
import { fold, searchTextOf, termsOf } from '#core/customers/search-text.ts';
import type { CustomerType } from '#core/domain/customer.ts';
import type { Language } from '#core/domain/languages.ts';
import names from '../../../resources/demo/names.json' with { type: 'json' };
import operator from '../../../resources/demo/operator.json' with { type: 'json' };
import type { Tx } from '../database/connection.ts';
import { type Random, randomFrom } from './random.ts';

/** The first generated customer; the ids below belong to the seed's own. */
export const FIRST_GENERATED = 1001;

export interface DemoContact {
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly roles: readonly string[];
  readonly hasLogin: boolean;
}

export interface DemoCustomer {
  readonly id: number;
  readonly name: string;
  readonly type: CustomerType;
  readonly email: string;
  readonly phone: string;
  readonly language: Language;
  readonly paymentMethod: { readonly brand: string; readonly lastFour: string } | null;
  readonly contacts: readonly DemoContact[];
  readonly sites: readonly { readonly name: string; readonly address: string }[];
}

/** The seed's three, then `count` invented ones, the same at every call. None of those is a John: the seed's search finds three. */
export function demoCustomers(count: number): DemoCustomer[] {
  const random = randomFrom(4040);
  const generated = Array.from({ length: count }, (_, index) => invent(random, FIRST_GENERATED + index));
  return [...(operator.customers as DemoCustomer[]), ...generated];
}

const BUSINESS_SHARE = 0.12;
const PAYING_SHARE = 0.7;
const cards = ['Visa', 'Mastercard', 'Amex'];

function invent(random: Random, id: number): DemoCustomer {
  const isBusiness = random.next() < BUSINESS_SHARE;
  const { name: person, language } = inventPerson(random);
  const name = isBusiness ? inventCompany(random) : person;
  const phone = phoneOf(id, language);
  const email = `${addressOf(isBusiness ? name : person)}.${id}@mail.comptoir.test`;
  const paymentMethod =
    random.next() < PAYING_SHARE ? { brand: random.pick(cards), lastFour: String(1000 + random.below(9000)) } : null;
  const contact = { name: person, email, phone, roles: ['primary'], hasLogin: false };
  return {
    ...{ id, name, email, phone, language, paymentMethod },
    type: isBusiness ? 'business' : 'individual',
    contacts: isBusiness ? [contact, inventBilling(random, id)] : [contact],
    sites:
      isBusiness || random.next() < 0.3
        ? [{ name: isBusiness ? 'Head office' : 'Home', address: inventAddress(random) }]
        : [],
  };
}

function inventPerson(random: Random): { name: string; language: Language } {
  const { first, last, language } = random.pick(names.people);
  return { name: `${random.pick(first)} ${random.pick(last)}`, language: language as Language };
}

function inventCompany(random: Random): string {
  const { words, trades, forms } = names.companies;
  return `${random.pick(words)} ${random.pick(trades)} ${random.pick(forms)}`;
}

function inventBilling(random: Random, id: number): DemoContact {
  const { name } = inventPerson(random);
  const email = `accounts.${id}@mail.comptoir.test`;
  return { name, email, phone: `+3319900${last4(id + 5000)}`, roles: ['billing', 'technical'], hasLogin: false };
}

const inventAddress = (random: Random) =>
  `${1 + random.below(180)} ${random.pick(names.streets)}, ${random.pick(names.towns)}`;

const last4 = (number: number) => String(number % 10_000).padStart(4, '0');

/** Numbers that regulators keep for fiction: 01 99 00 in France, 01632 960 in Britain. */
function phoneOf(id: number, language: Language): string {
  return language === 'en' && id < FIRST_GENERATED + 1000
    ? `+441632960${last4(id - 1).slice(1)}`
    : `+3319900${last4(id)}`;
}

/** The part of an address before its number: plain letters of the name, whatever its script. */
function addressOf(name: string): string {
  return (
    fold(name)
      .replace(/[^a-z0-9]+/g, '.')
      .replace(/^\.+|\.+$/g, '') || 'customer'
  );
}

const BATCH = 2_000;

/** Writes them with their contacts, sites and payment methods, in few large statements. */
/** When a customer came to the operator: within the last 900 days. */
export function customerSince(id: number, now: Date): Date {
  return new Date(now.getTime() - (1 + ((id * 7919) % 900)) * DAY_MS);
}

export async function insertDemoCustomers(tx: Tx, customers: readonly DemoCustomer[], now: Date): Promise<void> {
  for (let start = 0; start < customers.length; start += BATCH) {
    await insertBatch(tx, customers.slice(start, start + BATCH), now);
  }
  const next = Math.max(...customers.map(({ id }) => id)) + 1;
  await sql`alter table customers alter column id restart with ${sql.lit(next)}`.execute(tx);
}

const DAY_MS = 86_400_000;

async function insertBatch(tx: Tx, customers: readonly DemoCustomer[], now: Date): Promise<void> {
  const rows = customers.map(({ id, name, type, email, phone, language }) => ({
    ...{ id, name, type, email, phone, language, taxIdentifier: null },
    createdAt: customerSince(id, now),
    searchText: searchTextOf({ name, email, phone }),
  }));
  await tx.insertInto('customers').values(rows).execute();
  const terms = customers.flatMap((each) =>
    termsOf(each, each.contacts).map((term) => ({ term, customerId: each.id })),
  );
  await sql`insert into customer_terms (term, customer_id) select * from unnest(
    ${terms.map(({ term }) => term)}::text[], ${terms.map(({ customerId }) => customerId)}::integer[])`.execute(tx);
  const contacts = customers.flatMap((each) =>
    each.contacts.map((contact) => ({ ...contact, customerId: each.id, roles: contact.roles as never })),
  );
  await tx.insertInto('contacts').values(contacts).execute();
  const sites = customers.flatMap(({ id, sites: own }) => own.map((site) => ({ ...site, customerId: id })));
  if (sites.length > 0) await tx.insertInto('sites').values(sites).execute();
  const methods = customers.flatMap(({ id, paymentMethod }) =>
    paymentMethod ? [{ ...paymentMethod, customerId: id, reference: null, isDefault: true }] : [],
  );
  if (methods.length > 0) await tx.insertInto('paymentMethods').values(methods).execute();
}
