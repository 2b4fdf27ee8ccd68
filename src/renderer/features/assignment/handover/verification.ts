import type { DraftItem } from '#core/assignment/draft.ts';
import type { ScanMatch } from '#core/contract/desk/events.ts';
import { isSameIccid } from '#core/scan/iccid.ts';
import type { Scan } from '#core/scan/schema.ts';

export type HandedItem = Pick<DraftItem['item'], 'id' | 'label' | 'template' | 'templateName' | 'identifiers'>;

/** What a scan at hand-over says: this is the item, it is another one, or it is none of this screen's business. */
export type Verdict =
  | { readonly is: 'right'; readonly itemId: number }
  | { readonly is: 'wrong'; readonly scanned: string }
  | { readonly is: 'other' };

/** Things that can be compared with what was provisioned: they carry a code of their own. A number does not. */
export function verifiable(items: readonly HandedItem[]): HandedItem[] {
  return items.filter(
    ({ identifiers: { iccid, imei, serial, mac } }) => (iccid ?? imei ?? serial ?? mac) !== undefined,
  );
}

/**
 * Compares a scan with the items of the order: any spelling of the same card is right, any other card or box is wrong,
 * whether the stock knows it or not (domain.md 7 (5)).
 */
export function judgeHandOver(
  scan: Pick<Scan, 'value' | 'text'>,
  match: ScanMatch,
  items: readonly HandedItem[],
): Verdict {
  const { value } = scan;
  const bySim =
    value.kind === 'iccid' ? items.find(({ identifiers }) => isSame(identifiers.iccid, value.iccid)) : undefined;
  const byStock = match.kind === 'item' ? items.find(({ id }) => id === match.item.id) : undefined;
  const right = bySim ?? byStock;
  if (right !== undefined) return { is: 'right', itemId: right.id };
  if (value.kind === 'iccid') return { is: 'wrong', scanned: value.iccid };
  if (value.kind === 'imei') return { is: 'wrong', scanned: value.imei };
  if (value.kind === 'invalid') return { is: 'wrong', scanned: value.text };
  return match.kind === 'item' ? { is: 'wrong', scanned: scan.text } : { is: 'other' };
}

function isSame(iccid: string | undefined, scanned: string): boolean {
  return iccid !== undefined && isSameIccid(iccid, scanned);
}
