import type { Identifiers } from '../domain/inventory.ts';
import { iccidKey } from '../scan/iccid.ts';

interface FindableItem {
  readonly label: string;
  readonly identifiers: Identifiers;
}

/** The shortest run of digits that finds a number by its middle. */
export const SHORTEST_PART = 3;

/**
 * Terms by which an item is found by prefix where it has no row of its own, all in lower case; the letter before the colon
 * is the term's kind: `l:` the label, `c:` the key of an ICCID, `s:` a serial, `i:` IMSI, `e:` IMEI, `h:` MAC, `m:` a number
 * in E.164, `d:` every ending of its digits (so that a part anywhere in it is the beginning of one). Backwards, for endings:
 * `b:` label, `x:` the ICCID as it is stored, `z:` serial.
 */
export function itemTerms({ label, identifiers }: FindableItem): string[] {
  const { iccid, imsi, msisdn, imei, serial, mac } = identifiers;
  const terms = [
    ...[`l:${label}`, `b:${reversed(label)}`],
    ...(iccid === undefined ? [] : [`c:${iccidKey(iccid) ?? iccid}`, `x:${reversed(iccid)}`]),
    ...(serial === undefined ? [] : [`s:${serial}`, `z:${reversed(serial)}`]),
    ...(msisdn === undefined ? [] : [`m:${msisdn}`, ...endingsOf(msisdn.replace(/\D/g, '')).map((end) => `d:${end}`)]),
    ...(imsi === undefined ? [] : [`i:${imsi}`]),
    ...(imei === undefined ? [] : [`e:${imei}`]),
    ...(mac === undefined ? [] : [`h:${mac}`]),
  ];
  return terms.map((term) => term.toLowerCase());
}

function endingsOf(digits: string): string[] {
  const count = Math.max(0, digits.length - SHORTEST_PART + 1);
  return Array.from({ length: count }, (_, start) => digits.slice(start));
}

function reversed(text: string): string {
  return [...text].reverse().join('');
}
