import type { Identifier, Identifiers } from '../domain/inventory.ts';
import { hasLuhnDigit } from '../scan/check-digits.ts';
import { withoutSeparators } from '../scan/clean.ts';
import { iccidDigits, normaliseIccid } from '../scan/iccid.ts';

/** Reads a telephone number in any form people type to E.164, or null; national forms need a numbering plan. */
export type NumberReader = (text: string) => string | null;

/** How identifiers are spelled where they come from. */
export interface Spelling {
  readonly readNumber?: NumberReader | undefined;
  /**
   * True where 19 digits are a whole ICCID, as ITU-T E.118 has it: their last must be the Luhn digit. False where they
   * may be 20 digits without it; then nothing tells a misread digit.
   */
  readonly wholeIccids?: boolean | undefined;
}

/** E.164 by its shape alone: `+` or `00` and 6 to 15 digits, in groups or not. */
export function readInternationalNumber(text: string): string | null {
  const written = withoutSeparators(text.replace(/^tel:/i, '').replace(/\(0\)/, '')).replace(/[()]/g, '');
  const number = written.replace(/^00(?=[1-9])/, '+');
  return /^\+[1-9]\d{5,14}$/.test(number) ? number : null;
}

function readImsi(text: string): string | null {
  const digits = withoutSeparators(text);
  return /^\d{14,15}$/.test(digits) ? digits : null;
}

/** 15 digits with a right Luhn digit (3GPP TS 23.003 6.2). */
function readImei(text: string): string | null {
  const digits = withoutSeparators(text);
  return /^\d{15}$/.test(digits) && hasLuhnDigit(digits) ? digits : null;
}

/** EUI-48 in any of its spellings, as `AA:BB:CC:DD:EE:FF`. */
function readMac(text: string): string | null {
  const hex = text.replace(/[\s:.-]/g, '').toUpperCase();
  return /^[0-9A-F]{12}$/.test(hex) ? (hex.match(/../g) ?? []).join(':') : null;
}

function readSerial(text: string): string | null {
  const serial = text.trim().replace(/^S\/?N\s*[:=]?\s+/i, '');
  return /^[A-Za-z0-9][A-Za-z0-9 ._/+-]{1,63}$/.test(serial) ? serial : null;
}

function readIccidToKeep(text: string, wholeIccids: boolean): string | null {
  const digits = iccidDigits(text);
  return wholeIccids && digits?.length === 19 && !hasLuhnDigit(digits) ? null : normaliseIccid(text);
}

/**
 * The one stored form of an identifier, or null when `text` is not one: ICCIDs with their Luhn digit, numbers in E.164,
 * MAC addresses with colons in capitals.
 */
export function normaliseIdentifier(
  kind: Identifier,
  text: string,
  { readNumber = readInternationalNumber, wholeIccids = false }: Spelling = {},
): string | null {
  const readers: Record<Identifier, (text: string) => string | null> = {
    iccid: (written) => readIccidToKeep(written, wholeIccids),
    imsi: readImsi,
    msisdn: readNumber,
    imei: readImei,
    serial: readSerial,
    mac: readMac,
  };
  return readers[kind](text);
}

export type IdentifierProblem = {
  readonly code: 'missing_identifier' | 'invalid_identifier';
  readonly field: Identifier;
  readonly value: string | null;
};

/**
 * The stored forms of the identifiers an item of a template has. `kinds` is the template's list: the first is required,
 * the others are optional, anything else given is left out.
 */
export function normaliseIdentifiers(
  kinds: readonly Identifier[],
  given: Readonly<Partial<Record<Identifier, string | undefined>>>,
  spelling: Spelling = {},
): { identifiers: Identifiers } | { problem: IdentifierProblem } {
  const identifiers: Identifiers = {};
  for (const [position, kind] of kinds.entries()) {
    const text = given[kind]?.trim() ?? '';
    if (text === '') {
      if (position === 0) return { problem: { code: 'missing_identifier', field: kind, value: null } };
      continue;
    }
    const value = normaliseIdentifier(kind, text, spelling);
    if (value === null) return { problem: { code: 'invalid_identifier', field: kind, value: text } };
    identifiers[kind] = value;
  }
  return { identifiers };
}

/**
 * Whether the 19-digit ICCIDs of one source are whole, told by their last digits: right by chance, one in ten would be a
 * Luhn digit. True when there is nothing to tell it by.
 */
export function areWholeIccids(texts: Iterable<string>): boolean {
  let right = 0;
  let wrong = 0;
  for (const text of texts) {
    const digits = iccidDigits(text);
    if (digits?.length !== 19) continue;
    if (hasLuhnDigit(digits)) right += 1;
    else wrong += 1;
  }
  return right + wrong < 2 || right >= wrong;
}
