import type { SyncEntity, SyncPage } from '#core/sync/rows.ts';
import { entitySql } from './entities.ts';

/** Rows of one entity as PostgreSQL gave them: JSON arrays with commas between. */
export interface TableText {
  readonly entity: SyncEntity;
  readonly rows: string;
  /** A JSON array of keys. */
  readonly gone: string;
}

/** A page whose rows are still text, because reading and writing each again would cost as much as making them. */
export interface PageText extends Omit<SyncPage, 'tables'> {
  readonly tables: readonly TableText[];
}

export interface PageSizes {
  /** A page is closed once it has so much text; one slice more is the most it gets. */
  readonly characters: number;
  /** Rows of an entity that are read at once. */
  rows(entity: SyncEntity): number;
}

export const pageSizes: PageSizes = { characters: 500_000, rows: (entity) => entitySql[entity].rowsAtOnce };

export function isFull(tables: readonly TableText[], { characters }: PageSizes): boolean {
  return tables.reduce((size, { rows, gone }) => size + rows.length + gone.length, 0) >= characters;
}

/** The page as the contract's `syncPageSchema` has it, in JSON. */
export function pageJson({ tables, ...rest }: PageText): string {
  const texts = tables.map(({ entity, rows, gone }) => {
    const columns = JSON.stringify(entitySql[entity].columns);
    return `{"entity":"${entity}","columns":${columns},"rows":[${rows}],"gone":${gone}}`;
  });
  return `{"tables":[${texts.join(',')}],${JSON.stringify(rest).slice(1)}`;
}
