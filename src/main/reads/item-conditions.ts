import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { ItemStatus } from '#core/domain/inventory.ts';
import { normaliseIdentifier } from '#core/inventory/identifiers.ts';
import { escapeLike, likePattern, readSearchText, type SearchText } from '#core/inventory/search-text.ts';
import type { Numbering } from './numbering.ts';

export type Condition = RawBuilder<SqlBool>;

function like(column: string, pattern: string): Condition {
  return sql<SqlBool>`${sql.ref(column)} like ${pattern} escape '\\'`;
}

function is(column: string, value: string): Condition {
  return sql<SqlBool>`${sql.ref(column)} = ${value}`;
}

function anyOf(conditions: readonly Condition[]): Condition {
  return sql<SqlBool>`(${sql.join([...conditions], sql` or `)})`;
}

/** The items that `q` may mean, by the same rules as central's list (inventory/search-text.ts). */
export function itemsMatching(q: string, numbering: Numbering): Condition {
  const search = readSearchText(q, numbering.read);
  if (search.pattern !== null) return anyOf(byPattern(search.pattern));
  return anyOf([...byText(search), ...(search.digits === '' ? [] : byDigits(search, numbering.prefix))]);
}

function byPattern(pattern: string): Condition[] {
  const wanted = likePattern(pattern);
  return [
    like('labelKey', wanted),
    like('msisdn', wanted),
    like('iccid', wanted),
    like('serialKey', wanted.toUpperCase()),
  ];
}

/** From three digits on, a number is found by any part of it; by fewer, by its ending. */
const ANYWHERE = 3;

function byDigits({ digits, beginning, iccidKey, msisdn }: SearchText, home: string): Condition[] {
  const start = beginning?.country ? '+' : home;
  return [
    like('msisdn', digits.length < ANYWHERE ? `%${digits}` : `%${digits}%`),
    like('iccid', `%${digits}`),
    is('imsi', digits),
    is('imei', digits),
    ...(beginning !== null && start !== '' ? [like('msisdn', `${start}${beginning.digits}%`)] : []),
    ...(digits.startsWith('89') ? [like('iccidKey', `${digits}%`)] : []),
    ...(iccidKey === null ? [] : [is('iccidKey', iccidKey)]),
    ...(msisdn === null ? [] : [is('msisdn', msisdn)]),
  ];
}

function byText({ text }: SearchText): Condition[] {
  const words = escapeLike(text);
  const mac = normaliseIdentifier('mac', text);
  return [
    like('labelKey', `${words}%`),
    like('labelKey', `%${words}`),
    like('serialKey', `${words.toUpperCase()}%`),
    like('serialKey', `%${words.toUpperCase()}`),
    ...(mac === null ? [] : [is('mac', mac)]),
  ];
}

/** The items that carry exactly this label or identifier, in any spelling. */
export function itemsCarrying(code: string, { read }: Numbering): Condition {
  const { text, iccidKey } = readSearchText(code, read);
  const exact = (['imsi', 'msisdn', 'imei', 'mac'] as const).flatMap((kind) => {
    const value = normaliseIdentifier(kind, code.trim(), { readNumber: read });
    return value === null ? [] : [is(kind, value)];
  });
  const card = iccidKey === null ? [] : [is('iccidKey', iccidKey)];
  return anyOf([is('labelKey', text), is('serialKey', text.toUpperCase()), ...card, ...exact]);
}

/** A lease that has run out holds nothing, whether or not central has said so already. */
const lease = sql`json_extract(document, '$.reservation.expiresAt')`;

interface Holds {
  /** Items that this desk keeps for its own drafts. */
  readonly heldHere: readonly number[];
  readonly now: string;
}

/** Items of a status as it is now. */
export function hasStatus(status: ItemStatus, { heldHere, now }: Holds): Condition {
  const held = sql<SqlBool>`id in (${sql.join(heldHere.length === 0 ? [sql`null`] : [...heldHere])})`;
  const isReserved = sql<SqlBool>`(status = 'reserved' and coalesce(${lease} > ${now}, true))`;
  if (status === 'reserved') return sql<SqlBool>`(${isReserved} or coalesce(${held}, false))`;
  if (status === 'new' || status === 'in_stock') {
    const lapsed = status === 'in_stock' ? sql`or (status = 'reserved' and ${lease} <= ${now})` : sql``;
    return sql<SqlBool>`(status = ${status} ${lapsed}) and not coalesce(${held}, false)`;
  }
  return sql<SqlBool>`status = ${status}`;
}

/** PA-9: what a picker may show. What an order owns, reserved without a lease, is as good as gone. */
export const isPickable = sql<SqlBool>`(status in ('new', 'in_stock') or (status = 'reserved' and ${lease} is not null))`;
