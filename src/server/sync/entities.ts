import { type RawBuilder, sql } from 'kysely';
import { type SyncEntity, type SyncRow, syncColumns } from '#core/sync/rows.ts';

/** For whom rows are read: their store, and the time by which a hold has or has not lapsed. */
export interface Viewpoint {
  readonly storeId: number;
  readonly now: Date;
}

/** How PostgreSQL makes an entity's rows, as JSON text. The entity's own table is `e`. */
export interface EntitySql {
  readonly table: RawBuilder<unknown>;
  readonly key: 'id' | 'slug';
  /** Which rows a desk of this viewpoint has; those it has not are `gone`. */
  readonly visible: (view: Viewpoint) => RawBuilder<boolean>;
  /** Left joins: one row of `e` stays one row. */
  readonly joins: (view: Viewpoint) => RawBuilder<unknown>;
  readonly columns: readonly string[];
  /** A JSON array in the order of `columns`. */
  readonly row: RawBuilder<unknown>;
  /** How many make about half a megabyte. */
  readonly rowsAtOnce: number;
}

/** Columns that central leaves out: they are of the desk's own making. */
type Sent<E extends SyncEntity> = Exclude<keyof SyncRow<E> & string, 'share'>;
type Expressions<E extends SyncEntity> = Record<Sent<E>, RawBuilder<unknown>>;

interface Definition<E extends SyncEntity> {
  readonly table: string;
  readonly key?: 'id' | 'slug';
  readonly expressions: Expressions<E>;
  readonly visible?: (view: Viewpoint) => RawBuilder<boolean>;
  readonly joins?: (view: Viewpoint) => RawBuilder<unknown>;
  readonly rowsAtOnce: number;
}

function entity<E extends SyncEntity>(name: E, definition: Definition<E>): EntitySql {
  const { table, key = 'id', visible = () => sql<boolean>`true`, joins = () => sql``, rowsAtOnce } = definition;
  const expressions = new Map<string, RawBuilder<unknown>>(Object.entries(definition.expressions));
  const columns = syncColumns(name).filter((column) => expressions.has(column));
  const row = sql`json_build_array(${sql.join(columns.map((column) => expressions.get(column)))})`;
  return { table: sql.table(table), key, visible, joins, columns, row, rowsAtOnce };
}

