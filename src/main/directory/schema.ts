import type { ColumnType } from 'kysely';
import type { CustomerType } from '#core/domain/customer.ts';
import type { ItemStatus } from '#core/domain/inventory.ts';
import type { ServiceStatus } from '#core/domain/service.ts';

/** Found by its term, and read alone: what fills it is the writer's. */
type Read<T> = ColumnType<T, never, never>;

/**
 * The tables of the directory. A `document` is the whole row of core/sync/rows.ts as JSON; the columns beside it are for
 * finding and sorting. Customers, contacts and sites are many and flat: their columns are the row.
 */
export interface DirectoryTables {
  /** `cursor`, `mode` (snapshot, changes), `done`, `total`, `lastSyncAt`. */
  meta: { name: string; value: string };
  store: { id: number; name: string };
  template: { slug: string; document: string };
  product: { id: number; slug: string; name: string; document: string };
  item: {
    id: number;
    template: string;
    status: ItemStatus;
    storeId: number | null;
    deskId: string | null;
    /** The label in lower case; items are sorted by it. */
    labelKey: string;
    iccid: string | null;
    /** The one key of all spellings of a card (core/scan/iccid.ts). */
    iccidKey: string | null;
    imsi: string | null;
    msisdn: string | null;
    imei: string | null;
    /** The serial in capitals. */
    serialKey: string | null;
    mac: string | null;
    /** How easy the number is to remember (core/inventory/memorable.ts). */
    memorable: number;
    document: string;
  };
  customer: {
    id: number;
    name: string;
    type: CustomerType;
    status: string;
    email: string | null;
    phone: string | null;
    paymentType: string;
    taxIdentifier: string | null;
    language: string;
    /** 0 or 1. */
    hasPaymentMethod: number;
    createdAt: string;
    version: number;
    /** For words and fragments inside (core/customers/search-text.ts); see also `customersWithFragment`. */
    searchText: string;
  };
  contact: {
    id: number;
    customerId: number;
    name: string;
    email: string | null;
    phone: string | null;
    /** JSON array. */
    roles: string;
    /** 0 or 1. */
    hasLogin: number;
  };
  site: { id: number; customerId: number; name: string; address: string };
  service: { id: number; customerId: number; status: ServiceStatus; document: string };
  /**
   * Every term of every customer and its contacts, in order of term, then customer: what a prefix finds. `doc` is
   * `customer << 31 | contact` (contact 0 for the customer's own). It is the inside of a full-text index, which takes a
   * million customers in a minute where a B-tree of as many scattered terms would not. Read it by `termsFrom`.
   */
  customerTermEntry: { term: Read<string>; doc: Read<number> };
  /** The same of the items of services; `doc` is `service << 31 | item`. */
  serviceTermEntry: { term: Read<string>; doc: Read<number> };
}

/** How many bits of a `doc` are its second id. */
export const DOC_BITS = 31;
