import { hasLuhnDigit, luhnDigit } from './check-digits.ts';
import { cleanScan, withoutSeparators } from './clean.ts';

/*
 * One SIM has up to three spellings. Its full number ends with a Luhn digit and has 19 digits (ITU-T E.118) or 20 (common
 * in the field, and all that EF_ICCID holds); labels, stock files and modems may leave the Luhn digit out or fill up with
 * F. So 19 digits are either a full number or a 20-digit one without its Luhn digit, and when the last of the 19 happens
 * to be right (1 in 10) nothing tells which. Appending Luhn digits up to 20 maps all spellings of one card to one key, and
 * keeps cards of one issuer apart, because an issuer numbers all its cards with one length.
 */

/** The bare digits of an ICCID as spelled (18 to 20, beginning with 89), or null when it is none. */
export function iccidDigits(text: string): string | null {
  const digits = withoutSeparators(cleanScan(text).text).replace(/(?<=\d)F+$/i, '');
  return /^89\d{16,18}$/.test(digits) ? digits : null;
}

/** The digits and whether their check digit was there; `wrong` only where there must be one: 20 digits. */
export function readIccid(text: string): { iccid: string; check: 'verified' | 'computed' | 'wrong' } | null {
  const digits = iccidDigits(text);
  if (digits === null) return null;
  if (digits.length > 18 && hasLuhnDigit(digits)) return { iccid: digits, check: 'verified' };
  if (digits.length === 20) return { iccid: digits, check: 'wrong' };
  return { iccid: digits + luhnDigit(digits), check: 'computed' };
}

/**
 * The full ICCID, 19 or 20 digits with its Luhn digit: what to store and show. Null when `text` is no ICCID or its Luhn
 * digit is wrong. 19 digits that end with a right Luhn digit are taken as full.
 */
export function normaliseIccid(text: string): string | null {
  const read = readIccid(text);
  return read === null || read.check === 'wrong' ? null : read.iccid;
}

/** The one 20-digit key of all spellings of a card: for comparing and for unique columns, not for showing. */
export function iccidKey(text: string): string | null {
  let key = normaliseIccid(text);
  while (key !== null && key.length < 20) key += luhnDigit(key);
  return key;
}

/** Every spelling, in bare digits, under which the same card may be stored or printed, the fullest first; [] for no ICCID. */
export function iccidCandidates(text: string): string[] {
  let spelling = iccidKey(text);
  const found: string[] = [];
  while (spelling !== null) {
    found.push(spelling);
    spelling = spelling.length > 18 && hasLuhnDigit(spelling) ? spelling.slice(0, -1) : null;
  }
  return found;
}

/** True when both texts name the same card, however each was spelled. */
export function isSameIccid(a: string, b: string): boolean {
  const key = iccidKey(a);
  return key !== null && key === iccidKey(b);
}