/** A column of `e`. */
const own = (name: string) => sql.ref(`e.${name}`);
/** An instant as the wire has it. */
const instant = (time: RawBuilder<unknown>) =>
  sql`to_char(${time} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const money = (amount: RawBuilder<unknown>) => sql`json_build_object('amount', ${amount}, 'currency', e.currency)`;
const identifiers = (item: string) => {
  const named = ['iccid', 'imsi', 'msisdn', 'imei', 'serial', 'mac'].flatMap((name) => [
    sql.lit(name),
    sql.ref(`${item}.${name}`),
  ]);
  return sql`json_strip_nulls(json_build_object(${sql.join(named)}))`;
};

const stores = entity('stores', {
  table: 'stores',
  expressions: { id: own('id'), name: own('name') },
  rowsAtOnce: 5000,
});

const templates = entity('templates', {
  table: 'inventory_templates',
  key: 'slug',
  expressions: { slug: own('slug'), name: own('name'), identifiers: own('identifiers') },
  rowsAtOnce: 5000,
});

const products = entity('products', {
  table: 'products',
  expressions: {
    ...{ id: own('id'), slug: own('slug'), name: own('name'), description: own('description') },
    ...{ category: own('category'), serviceType: own('service_type'), enabled: own('enabled') },
    customerTypes: own('customer_types'),
    recurring: sql`case when e.recurring_amount is not null
      then json_build_object('price', ${money(own('recurring_amount'))}, 'period', e.period) end`,
    setup: money(own('setup_amount')),
    inventoryTemplates: own('inventory_templates'),
    ...{ autoRenewPrompt: own('auto_renew_prompt'), businessFields: own('business_fields') },
    asksInstallationDate: own('asks_installation_date'),
    ...{ playbook: own('playbook'), terms: own('terms') },
  },
  rowsAtOnce: 100,
});

// `r` is the open reservation that holds: an order's, which has no expiry, or a draft's that has not lapsed.
const items = entity('items', {
  table: 'items',
  visible: ({ storeId }) => sql`e.store_id = ${storeId} and e.status in ('new', 'in_stock')`,
  joins: ({ now }) => sql`
    left join inventory_templates t on t.slug = e.template
    left join stores s on s.id = e.store_id
    left join desks d on d.id = e.desk_id
    left join reservations r on r.item_id = e.id and r.ended_at is null
      and (r.order_id is not null or r.expires_at > ${now})`,
  expressions: {
    ...{ id: own('id'), template: own('template'), templateName: sql`t.name`, label: own('label') },
    status: sql`case when r.id is null then e.status else 'reserved' end`,
    identifiers: identifiers('e'),
    ...{ storeId: own('store_id'), storeName: sql`s.name` },
    reservation: sql`case when r.expires_at is not null then json_build_object('id', r.id, 'draftId', r.draft_id,
      'expiresAt', ${instant(sql`r.expires_at`)}, 'userName', r.user_name) end`,
    ...{ deskId: own('desk_id'), deskName: sql`d.name` },
  },
  rowsAtOnce: 2000,
});

const customers = entity('customers', {
  table: 'customers',
  expressions: {
    ...{ id: own('id'), name: own('name'), type: own('type'), status: own('status') },
    ...{ email: own('email'), phone: own('phone'), paymentType: own('payment_type') },
    ...{ taxIdentifier: own('tax_identifier'), language: own('language') },
    hasPaymentMethod: sql`exists (select from payment_methods m where m.customer_id = e.id and m.is_default)`,
    ...{ createdAt: instant(own('created_at')), version: own('version') },
  },
  rowsAtOnce: 4000,
});

const contacts = entity('contacts', {
  table: 'contacts',
  expressions: {
    ...{ id: own('id'), customerId: own('customer_id'), name: own('name'), email: own('email') },
    ...{ phone: own('phone'), roles: own('roles'), hasLogin: own('has_login') },
  },
  rowsAtOnce: 5000,
});

const sites = entity('sites', {
  table: 'sites',
  expressions: { id: own('id'), customerId: own('customer_id'), name: own('name'), address: own('address') },
  rowsAtOnce: 5000,
});

const serviceItems = sql`(
  select coalesce(json_agg(json_build_object('id', i.id, 'template', i.template, 'templateName', t.name,
    'label', i.label, 'identifiers', ${identifiers('i')}) order by i.id), '[]')
  from items i join inventory_templates t on t.slug = i.template where i.service_id = e.id)`;

const serviceAddons = sql`(
  select coalesce(json_agg(json_build_object('orderId', o.id, 'productName', a.name,
    'at', ${instant(sql`coalesce(o.ended_at, o.created_at)`)}) order by o.id desc), '[]')
  from orders o join products a on a.id = o.product_id
  where o.service_id = e.id and o.status = 'active' and a.category = 'addon')`;

const services = entity('services', {
  table: 'services',
  joins: () => sql`left join products p on p.id = e.product_id`,
  expressions: {
    ...{ id: own('id'), name: own('name'), status: own('status'), serviceType: own('service_type') },
    product: sql`json_build_object('id', p.id, 'slug', p.slug, 'name', p.name)`,
    ...{ customerId: own('customer_id'), createdAt: instant(own('created_at')) },
    ...{ activatedAt: instant(own('activated_at')), expiresAt: instant(own('expires_at')) },
    ...{ autoRenew: own('auto_renew'), monthlyCost: money(own('monthly_amount')), siteId: own('site_id') },
    ...{ items: serviceItems, addons: serviceAddons },
    lastJobId: sql`(select max(j.id) from jobs j where j.service_id = e.id)`,
  },
  rowsAtOnce: 1000,
});

export const entitySql: Record<SyncEntity, EntitySql> = {
  ...{ stores, templates, products, items, customers, contacts, sites, services },
};
