import { sql } from 'kysely';
import { searchTextOf, termsOf } from '#core/customers/search-text.ts';
import type { CustomerType } from '#core/domain/customer.ts';
import type { DirectoryReader } from '../directory/open.ts';
import { customerTermsWith, type TermEntry, termsFrom } from '../directory/terms.ts';
import { type CustomerRow, customersByIds } from './customer-rows.ts';

/** One lookup of a search: customers with a term that begins so, and all the fragments in their text. */
export interface Probe {
  readonly prefix: string;
  readonly fragments: readonly string[];
}

export interface Found {
  readonly row: CustomerRow;
  readonly term: string;
}

/** How many customers with one word are looked at for the others, so that two common words cost no more than rare ones. */
const LOOKED_AT = 2_000;
/** And how many for their type alone. */
const LOOKED_AT_FOR_TYPE = 20_000;
/** Looked at in one go: at first about what a page needs, then more. */
const AT_ONCE = 250;
const MORE_THAN_ASKED = 10;

/** Above every text that starts with the prefix, in byte order. */
const above = (prefix: string) => `${prefix}\u{10FFFF}`;

/** The words in any order: whoever has the rarest of them, checked for the others. */
export async function wordProbes(reader: DirectoryReader, words: readonly string[]): Promise<Probe[]> {
  const rarest = await rarestOf(reader, words);
  if (rarest === undefined) return [];
  const others = words.filter((word) => word !== rarest).map((word) => ` ${word}`);
  const further = { prefix: `n:${rarest}`, fragments: others };
  return others.length === 0 ? [further] : [{ prefix: `a:${rarest}`, fragments: others }, further];
}

async function rarestOf(reader: DirectoryReader, words: readonly string[]): Promise<string | undefined> {
  if (words.length < 2) return words[0];
  const counted: { word: string; found: number }[] = [];
  for (const word of words) counted.push({ word, found: await countOf(reader, word) });
  return counted.toSorted((a, b) => a.found - b.found || b.word.length - a.word.length)[0]?.word;
}

async function countOf(reader: DirectoryReader, word: string): Promise<number> {
  const counts = ['a:', 'n:'].map(async (kind) => {
    const { rows } = await sql<{ found: number }>`select count(*) as found from (
      select 1 from customer_term_entry where term >= ${kind + word} and term < ${above(kind + word)}
      limit ${LOOKED_AT})`.execute(reader);
    return rows[0]?.found ?? 0;
  });
  const [whole = 0, further = 0] = await Promise.all(counts);
  return whole + further;
}

export interface TermRun {
  readonly probes: readonly Probe[];
  readonly probe: number;
  /** Found already, by id or inventory. */
  readonly exact: readonly number[];
  readonly type: CustomerType | undefined;
  readonly after: { readonly term: string; readonly id: number } | undefined;
  readonly limit: number;
}

/** Ordered by term, then id; a customer with several terms in the range counts at the first. */
export async function byTerm(reader: DirectoryReader, run: TermRun): Promise<Found[]> {
  const { prefix, fragments: texts } = run.probes[run.probe] as Probe;
  const found: Found[] = [];
  let after = run.after && { term: run.after.term, owner: run.after.id };
  let limit = Math.min(run.limit + MORE_THAN_ASKED, AT_ONCE);
  for (let seen = 0; seen < LOOKED_AT_FOR_TYPE && found.length < run.limit; seen += limit) {
    const range = { prefix, after, limit };
    const candidates =
      texts.length === 0
        ? await termsFrom(reader, 'customers', range)
        : await customerTermsWith(reader, { ...range, texts, lookedAt: LOOKED_AT });
    found.push(...(await fitting(reader, onceEach(candidates), run)));
    const last = candidates.at(-1);
    if (last === undefined || candidates.length < limit) break;
    after = last;
    limit = AT_ONCE;
  }
  return found.slice(0, run.limit);
}

/** A term that a customer and a contact share is one. */
function onceEach(entries: readonly TermEntry[]): TermEntry[] {
  return entries.filter(({ term, owner }, index) => {
    const before = entries[index - 1];
    return before?.term !== term || before.owner !== owner;
  });
}

async function fitting(reader: DirectoryReader, candidates: readonly TermEntry[], run: TermRun): Promise<Found[]> {
  const ids = [...new Set(candidates.map(({ owner }) => owner))].filter((id) => !run.exact.includes(id));
  const rows = new Map((await customersByIds(reader, ids)).map((row) => [row.id, row]));
  const contacts = await contactsOf(reader, ids);
  return candidates.flatMap(({ term, owner }) => {
    const row = rows.get(owner);
    if (row === undefined || (run.type !== undefined && row.type !== run.type)) return [];
    const terms = termsOf(row, contacts.get(owner));
    return isBest(term, terms, searchTextOf(row), run) ? [{ row, term }] : [];
  });
}

type Reachable = { email: string | null; phone: string | null };

async function contactsOf(reader: DirectoryReader, ids: readonly number[]): Promise<Map<number, Reachable[]>> {
  if (ids.length === 0) return new Map();
  const rows = await reader
    .selectFrom('contact')
    .select(['customerId', 'email', 'phone'])
    .where('customerId', 'in', [...ids])
    .execute();
  return Map.groupBy(rows, ({ customerId }) => customerId);
}

/** The customer's first term in this probe's range, whom no earlier, better probe finds: nobody is listed twice. */
function isBest(term: string, terms: readonly string[], text: string, { probes, probe }: TermRun): boolean {
  const hasAll = ({ fragments }: Probe) => fragments.every((fragment) => text.includes(fragment));
  const own = probes[probe] as Probe;
  if (!hasAll(own)) return false;
  if (terms.some((other) => other.startsWith(own.prefix) && isBefore(other, term))) return false;
  return !probes.slice(0, probe).some((better) => hasAll(better) && terms.some((one) => one.startsWith(better.prefix)));
}

/** In byte order, as the index has them. */
function isBefore(a: string, b: string): boolean {
  return Buffer.compare(Buffer.from(a), Buffer.from(b)) < 0;
}
