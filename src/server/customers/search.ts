import { z } from 'zod';
import { planSearch } from '#core/customers/search-plan.ts';
import type { Customer, CustomerType } from '#core/domain/customer.ts';
import type { Reader } from '../database/connection.ts';
import { fail } from '../http/errors.ts';
import { type Page, readCursor, writeCursor } from '../http/page.ts';
import { presentCustomer } from './customer-rows.ts';
import { byFragments, byIds, byTerm, type FoundRow, type Probe, wordProbes } from './search-probes.ts';

export interface CustomerSearch {
  readonly q?: string;
  readonly type?: CustomerType;
  readonly limit: number;
  readonly cursor?: string;
}

/** Customers who hold an item with this ICCID or number; the inventory knows. */
export type OwnersOf = (reader: Reader, identifier: string) => Promise<readonly number[]>;

/** Where a page ended: the probe, and the term and id of its last row there. `inside` is the last resort. */
const positionSchema = z.object({
  probe: z.union([z.int().min(0).max(100), z.literal('inside')]),
  term: z.string().max(1000),
  id: z.int().min(0).max(2_147_483_647),
});
type Position = z.infer<typeof positionSchema>;

/**
 * Customers by what staff typed, best first: their own id, the owner of an ICCID or number, then whose phone, e-mail or
 * name begins so, then whose name has the words in any order; when there are none of these, who has the text inside.
 * Without text, all by id. Every page costs a few short index scans, whatever the number of customers.
 */
export async function searchCustomers(
  reader: Reader,
  ownersOf: OwnersOf,
  search: CustomerSearch,
): Promise<Page<Customer>> {
  const text = search.q?.trim() ?? '';
  const { type, limit } = search;
  const start = positionOf(search.cursor);
  if (text === '' || start?.probe === 'inside') {
    const fragments = text === '' ? [] : planSearch(text).fragments;
    return insidePage(reader, fragments, search, start);
  }
  const plan = planSearch(text);
  const exact = await exactIds(reader, ownersOf, plan);
  const probes: Probe[] = [
    ...plan.prefixes.map((prefix) => ({ prefix, fragments: [] })),
    ...(await wordProbes(reader, plan.words)),
  ];
  const found = start ? [] : (await byIds(reader, exact, type)).map((row) => ({ row, probe: 0 }));
  for (let probe = start?.probe ?? 0; probe < probes.length && found.length <= limit; probe++) {
    const after = start?.probe === probe ? start : undefined;
    const rows = await byTerm(reader, { probes, probe, exact, type, after, limit: limit + 1 - found.length });
    found.push(...rows.map((row) => ({ row, probe })));
  }
  if (found.length === 0 && !start && plan.fragments.length > 0)
    return insidePage(reader, plan.fragments, search, undefined);
  return page(found, limit);
}

function positionOf(cursor: string | undefined): Position | undefined {
  const given = readCursor(cursor);
  if (given === undefined) return undefined;
  const { data } = positionSchema.safeParse(given);
  if (!data) throw fail('invalid_input', { issues: [{ path: 'cursor', message: 'is not a cursor of this list' }] });
  return data;
}

type Plan = ReturnType<typeof planSearch>;

async function exactIds(reader: Reader, ownersOf: OwnersOf, { id, identifier }: Plan): Promise<number[]> {
  const owners = identifier === null ? [] : await ownersOf(reader, identifier);
  return [...new Set([...(id === null ? [] : [id]), ...owners])];
}

async function insidePage(
  reader: Reader,
  fragments: readonly string[],
  { type, limit }: CustomerSearch,
  start: Position | undefined,
): Promise<Page<Customer>> {
  const rows = await byFragments(reader, { fragments, type, afterId: start?.id ?? 0, limit: limit + 1 });
  return page(
    rows.map((row) => ({ row, probe: 'inside' as const })),
    limit,
  );
}

function page(found: readonly { row: FoundRow; probe: Position['probe'] }[], limit: number): Page<Customer> {
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  const position = last && { probe: last.probe, term: last.row.term ?? '', id: last.row.id };
  return {
    items: shown.map(({ row: { term: _, ...row } }) => presentCustomer(row)),
    nextCursor: found.length > limit && position ? writeCursor(position) : null,
  };
}
