import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Item } from '#core/domain/inventory.ts';
import { normaliseIdentifier } from '#core/inventory/identifiers.ts';
import { escapeLike, likePattern, readSearchText, reverseLike, type SearchText } from '#core/inventory/search-text.ts';
import type { Reader } from '../database/connection.ts';
import { selectItems, toItem } from './item-rows.ts';
import type { Numbering } from './phone-numbers.ts';

type Condition = RawBuilder<unknown>;

/**
 * Each way in is a query of its own, so that each uses its own index; a disjunction of them would use none. As an array,
 * because PostgreSQL takes the result of a union for large and would read all items to join it.
 */
function union(conditions: readonly Condition[]): RawBuilder<SqlBool> {
  const queries = conditions.map((condition) => sql`select id from items where ${condition}`);
  return sql<SqlBool>`items.id = any(array(${sql.join(queries, sql` union `)}))`;
}

/** From here on, walking the list in its order and keeping what fits is quicker than finding all and sorting them. */
const MANY = 2_000;

async function fitMany(reader: Reader, conditions: readonly Condition[]): Promise<boolean> {
  const queries = conditions.map((condition) => sql`(select from items where ${condition} limit ${MANY})`);
  const { rows } = await sql<{ found: number }>`
    select count(*) as found from (${sql.join(queries, sql` union all `)}) matching`.execute(reader);
  return (rows[0]?.found ?? 0) >= MANY;
}

/** Backwards, an ending is a beginning, which a B-tree finds. */
function endsLike(column: RawBuilder<unknown>, pattern: string): Condition {
  return sql`reverse(${column}) like ${reverseLike(pattern)}`;
}

function byPattern(pattern: string): Condition[] {
  const like = likePattern(pattern);
  const upper = like.toUpperCase();
  return [
    endsLike(sql`label_key`, like),
    sql`msisdn like ${like}`,
    endsLike(sql`iccid`, like),
    endsLike(sql`upper(serial)`, upper),
  ];
}

/** The shortest run of digits that the index of numbers finds anywhere in them. */
const TRIGRAM = 3;

function byDigits({ digits, beginning, iccidKey, msisdn }: SearchText, home: string): Condition[] {
  const ending = `%${digits}`;
  const conditions = [
    digits.length < TRIGRAM ? endsLike(sql`msisdn`, ending) : sql`msisdn like ${`%${digits}%`}`,
    endsLike(sql`iccid`, ending),
    sql`imsi = ${digits}`,
    sql`imei = ${digits}`,
  ];
  const start = beginning?.country ? '+' : home;
  if (beginning !== null && start !== '') conditions.push(sql`msisdn like ${`${start}${beginning.digits}%`}`);
  if (digits.startsWith('89')) conditions.push(sql`iccid_key like ${`${digits}%`}`);
  if (iccidKey !== null) conditions.push(sql`iccid_key = ${iccidKey}`);
  if (msisdn !== null) conditions.push(sql`msisdn = ${msisdn}`);
  return conditions;
}

function byText({ text }: SearchText): Condition[] {
  const words = escapeLike(text);
  const mac = normaliseIdentifier('mac', text);
  const conditions = [
    sql`label_key like ${`${words}%`}`,
    endsLike(sql`label_key`, `%${words}`),
    sql`upper(serial) like ${`${words.toUpperCase()}%`}`,
    endsLike(sql`upper(serial)`, `%${words.toUpperCase()}`),
  ];
  return mac === null ? conditions : [...conditions, sql`mac = ${mac}`];
}

/** SQL for the items that `q` may mean (see `readSearchText`), in the form that suits how many they are. */
export async function itemsMatching(reader: Reader, q: string, numbering: Numbering): Promise<RawBuilder<SqlBool>> {
  const search = readSearchText(q, numbering.read);
  const digits = search.digits === '' ? [] : byDigits(search, numbering.prefix);
  const conditions = search.pattern === null ? [...byText(search), ...digits] : byPattern(search.pattern);
  if (await fitMany(reader, conditions)) return sql<SqlBool>`(${sql.join(conditions, sql` or `)})`;
  return union(conditions);
}

/**
 * The item that carries exactly this label or identifier, in any spelling; null when there is none. When two do (two
 * makers, one serial number) the one received first.
 */
export async function lookupItem(reader: Reader, code: string, numbering: Numbering, now: Date): Promise<Item | null> {
  const { text, iccidKey } = readSearchText(code, numbering.read);
  const exact: Condition[] = [sql`label_key = ${text}`, sql`upper(serial) = ${text.toUpperCase()}`];
  if (iccidKey !== null) exact.push(sql`iccid_key = ${iccidKey}`);
  for (const kind of ['imsi', 'msisdn', 'imei', 'mac'] as const) {
    const value = normaliseIdentifier(kind, code.trim(), { readNumber: numbering.read });
    if (value !== null) exact.push(sql`${sql.ref(kind)} = ${value}`);
  }
  const row = await selectItems(reader, now).where(union(exact)).orderBy('items.id').executeTakeFirst();
  return row === undefined ? null : toItem(row);
}

/** The first `limit` items that `q` may mean, by label: for the global search. */
export async function searchItems(
  reader: Reader,
  q: string,
  limit: number,
  { numbering, now }: { readonly numbering: Numbering; readonly now: Date },
): Promise<Item[]> {
  if (q.trim() === '') return [];
  const matching = await itemsMatching(reader, q, numbering);
  const found = reader.selectFrom('items').select('id').where(matching).orderBy(sql`items.label_key`).limit(limit);
  const rows = await selectItems(reader, now).where('items.id', 'in', found).orderBy(sql`items.label_key`).execute();
  return rows.map(toItem);
}
