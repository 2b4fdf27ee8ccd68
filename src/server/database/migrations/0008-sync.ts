import { type Kysely, sql } from 'kysely';

/**
 * `changed_xid` is the transaction that last changed the row: changes are pulled by a range of transactions, below the
 * oldest that still runs. It is stamped on rows only when something a desk sees of them changed.
 */
const stamps = sql`
  alter table stores add column changed_xid xid8 not null default '0';
  alter table inventory_templates add column changed_xid xid8 not null default '0';
  -- A product's name and slug are in the rows of its services too.
  alter table products add column changed_xid xid8 not null default '0', add column named_xid xid8 not null default '0';
  alter table items add column changed_xid xid8 not null default '0';
  alter table reservations add column changed_xid xid8 not null default '0';
  alter table customers add column changed_xid xid8 not null default '0';
  alter table payment_methods add column changed_xid xid8 not null default '0';
  alter table contacts add column changed_xid xid8 not null default '0';
  alter table sites add column changed_xid xid8 not null default '0';
  alter table services add column changed_xid xid8 not null default '0';
  alter table orders add column changed_xid xid8 not null default '0';
  alter table jobs add column changed_xid xid8 not null default '0';

  create function sync_stamp() returns trigger language plpgsql as $$
  begin
    new.changed_xid := pg_current_xact_id();
    perform pg_notify('comptoir_sync', '');
    return new;
  end $$;
  create function sync_stamp_name() returns trigger language plpgsql as $$
  begin
    new.named_xid := pg_current_xact_id();
    return new;
  end $$`;

// After the guards of the tables, by name: a stamp judges the row as it will be.
const triggers = sql`
  create trigger sync_inserted before insert on stores for each row execute function sync_stamp();
  create trigger sync_updated before update on stores
    for each row when (old.* is distinct from new.*) execute function sync_stamp();
  create trigger sync_inserted before insert on inventory_templates for each row execute function sync_stamp();
  create trigger sync_updated before update on inventory_templates for each row
    when ((old.slug, old.name, old.identifiers) is distinct from (new.slug, new.name, new.identifiers))
    execute function sync_stamp();
  create trigger sync_inserted before insert on products for each row execute function sync_stamp();
  create trigger sync_updated before update on products
    for each row when (old.* is distinct from new.*) execute function sync_stamp();
  create trigger sync_renamed before update on products
    for each row when ((old.slug, old.name) is distinct from (new.slug, new.name)) execute function sync_stamp_name();
  create trigger sync_inserted before insert on items for each row execute function sync_stamp();
  create trigger sync_updated before update on items
    for each row when (old.* is distinct from new.*) execute function sync_stamp();
  create trigger sync_inserted before insert on reservations for each row execute function sync_stamp();
  create trigger sync_updated before update on reservations
    for each row when (old.* is distinct from new.*) execute function sync_stamp();
  create trigger sync_inserted before insert on customers for each row execute function sync_stamp();
  create trigger sync_updated before update on customers
    for each row when (old.* is distinct from new.*) execute function sync_stamp();
  create trigger sync_inserted before insert on payment_methods for each row execute function sync_stamp();
  create trigger sync_updated before update on payment_methods
    for each row when (old.* is distinct from new.*) execute function sync_stamp();
  create trigger sync_inserted before insert on contacts for each row execute function sync_stamp();
  create trigger sync_updated before update on contacts
    for each row when (old.* is distinct from new.*) execute function sync_stamp();
  create trigger sync_inserted before insert on sites for each row execute function sync_stamp();
  create trigger sync_updated before update on sites
    for each row when (old.* is distinct from new.*) execute function sync_stamp();
  create trigger sync_inserted before insert on services for each row execute function sync_stamp();
  create trigger sync_updated before update on services
    for each row when (old.* is distinct from new.*) execute function sync_stamp();
  -- Orders and jobs are in a desk's rows as a service's add-ons and last job only.
  create trigger sync_inserted before insert on orders for each row execute function sync_stamp();
  create trigger sync_updated before update on orders for each row
    when ((old.service_id, old.product_id, old.status, old.ended_at)
      is distinct from (new.service_id, new.product_id, new.status, new.ended_at))
    execute function sync_stamp();
  create trigger sync_inserted before insert on jobs for each row execute function sync_stamp();
  create trigger sync_updated before update on jobs
    for each row when (old.service_id is distinct from new.service_id) execute function sync_stamp()`;

