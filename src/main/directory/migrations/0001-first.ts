import { type Kysely, sql } from 'kysely';

/** Terms are parted by line feeds; all else of ASCII that could part them belongs to them. */
const TERMS = `tokenize = "ascii tokenchars ' !""#$%&''()*+,-./:;<=>?@[\\]^_\`{|}~'"`;

const tables = [
  'create table meta (name text primary key, value text not null) without rowid',
  'create table store (id integer primary key, name text not null)',
  'create table template (slug text primary key, document text not null) without rowid',
  'create table product (id integer primary key, slug text not null, name text not null, document text not null)',
  `create table item (
    id integer primary key, template text not null, status text not null, store_id integer, desk_id text,
    label_key text not null, iccid text, iccid_key text, imsi text, msisdn text, imei text, serial_key text, mac text,
    memorable integer not null, document text not null)`,
  'create index item_by_template on item (template, label_key)',
  'create index item_by_label on item (label_key)',
  'create index item_by_iccid on item (iccid_key) where iccid_key is not null',
  'create index item_by_imsi on item (imsi) where imsi is not null',
  'create index item_by_msisdn on item (msisdn) where msisdn is not null',
  'create index item_by_imei on item (imei) where imei is not null',
  'create index item_by_serial on item (serial_key) where serial_key is not null',
  'create index item_by_mac on item (mac) where mac is not null',
  `create table customer (
    id integer primary key, name text not null, type text not null, status text not null, email text, phone text,
    payment_type text not null, tax_identifier text, language text not null, has_payment_method integer not null,
    created_at text not null, version integer not null, search_text text not null)`,
  'create index customer_by_type on customer (type)',
  `create table contact (
    id integer primary key, customer_id integer not null, name text not null, email text, phone text,
    roles text not null, has_login integer not null)`,
  'create index contact_by_customer on contact (customer_id)',
  'create table site (id integer primary key, customer_id integer not null, name text not null, address text not null)',
  'create index site_by_customer on site (customer_id)',
  `create table service (
    id integer primary key, customer_id integer not null, status text not null, document text not null)`,
  'create index service_by_customer on service (customer_id)',
];

/** `contentless_delete`: only the index is kept, and a row's entries go by its number alone. */
const indexes = [
  `create virtual table customer_term using fts5(terms, content = '', contentless_delete = 1, detail = none, ${TERMS})`,
  'create virtual table customer_term_entry using fts5vocab(customer_term, instance)',
  `create virtual table service_term using fts5(terms, content = '', contentless_delete = 1, detail = none, ${TERMS})`,
  'create virtual table service_term_entry using fts5vocab(service_term, instance)',
  `create virtual table customer_fragment using fts5(
    text, content = '', contentless_delete = 1, detail = none, tokenize = "trigram case_sensitive 1")`,
];

export const first = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of [...tables, ...indexes]) await sql.raw(statement).execute(db);
  },
};
