import { sql } from 'kysely';
import type { DirectoryReader } from './open.ts';
import { DOC_BITS } from './schema.ts';

/** `owner`: the customer, or the service. `part`: the contact (0 for the customer itself), or the item. */
export interface TermEntry {
  readonly term: string;
  readonly owner: number;
  readonly part: number;
}

interface TermRange {
  readonly prefix: string;
  /** Only what follows this entry. */
  readonly after?: { readonly term: string; readonly owner: number } | undefined;
  readonly limit: number;
}

interface CustomerRange extends TermRange {
  /** What the customer's search text must hold, all of it. */
  readonly texts: readonly string[];
  /** How many entries are looked at for it. */
  readonly lookedAt: number;
}

const tables = { customers: sql.table('customer_term_entry'), services: sql.table('service_term_entry') };
const LOWER = 2 ** DOC_BITS - 1;

/** Above every text that starts with the prefix, in byte order. */
const above = (prefix: string) => `${prefix}\u{10FFFF}`;

/**
 * The first entries whose term begins so, ordered by term (in byte order), then owner; an owner may come several times
 * under one term. Costs a seek and one step for each, however many there are. For the terms of customers see
 * core/customers/search-text.ts, of services core/inventory/item-terms.ts.
 */
export async function termsFrom(
  reader: DirectoryReader,
  index: keyof typeof tables,
  { prefix, after, limit }: TermRange,
): Promise<TermEntry[]> {
  const start = after?.term ?? prefix;
  const isAfter = after === undefined ? sql`true` : sql`(term > ${start} or doc >> ${DOC_BITS} > ${after.owner})`;
  // The index gives its entries in this order; asked for it, SQLite would read and sort the whole range first.
  const { rows } = await sql<TermEntry>`
    select term, doc >> ${DOC_BITS} as owner, doc & ${LOWER} as part from ${tables[index]}
    where term >= ${start} and term < ${above(prefix)} and ${isAfter} limit ${limit}`.execute(reader);
  return rows;
}

/** The same of customers alone, leaving out those whose search text lacks one of the texts. */
export async function customerTermsWith(reader: DirectoryReader, range: CustomerRange): Promise<TermEntry[]> {
  const { prefix, after, texts, lookedAt, limit } = range;
  const start = after?.term ?? prefix;
  const isAfter = after === undefined ? sql`true` : sql`(term > ${start} or doc >> ${DOC_BITS} > ${after.owner})`;
  const hasAll = sql.join(
    texts.map((text) => sql`instr(customer.search_text, ${text}) > 0`),
    sql` and `,
  );
  // A cross join keeps the order of the index, and stops at the limit.
  const { rows } = await sql<TermEntry>`
    select seen.term, seen.owner, seen.part from (
      select term, doc >> ${DOC_BITS} as owner, doc & ${LOWER} as part from customer_term_entry
      where term >= ${start} and term < ${above(prefix)} and ${isAfter} limit ${lookedAt}) seen
    cross join customer on customer.id = seen.owner where ${hasAll} limit ${limit}`.execute(reader);
  return rows;
}

/** Runs of three characters are what the index of fragments knows. */
const TRIGRAM = 3;

/**
 * Customers, by ascending id, whose search text may hold this text: all its runs of three characters are in it, so the
 * text itself remains to be compared. `text` has three characters at least; only ids above `afterId` are given.
 */
export async function customersWithFragment(
  reader: DirectoryReader,
  texts: readonly string[],
  { afterId, limit }: { afterId: number; limit: number },
): Promise<number[]> {
  const runs = [...new Set(texts.flatMap(runsOf))];
  if (runs.length === 0) return [];
  const match = runs.map((run) => `"${run.replaceAll('"', '""')}"`).join(' AND ');
  const { rows } = await sql<{ id: number }>`
    select rowid as id from customer_fragment where customer_fragment match ${match} and rowid > ${afterId}
    order by rowid limit ${limit}`.execute(reader);
  return rows.map(({ id }) => id);
}

function runsOf(text: string): string[] {
  const letters = [...text];
  return letters.slice(TRIGRAM - 1).map((_, index) => letters.slice(index, index + TRIGRAM).join(''));
}