// What a row was part of and is no more has no row left that tells so. Only added to, so that nobody waits for another.
const marks = sql`
  create table sync_marks (
    -- What is to be looked at again: an entity of the feed and its key.
    entity text not null,
    key text not null,
    -- The store whose desks it concerns; null for all.
    store_id integer,
    changed_xid xid8 not null
  );

  -- Arguments: the entity, the column with its key, the column with its store if it has one.
  create function sync_mark() returns trigger language plpgsql as $$
  declare was jsonb := to_jsonb(old);
  begin
    if was ->> tg_argv[1] is not null then
      insert into sync_marks (entity, key, store_id, changed_xid)
        values (tg_argv[0], was ->> tg_argv[1], (was ->> tg_argv[2])::integer, pg_current_xact_id());
      perform pg_notify('comptoir_sync', '');
    end if;
    return null;
  end $$;

  create trigger sync_deleted after delete on stores for each row execute function sync_mark('stores', 'id');
  create trigger sync_deleted after delete on inventory_templates
    for each row execute function sync_mark('templates', 'slug');
  create trigger sync_deleted after delete on products for each row execute function sync_mark('products', 'id');
  create trigger sync_deleted after delete on items for each row
    when (old.store_id is not null) execute function sync_mark('items', 'id', 'store_id');
  create trigger sync_deleted after delete on customers for each row execute function sync_mark('customers', 'id');
  create trigger sync_deleted after delete on contacts for each row execute function sync_mark('contacts', 'id');
  create trigger sync_deleted after delete on sites for each row execute function sync_mark('sites', 'id');
  create trigger sync_deleted after delete on services for each row execute function sync_mark('services', 'id');

  create trigger sync_left_store after update on items for each row
    when (old.store_id is not null and old.store_id is distinct from new.store_id)
    execute function sync_mark('items', 'id', 'store_id');
  create trigger sync_left_service after update on items for each row
    when (old.service_id is distinct from new.service_id) execute function sync_mark('services', 'service_id');
  create trigger sync_item_deleted after delete on items
    for each row execute function sync_mark('services', 'service_id');
  create trigger sync_left_customer after update on payment_methods for each row
    when (old.customer_id is distinct from new.customer_id) execute function sync_mark('customers', 'customer_id');
  create trigger sync_deleted after delete on payment_methods
    for each row execute function sync_mark('customers', 'customer_id');
  create trigger sync_left_service after update on orders for each row
    when (old.service_id is distinct from new.service_id) execute function sync_mark('services', 'service_id');
  create trigger sync_deleted after delete on orders for each row execute function sync_mark('services', 'service_id');
  create trigger sync_left_service after update on jobs for each row
    when (old.service_id is distinct from new.service_id) execute function sync_mark('services', 'service_id');
  create trigger sync_deleted after delete on jobs for each row execute function sync_mark('services', 'service_id');

  -- Old reservations are forgotten; a desk that was away since before this one ended must still hear that it did. The mark
  -- is as old as the end, so that all others are spared it.
  create function sync_mark_reservation() returns trigger language plpgsql as $$
  begin
    insert into sync_marks (entity, key, store_id, changed_xid)
      select 'items', id, store_id, old.changed_xid from items where id = old.item_id and store_id is not null;
    return null;
  end $$;
  create trigger sync_deleted after delete on reservations for each row execute function sync_mark_reservation()`;

const indexes = sql`
  create index items_of_store on items (store_id, id) where status in ('new', 'in_stock');
  create index items_changed on items (store_id, changed_xid, id) where store_id is not null;
  create index items_of_services_changed on items (changed_xid, service_id) where service_id is not null;
  create index reservations_changed on reservations (changed_xid, item_id);
  create index customers_changed on customers (changed_xid, id);
  create index payment_methods_changed on payment_methods (changed_xid, customer_id);
  create index contacts_changed on contacts (changed_xid, id);
  create index sites_changed on sites (changed_xid, id);
  create index services_changed on services (changed_xid, id);
  create index services_of_product on services (product_id, id);
  create index orders_changed on orders (changed_xid, service_id) where service_id is not null;
  create index orders_of_product on orders (product_id, service_id) where service_id is not null;
  create index jobs_changed on jobs (changed_xid, service_id) where service_id is not null;
  create index sync_marks_changed on sync_marks (entity, changed_xid, key)`;

// By which a desk's cursor is told from those of other databases.
const identity = sql`
  insert into settings (key, value) values ('database_id', to_jsonb(gen_random_uuid()::text))`;

/** What desks pull: which transaction last changed each row, and what was taken away. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const step of [stamps, triggers, marks, indexes, identity]) await step.execute(db);
}
