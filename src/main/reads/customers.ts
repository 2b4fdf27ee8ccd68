import { z } from 'zod';
import { planSearch } from '#core/customers/search-plan.ts';
import { searchTextOf, termsOf } from '#core/customers/search-text.ts';
import type { Customer } from '#core/domain/customer.ts';
import type { Central } from '../central/client.ts';
import { customersWithFragment } from '../directory/terms.ts';
import type { Asked, Read } from './asked.ts';
import { byTerm, type Probe, wordProbes } from './customer-probes.ts';
import { type CustomerRow, customersByIds, presentCustomer, unseenCustomers } from './customer-rows.ts';
import { notACursor, PAGE_LIMIT, type Page, readCursor, writeCursor } from './page.ts';
import { serviceItemsOf } from './service-items.ts';

type CustomerSearch = Parameters<Central['customers']['list']>[0];
type Plan = ReturnType<typeof planSearch>;

/** Where a page ended, spelled as central does: the probe, and the term and id of its last row there. */
const positionSchema = z.object({
  probe: z.union([z.int().min(0).max(100), z.literal('inside')]),
  term: z.string().max(1000),
  id: z.int().min(0).max(2_147_483_647),
});
type Position = z.infer<typeof positionSchema>;

interface Found {
  readonly row: CustomerRow;
  readonly position: Position;
}

/**
 * Customers by what staff typed, in central's order. Those made or renamed here, and not in the directory yet, come first:
 * they are what the counter is about now.
 */
export const listCustomers: Read<CustomerSearch, Page<Customer>> = async (asked, search) => {
  const text = search.q?.trim() ?? '';
  const start = positionOf(search.cursor);
  const plan = planSearch(text);
  const limit = search.limit ?? PAGE_LIMIT;
  const found = await searchDirectory(asked, { plan, text, type: search.type, start, limit: limit + 1 });
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  const items = shown.map(({ row }) => presentCustomer(row, asked.own));
  const first = start === undefined ? await ownMatches(asked, { plan, text, type: search.type }, items) : [];
  const nextCursor = found.length > limit && last !== undefined ? writeCursor(last.position) : null;
  return { whole: { items: [...first, ...items], nextCursor } };
};

function positionOf(cursor: string | undefined): Position | undefined {
  if (cursor === undefined || cursor === '') return undefined;
  const { data } = positionSchema.safeParse(readCursor(cursor));
  if (data === undefined) throw notACursor();
  return data;
}

interface Query {
  readonly plan: Plan;
  readonly text: string;
  readonly type: Customer['type'] | undefined;
}
type Run = Query & { readonly start: Position | undefined; readonly limit: number };

async function searchDirectory(asked: Asked, run: Run): Promise<Found[]> {
  const { plan, text, type, start, limit } = run;
  if (text === '' || start?.probe === 'inside') return inside(asked, run, text === '' ? [] : plan.fragments);
  const exact = await exactIds(asked, plan);
  const words = await wordProbes(asked.reader, plan.words);
  const probes: Probe[] = [...plan.prefixes.map((prefix) => ({ prefix, fragments: [] })), ...words];
  const found: Found[] = start === undefined ? await byIds(asked, exact, type) : [];
  const first = start === undefined ? 0 : start.probe;
  for (let probe = first; probe < probes.length && found.length < limit; probe++) {
    const after = start?.probe === probe ? start : undefined;
    const rows = await byTerm(asked.reader, { probes, probe, exact, type, after, limit: limit - found.length });
    found.push(...rows.map(({ row, term }) => ({ row, position: { probe, term, id: row.id } })));
  }
  const isLastResort = found.length === 0 && start === undefined && plan.fragments.length > 0;
  return isLastResort ? inside(asked, run, plan.fragments) : found;
}

/** A customer's own number first, then who holds the card or number typed. */
async function exactIds(asked: Asked, { id, identifier }: Plan): Promise<number[]> {
  const held = identifier === null ? [] : await serviceItemsOf(asked, identifier);
  const owners = held.slice(0, 1).map(({ customerId }) => customerId);
  return [...new Set([...(id === null ? [] : [id]), ...owners])];
}

async function byIds({ reader }: Asked, ids: readonly number[], type: Query['type']): Promise<Found[]> {
  const rows = (await customersByIds(reader, ids)).filter((row) => type === undefined || row.type === type);
  rows.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
  return rows.map((row) => ({ row, position: { probe: 0, term: '', id: row.id } }));
}

const AT_ONCE = 250;

/** The last resort: who has the text inside, by id; without any text, everyone. */
async function inside({ reader }: Asked, { type, start, limit }: Run, patterns: readonly string[]): Promise<Found[]> {
  const texts = patterns.map(literal);
  const found: CustomerRow[] = [];
  let afterId = start?.id ?? 0;
  while (found.length < limit) {
    const rows =
      texts.length === 0
        ? await everyone(reader, { type, afterId, limit })
        : await customersByIds(reader, await customersWithFragment(reader, texts, { afterId, limit: AT_ONCE }));
    rows.sort((a, b) => a.id - b.id);
    found.push(...rows.filter((row) => fits(row, texts, type)));
    const last = rows.at(-1);
    if (last === undefined || texts.length === 0) break;
    afterId = last.id;
  }
  return found.slice(0, limit).map((row) => ({ row, position: { probe: 'inside', term: '', id: row.id } }));
}

/** The text that a pattern for LIKE looks for. */
function literal(pattern: string): string {
  return pattern.slice(1, -1).replace(/\\([\\%_])/g, '$1');
}

function fits(row: CustomerRow, texts: readonly string[], type: Query['type']): boolean {
  return (type === undefined || row.type === type) && texts.every((text) => row.searchText.includes(text));
}

function everyone(
  reader: Asked['reader'],
  { type, afterId, limit }: { type: Query['type']; afterId: number; limit: number },
): Promise<CustomerRow[]> {
  return reader
    .selectFrom('customer')
    .selectAll()
    .where('id', '>', afterId)
    .$if(type !== undefined, (query) => query.where('type', '=', type as Customer['type']))
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** Customers of this desk's own work that fit and that the page lacks. */
async function ownMatches(asked: Asked, query: Query, page: readonly Customer[]): Promise<Customer[]> {
  const listed = new Set(page.map(({ id }) => id));
  const changed = new Set(asked.own.changes.map(({ customerId }) => customerId));
  const rows = query.text === '' ? [] : await customersByIds(asked.reader, [...changed]);
  const renamed = rows
    .map((row) => ({ before: row, after: presentCustomer(row, asked.own) }))
    .filter(({ before, after }) => matches(after, query, page.length === 0) && !matches(before, query, true))
    .map(({ after }) => after);
  const made = (await unseenCustomers(asked)).filter((row) => matches(row, query, page.length === 0));
  return [...made, ...renamed].filter(({ id }) => !listed.has(id));
}

type Findable = Pick<Customer, 'id' | 'name' | 'type' | 'email' | 'phone'>;

function matches(row: Findable, { plan, text, type }: Query, anywhere: boolean): boolean {
  if (type !== undefined && row.type !== type) return false;
  if (text === '' || plan.id === row.id) return true;
  const terms = termsOf(row);
  const searchText = searchTextOf(row);
  if (plan.prefixes.some((prefix) => terms.some((term) => term.startsWith(prefix)))) return true;
  if (plan.words.length > 0 && plan.words.every((word) => searchText.includes(` ${word}`))) return true;
  return anywhere && plan.fragments.length > 0 && plan.fragments.every((one) => searchText.includes(literal(one)));
}
