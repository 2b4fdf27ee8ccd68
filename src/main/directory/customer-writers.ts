import type { Database } from 'better-sqlite3';
import { contactTermsOf, type Findable, searchTextOf, termsOf } from '#core/customers/search-text.ts';
import type { EntityWriter } from './entities.ts';
import { DOC_BITS } from './schema.ts';
import { joinTerms, upsert } from './upsert.ts';

interface CustomerWriters {
  readonly customers: EntityWriter<'customers'>;
  readonly contacts: EntityWriter<'contacts'>;
  readonly sites: EntityWriter<'sites'>;
}

export function createCustomerWriters(database: Database): CustomerWriters {
  const terms = createTermIndex(database);
  return {
    customers: createCustomerWriter(database, terms),
    contacts: createContactWriter(database, terms),
    sites: createSiteWriter(database),
  };
}

type TermIndex = ReturnType<typeof createTermIndex>;

function createTermIndex(database: Database) {
  const insert = database.prepare('insert into customer_term (rowid, terms) values (?, ?)');
  const remove = database.prepare('delete from customer_term where rowid = ?');
  // Past what a JavaScript number holds exactly.
  const docOf = (customer: number, contact: number) => (BigInt(customer) << BigInt(DOC_BITS)) | BigInt(contact);
  return {
    add: (customer: number, contact: number, terms: readonly string[]) => {
      if (terms.length > 0) insert.run(docOf(customer, contact), joinTerms(terms));
    },
    remove: (customer: number, contact: number) => void remove.run(docOf(customer, contact)),
  };
}

const customerColumns = [
  ...['id', 'name', 'type', 'status', 'email', 'phone', 'payment_type', 'tax_identifier', 'language'],
  ...['has_payment_method', 'created_at', 'version', 'search_text'],
];

function createCustomerWriter(database: Database, terms: TermIndex): EntityWriter<'customers'> {
  const known = database.prepare<[number], Findable>('select name, email, phone from customer where id = ?');
  const put = upsert(database, 'customer', customerColumns);
  const addFragments = database.prepare('insert into customer_fragment (rowid, text) values (?, ?)');
  const removeFragments = database.prepare('delete from customer_fragment where rowid = ?');
  const remove = database.prepare('delete from customer where id = ?');
  const unindex = (id: number) => {
    terms.remove(id, 0);
    removeFragments.run(id);
  };
  return {
    keep(row) {
      const before = known.get(row.id);
      const text = searchTextOf(row);
      const who = [row.id, row.name, row.type, row.status, row.email, row.phone];
      const how = [row.paymentType, row.taxIdentifier, row.language, row.hasPaymentMethod ? 1 : 0];
      put.run(...who, ...how, row.createdAt, row.version, text);
      if (before !== undefined && isFoundAs(before, row)) return;
      if (before !== undefined) unindex(row.id);
      terms.add(row.id, 0, termsOf(row));
      addFragments.run(row.id, text);
    },
    forget(key) {
      unindex(Number(key));
      remove.run(key);
    },
  };
}

function isFoundAs(a: Findable, b: Findable): boolean {
  return a.name === b.name && a.email === b.email && a.phone === b.phone;
}

const contactColumns = ['id', 'customer_id', 'name', 'email', 'phone', 'roles', 'has_login'];

function createContactWriter(database: Database, terms: TermIndex): EntityWriter<'contacts'> {
  const known = database.prepare<[number], { customer_id: number }>('select customer_id from contact where id = ?');
  const put = upsert(database, 'contact', contactColumns);
  const remove = database.prepare('delete from contact where id = ?');
  const unindex = (id: number) => {
    const before = known.get(id);
    if (before !== undefined) terms.remove(before.customer_id, id);
  };
  return {
    keep(row) {
      unindex(row.id);
      const { id, customerId, name, email, phone, roles, hasLogin } = row;
      put.run(id, customerId, name, email, phone, JSON.stringify(roles), hasLogin ? 1 : 0);
      terms.add(customerId, id, contactTermsOf(row));
    },
    forget(key) {
      unindex(Number(key));
      remove.run(key);
    },
  };
}

function createSiteWriter(database: Database): EntityWriter<'sites'> {
  const put = upsert(database, 'site', ['id', 'customer_id', 'name', 'address']);
  const remove = database.prepare('delete from site where id = ?');
  return {
    keep: ({ id, customerId, name, address }) => void put.run(id, customerId, name, address),
    forget: (id) => void remove.run(id),
  };
}
