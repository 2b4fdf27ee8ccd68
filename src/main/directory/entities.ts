import type { Database } from 'better-sqlite3';
import { memorability } from '#core/inventory/memorable.ts';
import { iccidKey } from '#core/scan/iccid.ts';
import type { SyncEntity, SyncRow } from '#core/sync/rows.ts';
import { createCustomerWriters } from './customer-writers.ts';
import { createServiceWriter } from './service-writer.ts';
import { upsert } from './upsert.ts';

/** Puts an entity's rows into the directory, inside the transaction of their page. */
export interface EntityWriter<E extends SyncEntity> {
  keep(row: SyncRow<E>): void;
  /** The row with this key, if it is there. */
  forget(key: number | string): void;
}

export type EntityWriters = { readonly [E in SyncEntity]: EntityWriter<E> };

export function createEntityWriters(database: Database): EntityWriters {
  return {
    stores: createStoreWriter(database),
    templates: createTemplateWriter(database),
    products: createProductWriter(database),
    items: createItemWriter(database),
    ...createCustomerWriters(database),
    services: createServiceWriter(database),
  };
}

function createStoreWriter(database: Database): EntityWriter<'stores'> {
  const put = upsert(database, 'store', ['id', 'name']);
  const remove = database.prepare('delete from store where id = ?');
  return { keep: ({ id, name }) => void put.run(id, name), forget: (id) => void remove.run(id) };
}

function createTemplateWriter(database: Database): EntityWriter<'templates'> {
  const put = upsert(database, 'template', ['slug', 'document']);
  const remove = database.prepare('delete from template where slug = ?');
  return {
    keep: (row) => void put.run(row.slug, JSON.stringify(row)),
    forget: (slug) => void remove.run(slug),
  };
}

function createProductWriter(database: Database): EntityWriter<'products'> {
  const put = upsert(database, 'product', ['id', 'slug', 'name', 'document']);
  const remove = database.prepare('delete from product where id = ?');
  return {
    keep: (row) => void put.run(row.id, row.slug, row.name, JSON.stringify(row)),
    forget: (id) => void remove.run(id),
  };
}

const itemColumns = [
  ...['id', 'template', 'status', 'store_id', 'desk_id', 'label_key', 'iccid', 'iccid_key'],
  ...['imsi', 'msisdn', 'imei', 'serial_key', 'mac', 'memorable', 'document'],
];

function createItemWriter(database: Database): EntityWriter<'items'> {
  const put = upsert(database, 'item', itemColumns);
  const remove = database.prepare('delete from item where id = ?');
  return {
    keep(row) {
      const { iccid, imsi = null, msisdn = null, imei = null, serial, mac = null } = row.identifiers;
      const place = [row.id, row.template, row.status, row.storeId, row.deskId, row.label.toLowerCase()];
      const card = iccid === undefined ? [null, null] : [iccid, iccidKey(iccid)];
      const others = [imsi, msisdn, imei, serial?.toUpperCase() ?? null, mac];
      put.run(...place, ...card, ...others, msisdn === null ? 0 : memorability(msisdn), JSON.stringify(row));
    },
    forget: (id) => void remove.run(id),
  };
}
