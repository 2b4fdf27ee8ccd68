import { sql } from 'kysely';
import { searchTextOf, termsOf } from '../../src/core/customers/search-text.ts';
import type { Db } from '../../src/server/database/connection.ts';
import { customerAt } from './customer-at.ts';

export { customerAt } from './customer-at.ts';

const BATCH = 5_000;

/** Adds customers `from` up to `to`, findable as if they had been created one by one. */
export async function insertCustomers(db: Db, from: number, to: number): Promise<void> {
  for (let start = from; start < to; start += BATCH) {
    const rows = Array.from({ length: Math.min(BATCH, to - start) }, (_, index) => customerAt(start + index));
    const terms = rows.flatMap((row) => termsOf(row, []).map((term) => ({ term, id: row.id })));
    await sql`
      insert into customers (id, name, type, email, phone, created_at, search_text)
      select id, name, 'individual', email, phone, now(), search_text
      from unnest(${rows.map(({ id }) => id)}::int[], ${rows.map(({ name }) => name)}::text[],
        ${rows.map(({ email }) => email)}::text[], ${rows.map(({ phone }) => phone)}::text[],
        ${rows.map(searchTextOf)}::text[]) as r(id, name, email, phone, search_text)
      on conflict do nothing`.execute(db);
    await sql`
      insert into customer_terms (term, customer_id)
      select * from unnest(${terms.map(({ term }) => term)}::text[], ${terms.map(({ id }) => id)}::int[])
      on conflict do nothing`.execute(db);
  }
  await sql`vacuum analyze customers, customer_terms`.execute(db);
}
