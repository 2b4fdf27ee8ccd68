import type { Identifier, Identifiers } from '#core/domain/inventory.ts';
import type { SimSecrets } from '#core/inventory/secrets.ts';
import type { StockProblem, StockRow } from '#core/inventory/stock-row.ts';
import type { ItemRow } from '../item-rows.ts';
import { identifiersOf, type Known, keysOf } from '../matching.ts';

/** What a row would do to the stock. */
export type Plan =
  | { readonly outcome: 'create'; readonly row: StockRow }
  | { readonly outcome: 'complete'; readonly row: StockRow; readonly item: ItemRow; readonly change: Completion }
  | { readonly outcome: 'unchanged'; readonly item: ItemRow }
  | { readonly outcome: 'fail'; readonly problem: StockProblem };

/** What a file adds to an item that exists: identifiers and secrets it lacked, another label. Never its state or store. */
export interface Completion {
  readonly identifiers: Identifiers;
  readonly secrets: SimSecrets | null;
  readonly label: string | null;
}

function conflict(field: string, value: string | null): Plan {
  return { outcome: 'fail', problem: { code: 'item_conflict', field, value } };
}

/**
 * Compares a row with the items that exist (BK-4, domain.md: the same file twice changes nothing). An item that differs
 * in an identifier, or two items that share the row's identifiers, are a conflict that a person must settle.
 */
export function planRow(
  row: StockRow,
  known: Known,
  secretsOf: ReadonlyMap<number, SimSecrets>,
  ownStoreId: number | null,
): Plan {
  const labelled = row.label === null ? undefined : known.byLabel(row.label);
  const hits = keysOf(row.template, row.identifiers).map(([kind, key]) => ({ kind, item: known.byKey(kind, key) }));
  const item = hits.find((hit) => hit.item !== undefined)?.item;
  const contested = item === undefined ? undefined : contestedField(row, item, hits);
  if (contested !== undefined) return conflict(contested, row.identifiers[contested] ?? null);
  if (labelled !== undefined && labelled.id !== item?.id) return conflict('label', row.label);
  if (item === undefined) return { outcome: 'create', row };
  const change = completionOf(row, item, secretsOf.get(item.id) ?? {});
  if (change === null) return { outcome: 'unchanged', item };
  if (ownStoreId !== null && item.storeId !== null && item.storeId !== ownStoreId)
    return { outcome: 'fail', problem: { code: 'other_store', field: 'store', value: null } };
  return { outcome: 'complete', row, item, change };
}

interface Hit {
  readonly kind: Identifier;
  readonly item: ItemRow | undefined;
}

/** The identifier over which the row and the item it names disagree: someone else's, or other than the item's own. */
function contestedField(row: StockRow, item: ItemRow, hits: readonly Hit[]): Identifier | undefined {
  const has = identifiersOf(item);
  if (hits[0]?.item === undefined) return hits.find((hit) => hit.item !== undefined)?.kind;
  if (item.template !== row.template) return hits[0].kind;
  return hits.find((hit) => (hit.item === undefined ? has[hit.kind] !== undefined : hit.item.id !== item.id))?.kind;
}

function completionOf(row: StockRow, item: ItemRow, sealed: SimSecrets): Completion | null {
  const has = identifiersOf(item);
  const lacking = Object.entries(row.identifiers).filter(([kind]) => !(kind in has));
  const label = row.label !== null && row.label !== item.label ? row.label : null;
  const differs = Object.entries(row.secrets).some(([kind, value]) => sealed[kind as keyof SimSecrets] !== value);
  if (lacking.length === 0 && label === null && !differs) return null;
  return { identifiers: Object.fromEntries(lacking), secrets: differs ? { ...sealed, ...row.secrets } : null, label };
}
