import { withoutSeparators } from '../scan/clean.ts';
import { iccidKey } from '../scan/iccid.ts';
import type { NumberReader } from './identifiers.ts';

/** What someone who looks for an item may mean by what they typed; each part is a way to find it. */
export interface SearchText {
  /** As typed, in lower case: a label or serial that begins or ends so, unless `pattern` is set. */
  readonly text: string;
  /** The digits typed, without separators, + and filler; '' when something else was typed. */
  readonly digits: string;
  /** How numbers begin that are being typed with a prefix: after + or 00 with the country, after one 0 without. */
  readonly beginning: { readonly country: boolean; readonly digits: string } | null;
  readonly iccidKey: string | null;
  readonly msisdn: string | null;
  /** Typed `*` (any digits) and `?` (one): literal pieces between wildcards, for numbers, cards, labels and serials. */
  readonly pattern: string | null;
}

/**
 * Reads a search: a label, an ICCID in any spelling, a number in any form, an ending (`0123`), a pattern (`900*123`:
 * 900 somewhere, then 123 at the end; `+44*` from the start).
 */
export function readSearchText(q: string, readNumber: NumberReader): SearchText {
  const text = q.trim().toLowerCase();
  const bare = withoutSeparators(text).replace(/[()]/g, '');
  const nothing = { digits: '', beginning: null, iccidKey: null, msisdn: null };
  if (/[*?]/.test(bare)) return { ...nothing, text, pattern: bare };
  const digits = /^\+?\d+f*$/.test(bare) ? bare.replace(/^\+|f+$/g, '') : '';
  const found = { iccidKey: iccidKey(q), msisdn: readNumber(q), pattern: null };
  return { text, digits, beginning: digits === '' ? null : beginningOf(bare), ...found };
}

function beginningOf(bare: string): SearchText['beginning'] {
  const [, prefix = '', digits = ''] = /^(\+|00|0)(\d+)/.exec(bare) ?? [];
  return digits === '' ? null : { country: prefix !== '0', digits };
}

/** Text that SQL LIKE reads as itself. */
export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

/**
 * A typed pattern as SQL LIKE: `*` is any run, `?` one character. It may begin anywhere unless it begins with `+`, and
 * ends at the end unless it ends with `*`.
 */
export function likePattern(pattern: string): string {
  const body = escapeLike(pattern).replace(/\*+/g, '%').replace(/\?/g, '_');
  return body.startsWith('%') || body.startsWith('+') ? body : `%${body}`;
}

/** The LIKE pattern that matches the reversed text: an ending becomes a beginning, which an index can find. */
export function reverseLike(pattern: string): string {
  return (pattern.match(/\\.|./gsu) ?? []).reverse().join('');
}
