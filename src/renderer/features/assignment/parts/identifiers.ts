import type { DraftItem } from '#core/assignment/draft.ts';
import type { Identifiers } from '#core/domain/inventory.ts';
import type { Format } from '../../../formatters.ts';

/** The identifier people read and scan: the number of a number, the ICCID of a SIM, the serial of a box. */
export function mainIdentifier({ iccid, msisdn, serial, imei, mac, imsi }: Identifiers): string | null {
  return iccid ?? msisdn ?? serial ?? imei ?? mac ?? imsi ?? null;
}

/** That identifier as it is read aloud, in groups. */
export function readableIdentifier(identifiers: Identifiers, format: Format): string | null {
  if (identifiers.iccid !== undefined) return format.iccid(identifiers.iccid);
  if (identifiers.msisdn !== undefined) return format.phone(identifiers.msisdn);
  return mainIdentifier(identifiers);
}

/** An item in one line: its identifier, and its label where that says something else. */
export function itemTitle({ label, identifiers }: DraftItem['item'], format: Format): string {
  const identifier = readableIdentifier(identifiers, format);
  if (identifier === null || identifiers.msisdn !== undefined) return identifier ?? label;
  return label;
}

/** `8944…0001` for narrow places. */
export function shortIccid(iccid: string): string {
  return iccid.length <= 9 ? iccid : `${iccid.slice(0, 4)}…${iccid.slice(-4)}`;
}
