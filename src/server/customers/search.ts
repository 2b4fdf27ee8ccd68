import { sql } from 'kysely';
import { z } from 'zod';
import type { Customer, CustomerType } from '#core/domain/customer.ts';
import type { Reader } from '../database/connection.ts';
import { fail } from '../http/errors.ts';
import { type Page, readCursor, writeCursor } from '../http/page.ts';
import { type CustomerRow, customerRows, presentCustomer } from './customer-rows.ts';
import { type Probe, planSearch, type SearchPlan } from './search-plan.ts';

export interface CustomerSearch {
  readonly q?: string;
  readonly type?: CustomerType;
  readonly limit: number;
  readonly cursor?: string;
}

/** Customers who hold an item with this ICCID or number; the inventory knows. */
export type OwnersOf = (reader: Reader, identifier: string) => Promise<readonly number[]>;

/** Where a page ended: the probe, and the term and id of its last row there. */
const positionSchema = z.object({ probe: z.int().min(0).max(100), term: z.string().max(1000), id: z.int().min(0) });
type Position = z.infer<typeof positionSchema>;

/**
 * Customers by what staff typed, best first: their own id, the owner of an ICCID or number, then by prefix of name,
 * phone and e-mail, then by fragments. Without text, all by id. Every page costs a few index lookups, whatever the number
 * of customers.
 */
export async function searchCustomers(
  reader: Reader,
  ownersOf: OwnersOf,
  search: CustomerSearch,
): Promise<Page<Customer>> {
  const position = positionOf(search.cursor);
  const text = search.q?.trim() ?? '';
  if (text === '') return pageOfProbes(reader, [{ fragments: [] }], [], search, position);
  const plan = planSearch(text);
  const exact = await exactMatches(reader, ownersOf, plan);
  return pageOfProbes(reader, plan.probes, exact, search, position);
}

function positionOf(cursor: string | undefined): Position | undefined {
  const given = readCursor(cursor);
  if (given === undefined) return undefined;
  const { data } = positionSchema.safeParse(given);
  if (!data) throw fail('invalid_input', { issues: [{ path: 'cursor', message: 'is not a cursor of this list' }] });
  return data;
}

async function exactMatches(reader: Reader, ownersOf: OwnersOf, { id, identifier }: SearchPlan): Promise<number[]> {
  const owners = identifier === null ? [] : await ownersOf(reader, identifier);
  return [...new Set([...(id === null ? [] : [id]), ...owners])];
}

async function pageOfProbes(
  reader: Reader,
  probes: readonly Probe[],
  exact: readonly number[],
  { type, limit }: CustomerSearch,
  start: Position | undefined,
): Promise<Page<Customer>> {
  const found = start === undefined ? await byIds(reader, exact, type) : [];
  for (let index = start?.probe ?? 0; index < probes.length && found.length <= limit; index++) {
    const after = start?.probe === index ? start : undefined;
    const rows = await runProbe(reader, { probes, index, exact, type, after, limit: limit + 1 - found.length });
    found.push(...rows.map((row) => ({ row, position: { probe: index, term: row.term ?? '', id: row.id } })));
  }
  const shown = found.slice(0, limit);
  const last = shown.at(-1)?.position;
  const nextCursor = found.length > limit && last ? writeCursor(last) : null;
  return { items: shown.map(({ row: { term: _, ...row } }) => presentCustomer(row)), nextCursor };
}

type FoundRow = CustomerRow & { term?: string };
interface Found {
  row: FoundRow;
  position: Position;
}

/** In the order of the ids given. They come before the first probe, so a page may end there only when it is full of them. */
async function byIds(reader: Reader, ids: readonly number[], type: CustomerType | undefined): Promise<Found[]> {
  if (ids.length === 0) return [];
  const rows = await customerRows(reader)
    .where('customers.id', 'in', [...ids])
    .$if(type !== undefined, (query) => query.where('customers.type', '=', type as CustomerType))
    .execute();
  rows.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
  return rows.map((row) => ({ row, position: { probe: 0, term: '', id: 0 } }));
}

interface ProbeRun {
  readonly probes: readonly Probe[];
  readonly index: number;
  readonly exact: readonly number[];
  readonly type: CustomerType | undefined;
  readonly after: Position | undefined;
  readonly limit: number;
}

function runProbe(reader: Reader, run: ProbeRun): Promise<FoundRow[]> {
  const { prefix } = run.probes[run.index] ?? { fragments: [] };
  return prefix === undefined ? runFragments(reader, run) : runPrefix(reader, run, prefix);
}

/** Above every text that starts with the prefix, in byte order. */
const above = (prefix: string) => `${prefix}\u{10FFFF}`;

/** Ordered by term; a customer with several terms in the range counts at the first. */
function runPrefix(reader: Reader, { probes, index, exact, type, after, limit }: ProbeRun, prefix: string) {
  const { fragments } = probes[index] as Probe;
  const from = after ? sql`(${after.term}, ${after.id}::integer)` : sql`(${prefix}, 0)`;
  return customerRows(reader)
    .innerJoin('customerTerms', 'customerTerms.customerId', 'customers.id')
    .select('customerTerms.term')
    .where(sql<boolean>`(customer_terms.term, customer_terms.customer_id) > ${from}`)
    .where('customerTerms.term', '<', above(prefix))
    .where(sql<boolean>`not exists (select from customer_terms earlier
        where earlier.customer_id = customer_terms.customer_id
          and earlier.term >= ${prefix} and earlier.term < customer_terms.term)`)
    .where(notFoundBefore(probes.slice(0, index), exact))
    .$if(type !== undefined, (query) => query.where('customers.type', '=', type as CustomerType))
    .where((where) => where.and(fragments.map((fragment) => where('customers.searchText', 'like', fragment))))
    .orderBy('customerTerms.term')
    .orderBy('customerTerms.customerId')
    .limit(limit)
    .execute();
}

/** Ordered by id: in the order in which they became customers. */
function runFragments(reader: Reader, { probes, index, exact, type, after, limit }: ProbeRun) {
  const { fragments } = probes[index] as Probe;
  return customerRows(reader)
    .where('customers.id', '>', after?.id ?? 0)
    .where(notFoundBefore(probes.slice(0, index), exact))
    .$if(type !== undefined, (query) => query.where('customers.type', '=', type as CustomerType))
    .where((where) => where.and(fragments.map((fragment) => where('customers.searchText', 'like', fragment))))
    .orderBy('customers.id')
    .limit(limit)
    .execute();
}

/** Leaves out who an earlier, better probe finds, so that nobody is listed twice. */
function notFoundBefore(probes: readonly Probe[], exact: readonly number[]) {
  const notExact = exact.length === 0 ? sql`true` : sql`customers.id <> all(${[...exact]}::integer[])`;
  const others = probes.map(({ prefix = '', fragments }) => {
    const texts = fragments.map((fragment) => sql`and customers.search_text like ${fragment}`);
    return sql`and not exists (select from customer_terms better where better.customer_id = customers.id
      and better.term >= ${prefix} and better.term < ${above(prefix)} ${sql.join(texts, sql` `)})`;
  });
  return sql<boolean>`${notExact} ${sql.join(others, sql` `)}`;
}
