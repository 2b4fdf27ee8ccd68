import type { Database, Statement } from 'better-sqlite3';

/** Inserts a row, or replaces the one with the same key; the key is the first column. */
export function upsert(database: Database, table: string, columns: readonly string[]): Statement {
  const [key, ...others] = columns;
  return database.prepare(`
    insert into ${table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})
    on conflict (${key}) do update set ${others.map((name) => `${name} = excluded.${name}`).join(', ')}`);
}

/** Terms of one entry of a full-text index, as its tokenizer parts them. */
export function joinTerms(terms: readonly string[]): string {
  return terms.map((term) => term.replaceAll('\n', ' ')).join('\n');
}
