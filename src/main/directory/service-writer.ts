import type { Database } from 'better-sqlite3';
import { itemTerms } from '#core/inventory/item-terms.ts';
import type { ServiceRow } from '#core/sync/rows.ts';
import type { EntityWriter } from './entities.ts';
import { DOC_BITS } from './schema.ts';
import { joinTerms, upsert } from './upsert.ts';

/** A service is found by its items, wherever they were sold. */
export function createServiceWriter(database: Database): EntityWriter<'services'> {
  const known = database.prepare<[number], { document: string }>('select document from service where id = ?');
  const put = upsert(database, 'service', ['id', 'customer_id', 'status', 'document']);
  const remove = database.prepare('delete from service where id = ?');
  const addTerms = database.prepare('insert into service_term (rowid, terms) values (?, ?)');
  const removeTerms = database.prepare('delete from service_term where rowid = ?');
  const docOf = (service: number, item: number) => (BigInt(service) << BigInt(DOC_BITS)) | BigInt(item);
  const unindex = (id: number, items: ServiceRow['items']) => {
    for (const item of items) removeTerms.run(docOf(id, item.id));
  };
  const itemsBefore = (id: number): ServiceRow['items'] => {
    const before = known.get(id);
    return before === undefined ? [] : (JSON.parse(before.document) as ServiceRow).items;
  };
  return {
    keep(row) {
      const before = itemsBefore(row.id);
      put.run(row.id, row.customerId, row.status, JSON.stringify(row));
      if (JSON.stringify(before) === JSON.stringify(row.items)) return;
      unindex(row.id, before);
      for (const item of row.items) addTerms.run(docOf(row.id, item.id), joinTerms(itemTerms(item)));
    },
    forget(key) {
      const id = Number(key);
      unindex(id, itemsBefore(id));
      remove.run(id);
    },
  };
}
