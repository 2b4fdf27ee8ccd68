import { type RawBuilder, sql } from 'kysely';
import type { Identifier, Identifiers } from '#core/domain/inventory.ts';
import { identifierSchema } from '#core/domain/inventory.ts';
import { iccidKey } from '#core/scan/iccid.ts';
import type { Reader } from '../database/connection.ts';
import type { ItemRow } from './item-rows.ts';

/** What makes an item the same item, as the unique indexes have it; in the order of the identifiers given. */
export function keysOf(template: string, identifiers: Identifiers): [Identifier, string][] {
  const given = Object.entries(identifiers) as [Identifier, string][];
  return given.map(([kind, value]) => [kind, keyOf(kind, value, template)]);
}

function keyOf(kind: Identifier, value: string, template: string): string {
  if (kind === 'iccid') return iccidKey(value) ?? value;
  return kind === 'serial' ? `${template} ${value.toUpperCase()}` : value;
}

/** Items found by any of their keys or labels. */
export interface Known {
  readonly ids: readonly number[];
  byKey(kind: Identifier, key: string): ItemRow | undefined;
  byLabel(label: string): ItemRow | undefined;
}

interface Wanted {
  readonly template: string;
  readonly identifiers: Identifiers;
  readonly label?: string | null | undefined;
}

/** The items that exist with an identifier or label of any of these rows. */
export async function findKnown(reader: Reader, rows: readonly Wanted[]): Promise<Known> {
  const keys = rows.flatMap(({ template, identifiers }) => keysOf(template, identifiers));
  const wanted = identifierSchema.options.map((kind) => ({
    column: columns[kind],
    values: keys.filter(([name]) => name === kind).map(([, key]) => key),
  }));
  const labels = rows.flatMap(({ label }) => (label ? [label.toLowerCase()] : []));
  const found: ItemRow[] = [];
  for (const { column, values } of [...wanted, { column: sql`label_key`, values: labels }]) {
    if (values.length > 0) found.push(...(await itemsWhere(reader, column, values)));
  }
  return index(found);
}

/** As the unique indexes have them. */
const columns: Record<Identifier, RawBuilder<unknown>> = {
  iccid: sql`iccid_key`,
  imsi: sql`imsi`,
  msisdn: sql`msisdn`,
  imei: sql`imei`,
  serial: sql`template || ' ' || upper(serial)`,
  mac: sql`mac`,
};

/** One query per kind of key, each on its own index: together they would make PostgreSQL read the whole table. */
function itemsWhere(reader: Reader, column: RawBuilder<unknown>, values: readonly string[]): Promise<ItemRow[]> {
  return reader.selectFrom('items').selectAll().where(sql<boolean>`${column} = any(${values}::text[])`).execute();
}

/** An item's identifiers as the contract has them. */
export function identifiersOf(row: Pick<ItemRow, Identifier>): Identifiers {
  const present = identifierSchema.options.flatMap((kind) => (row[kind] === null ? [] : [[kind, row[kind]] as const]));
  return Object.fromEntries(present);
}

function index(items: readonly ItemRow[]): Known {
  const keyed = new Map<string, ItemRow>();
  const labelled = new Map<string, ItemRow>();
  for (const item of items) {
    labelled.set(item.labelKey, item);
    const { iccid: _, ...others } = identifiersOf(item);
    if (item.iccidKey !== null) keyed.set(`iccid ${item.iccidKey}`, item);
    for (const [kind, key] of keysOf(item.template, others)) keyed.set(`${kind} ${key}`, item);
  }
  return {
    ids: items.map(({ id }) => id),
    byKey: (kind, key) => keyed.get(`${kind} ${key}`),
    byLabel: (label) => labelled.get(label.toLowerCase()),
  };
}
