import type { Contact, Customer, Site } from '#core/domain/customer.ts';
import type { Service } from '#core/domain/service.ts';
import { serviceRowSchema } from '#core/sync/rows.ts';
import { fail } from '../failures.ts';
import type { Local, Read } from './asked.ts';
import { customerById, presentContact, presentSite } from './customer-rows.ts';
import type { MadeHere } from './overlay.ts';
import { idOfCursor, PAGE_LIMIT, type Page, type PageInput, pageById } from './page.ts';

type OfCustomer = PageInput & { readonly id: number };

/** Not held here: head office's to say, unless the id is the desk's own, under which nothing is anywhere else. */
export function unknown(id: number, what: string): Local<never> {
  if (id < 0) throw fail('not_found', { what });
  return null;
}

export const getCustomer: Read<{ id: number }, Customer> = async (asked, { id }) => {
  const customer = await customerById(asked, id);
  return customer === null ? unknown(id, 'customer') : { whole: customer };
};

/** A customer's services, newest first; without balances, which the screens ask for on their own. */
export const listServices: Read<OfCustomer, Page<Service>> = async (asked, { id, limit = PAGE_LIMIT, cursor }) => {
  const customer = await customerById(asked, id);
  if (customer === null) return unknown(id, 'customer');
  const before = idOfCursor(cursor);
  const rows = await asked.reader
    .selectFrom('service')
    .select(['id', 'document'])
    .where('customerId', '=', customer.id)
    .$if(before !== undefined, (query) => query.where('id', '<', before ?? 0))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  return { whole: pageById(rows, limit, ({ document }) => presentService(document, customer.name)) };
};

export const getService: Read<{ id: number }, Service> = async (asked, { id }) => {
  const row = await asked.reader
    .selectFrom('service')
    .select(['customerId', 'document'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return unknown(id, 'service');
  const customer = await customerById(asked, row.customerId);
  return customer === null ? null : { whole: presentService(row.document, customer.name) };
};

function presentService(document: string, customerName: string): Service {
  return { ...serviceRowSchema.parse(JSON.parse(document)), customerName, balances: [] };
}

export const listContacts: Read<OfCustomer, Page<Contact>> = async (asked, { id, limit = PAGE_LIMIT, cursor }) => {
  const customer = await customerById(asked, id);
  if (customer === null) return unknown(id, 'customer');
  const rows = await asked.reader
    .selectFrom('contact')
    .selectAll()
    .where('customerId', '=', customer.id)
    .where('id', '>', idOfCursor(cursor) ?? 0)
    .orderBy('id')
    .limit(limit + 1)
    .execute();
  const isSeen = (ids: readonly number[]) =>
    asked.reader
      .selectFrom('contact')
      .select('id')
      .where('id', 'in', [...ids])
      .execute();
  const made = await unseen(asked.own.contacts, customer.id, isSeen);
  return { whole: withMade(pageById(rows, limit, presentContact), made) };
};

export const listSites: Read<OfCustomer, Page<Site>> = async (asked, { id, limit = PAGE_LIMIT, cursor }) => {
  const customer = await customerById(asked, id);
  if (customer === null) return unknown(id, 'customer');
  const rows = await asked.reader
    .selectFrom('site')
    .selectAll()
    .where('customerId', '=', customer.id)
    .where('id', '>', idOfCursor(cursor) ?? 0)
    .orderBy('id')
    .limit(limit + 1)
    .execute();
  const isSeen = (ids: readonly number[]) =>
    asked.reader
      .selectFrom('site')
      .select('id')
      .where('id', 'in', [...ids])
      .execute();
  const made = await unseen(asked.own.sites, customer.id, isSeen);
  return { whole: withMade(pageById(rows, limit, presentSite), made) };
};

type Seen = (ids: readonly number[]) => Promise<readonly { id: number }[]>;

/** What was made here for a customer and is not in the directory yet. */
async function unseen<R extends { id: number; customerId: number }>(
  all: readonly MadeHere<R>[],
  customerId: number,
  seenOf: Seen,
): Promise<R[]> {
  const made = all.filter(({ row }) => row.customerId === customerId);
  if (made.length === 0) return [];
  const seen = new Set((await seenOf(made.flatMap(({ number }) => number ?? []))).map(({ id }) => id));
  return made
    .filter(({ number }) => number === null || !seen.has(number))
    .map(({ localId, number, row }) => ({ ...row, id: number ?? localId }));
}

/** The desk's own come last, as the newest: a page more or less full is no matter. */
function withMade<T>(page: Page<T>, made: readonly T[]): Page<T> {
  return page.nextCursor === null ? { items: [...page.items, ...made], nextCursor: null } : page;
}
