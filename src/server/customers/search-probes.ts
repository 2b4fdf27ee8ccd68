import { sql } from 'kysely';
import { escapeLike } from '#core/customers/search-plan.ts';
import type { CustomerType } from '#core/domain/customer.ts';
import type { Reader } from '../database/connection.ts';
import { type CustomerRow, customerRows } from './customer-rows.ts';

/** One lookup of a search: customers with a term that begins so, and all the fragments in their text. */
export interface Probe {
  readonly prefix: string;
  /** Patterns for LIKE, already escaped. */
  readonly fragments: readonly string[];
}

export type FoundRow = CustomerRow & { readonly term?: string };

/** How many customers with one word are looked at for the others, so that two common words cost no more than rare ones. */
const LOOKED_AT = 2_000;
/** And how many for their type alone. PostgreSQL stops at the page's end, and with a limit it walks the index in order. */
const LOOKED_AT_FOR_TYPE = 20_000;

/** Above every text that starts with the prefix, in byte order. */
const above = (prefix: string) => `${prefix}\u{10FFFF}`;

/** In the order of the ids given. */
export async function byIds(
  reader: Reader,
  ids: readonly number[],
  type: CustomerType | undefined,
): Promise<FoundRow[]> {
  if (ids.length === 0) return [];
  const rows = await customerRows(reader)
    .where('customers.id', 'in', [...ids])
    .$if(type !== undefined, (query) => query.where('customers.type', '=', type as CustomerType))
    .execute();
  return rows.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
}

/** The words in any order: whoever has the rarest of them, checked for the others. */
export async function wordProbes(reader: Reader, words: readonly string[]): Promise<Probe[]> {
  const rarest = await rarestOf(reader, words);
  if (rarest === undefined) return [];
  const others = words.filter((word) => word !== rarest).map((word) => `% ${escapeLike(word)}%`);
  const further = { prefix: `n:${rarest}`, fragments: others };
  return others.length === 0 ? [further] : [{ prefix: `a:${rarest}`, fragments: others }, further];
}

async function rarestOf(reader: Reader, words: readonly string[]): Promise<string | undefined> {
  if (words.length < 2) return words[0];
  const counts = words.map((word) => {
    const ranges = ['a:', 'n:'].map((kind) => sql`(term >= ${kind + word} and term < ${above(kind + word)})`);
    const parts = ranges.map((range) => sql`(select from customer_terms where ${range} limit ${LOOKED_AT})`);
    return sql`select ${word}::text as word, count(*) as found from (${sql.join(parts, sql` union all `)}) terms`;
  });
  const { rows } = await sql<{ word: string; found: number }>`${sql.join(counts, sql` union all `)}`.execute(reader);
  return rows.toSorted((a, b) => a.found - b.found || b.word.length - a.word.length)[0]?.word;
}

interface TermRun {
  readonly probes: readonly Probe[];
  readonly probe: number;
  /** Found already, by id or inventory. */
  readonly exact: readonly number[];
  readonly type: CustomerType | undefined;
  readonly after: { readonly term: string; readonly id: number } | undefined;
  readonly limit: number;
}

/** Ordered by term; a customer with several terms in the range counts at the first. */
export function byTerm(reader: Reader, { probes, probe, exact, type, after, limit }: TermRun): Promise<FoundRow[]> {
  const { prefix, fragments } = probes[probe] as Probe;
  const from = after ? sql`(${after.term}, ${after.id}::integer)` : sql`(${prefix}, 0)`;
  const lookedAt = fragments.length > 0 ? LOOKED_AT : LOOKED_AT_FOR_TYPE;
  const candidates = sql<{ term: string; customerId: number }>`(select term, customer_id from customer_terms
    where (term, customer_id) > ${from} and term < ${above(prefix)} order by term, customer_id limit ${lookedAt})`;
  return customerRows(reader)
    .innerJoin(candidates.as('found'), 'found.customerId', 'customers.id')
    .select('found.term')
    .$if(type !== undefined, (query) => query.where('customers.type', '=', type as CustomerType))
    .where((where) => where.and(fragments.map((fragment) => where('customers.searchText', 'like', fragment))))
    .$if(exact.length > 0, (query) => query.where(sql<boolean>`customers.id <> all(${[...exact]}::integer[])`))
    .where(isFirst(prefix))
    .where(notFoundBefore(probes.slice(0, probe)))
    .orderBy('found.term')
    .orderBy('found.customerId')
    .limit(limit)
    .execute();
}

/** Counted by a subquery for each row: as an anti-join PostgreSQL would read the whole range first. */
function isFirst(prefix: string) {
  return sql<boolean>`(select count(*) from customer_terms earlier where earlier.customer_id = found.customer_id
    and earlier.term >= ${prefix} and earlier.term < found.term) = 0`;
}

/** Leaves out who an earlier, better probe finds, so that nobody is listed twice. */
function notFoundBefore(probes: readonly Probe[]) {
  const conditions = probes.map(({ prefix, fragments }) => {
    const texts = fragments.map((fragment) => sql`and customers.search_text like ${fragment}`);
    return sql`(select count(*) from customer_terms better where better.customer_id = found.customer_id
      and better.term >= ${prefix} and better.term < ${above(prefix)} ${sql.join(texts, sql` `)}) = 0`;
  });
  return sql<boolean>`${sql.join([sql`true`, ...conditions], sql` and `)}`;
}

interface FragmentRun {
  readonly fragments: readonly string[];
  readonly type: CustomerType | undefined;
  readonly afterId: number;
  readonly limit: number;
}

/** Ordered by id: in the order in which they became customers. Without fragments, everyone. */
export function byFragments(reader: Reader, { fragments, type, afterId, limit }: FragmentRun): Promise<FoundRow[]> {
  return customerRows(reader)
    .where('customers.id', '>', afterId)
    .$if(type !== undefined, (query) => query.where('customers.type', '=', type as CustomerType))
    .where((where) => where.and(fragments.map((fragment) => where('customers.searchText', 'like', fragment))))
    .orderBy('customers.id')
    .limit(limit)
    .execute();
}
