import { type RawBuilder, sql } from 'kysely';
import type { SyncEntity } from '#core/sync/rows.ts';
import type { Viewpoint } from './entities.ts';

/**
 * A table whose changed rows say which rows of an entity a desk is to look at again: the entity's own, or one that some of
 * its fields are made from.
 */
export interface Source {
  readonly name: string;
  readonly entity: SyncEntity;
  /** Read as `c`. */
  readonly table: RawBuilder<unknown>;
  readonly xid: RawBuilder<unknown>;
  /** Which of its rows are of interest. */
  readonly only: (view: Viewpoint) => RawBuilder<unknown>;
  /** From a changed row to the rows of the entity; empty for the entity's own. */
  readonly joins: (view: Viewpoint) => RawBuilder<unknown>;
  readonly key: RawBuilder<unknown>;
  /** True for the entity's own rows. Those are not sent again for what they are made from. */
  readonly isOwn: boolean;
}

type Options = Partial<Pick<Source, 'only' | 'joins'>> & { xid?: string };

const all = () => sql`true`;
const nothing = () => sql``;

function source(entity: SyncEntity, table: string, key: string, options: Options = {}): Source {
  const { only = all, joins = nothing, xid = 'changed_xid' } = options;
  const shared = { entity, table: sql.table(table), xid: sql.ref(`c.${xid}`), only, joins, key: sql.ref(key) };
  return { ...shared, name: `${entity}<${table}`, isOwn: false };
}

const own = (entity: SyncEntity, table: string, key: string, options: Options = {}): Source => ({
  ...source(entity, table, key, options),
  isOwn: true,
});

/** What was deleted, or lost what its row was made from; see migration 0008. */
const marks = (entity: SyncEntity, key = sql`c.key::integer`): Source => ({
  ...source(entity, 'sync_marks', 'c.key', {
    only: ({ storeId }) => sql`c.entity = ${sql.lit(entity)} and (c.store_id is null or c.store_id = ${storeId})`,
  }),
  key,
});

const ofStore = ({ storeId }: Viewpoint) => sql`c.store_id = ${storeId}`;
const stockOf = ({ storeId }: Viewpoint) => sql`i.store_id = ${storeId} and i.status in ('new', 'in_stock')`;
const ofService = () => sql`c.service_id is not null`;

/**
 * In this order. Within an entity its own rows come first, which spares the others, and marks last: a row that is deleted
 * while the pages are read leaves one behind it.
 */
export const sources: readonly Source[] = [
  own('stores', 'stores', 'c.id'),
  marks('stores'),
  own('templates', 'inventory_templates', 'c.slug'),
  marks('templates', sql`c.key`),
  own('products', 'products', 'c.id'),
  marks('products'),
  own('items', 'items', 'c.id', { only: ofStore }),
  source('items', 'reservations', 'c.item_id', {
    joins: (view) => sql`join items i on i.id = c.item_id and ${stockOf(view)}`,
  }),
  source('items', 'stores', 'i.id', {
    only: ({ storeId }) => sql`c.id = ${storeId}`,
    joins: (view) => sql`join items i on i.store_id = c.id and ${stockOf(view)}`,
  }),
  source('items', 'inventory_templates', 'i.id', {
    joins: (view) => sql`join items i on i.template = c.slug and ${stockOf(view)}`,
  }),
  marks('items'),
  own('customers', 'customers', 'c.id'),
  source('customers', 'payment_methods', 'c.customer_id'),
  marks('customers'),
  own('contacts', 'contacts', 'c.id'),
  marks('contacts'),
  own('sites', 'sites', 'c.id'),
  marks('sites'),
  own('services', 'services', 'c.id'),
  source('services', 'items', 'c.service_id', { only: ofService }),
  source('services', 'orders', 'c.service_id', {
    only: ofService,
    joins: () => sql`join products p on p.id = c.product_id and p.category = 'addon'`,
  }),
  source('services', 'jobs', 'c.service_id', { only: ofService }),
  source('services', 'inventory_templates', 'i.service_id', {
    joins: () => sql`join items i on i.template = c.slug and i.service_id is not null`,
  }),
  {
    ...source('services', 'products', 's.id', {
      xid: 'named_xid',
      joins: () => sql`join services s on s.product_id = c.id`,
    }),
  },
  {
    ...source('services', 'products', 'o.service_id', {
      xid: 'named_xid',
      only: () => sql`c.category = 'addon'`,
      joins: () => sql`join orders o on o.product_id = c.id and o.service_id is not null and o.status = 'active'`,
    }),
    name: 'services<addons',
  },
  marks('services'),
];
