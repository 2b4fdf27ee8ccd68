import { hasEanDigit, hasLuhnDigit } from './check-digits.ts';
import { type CleanText, cleanScan, withoutSeparators } from './clean.ts';
import { readIccid } from './iccid.ts';
import { parseReceipt } from './receipt.ts';
import type { ScanValue } from './schema.ts';

function iccidReading(clean: CleanText): ScanValue | null {
  const read = readIccid(clean.text);
  if (read === null) return null;
  if (read.check === 'wrong') return { kind: 'invalid', reason: 'iccid_luhn', text: clean.text };
  return { kind: 'iccid', iccid: read.iccid, check: read.check };
}

function receiptReading(clean: CleanText): ScanValue | null {
  const target = parseReceipt(clean.text);
  return target === null ? null : { kind: 'receipt', target };
}

/** E.164 as people write it: `+` or `00`, a trunk zero in brackets, `tel:`. Only the shape: no numbering plan here. */
function writtenNumberReading(clean: CleanText): ScanValue | null {
  const written = withoutSeparators(clean.text.replace(/^tel:/i, '').replace(/\(0\)/, '')).replace(/[()]/g, '');
  const msisdn = clean.isEanSymbol ? '' : written.replace(/^00(?=[1-9])/, '+');
  return /^\+[1-9]\d{6,14}$/.test(msisdn) ? { kind: 'msisdn', msisdn } : null;
}

/** 10 to 15 bare digits may be a number printed in international form without its `+`. */
function bareNumberReading(clean: CleanText): ScanValue | null {
  const digits = withoutSeparators(clean.text);
  return !clean.isEanSymbol && /^[1-9]\d{9,14}$/.test(digits) ? { kind: 'msisdn', msisdn: `+${digits}` } : null;
}

function imeiReading(clean: CleanText): ScanValue | null {
  const imei = withoutSeparators(clean.text);
  if (!/^\d{15}$/.test(imei)) return null;
  return hasLuhnDigit(imei) ? { kind: 'imei', imei } : { kind: 'invalid', reason: 'imei_luhn', text: clean.text };
}

function eanReading(clean: CleanText): ScanValue | null {
  const digits = withoutSeparators(clean.text);
  if (!/^\d{12,13}$/.test(digits)) return null;
  const ean = digits.padStart(13, '0');
  return hasEanDigit(ean) ? { kind: 'ean', ean } : { kind: 'invalid', reason: 'ean_check', text: clean.text };
}

/**
 * Every reading that fits the text, the likeliest first; never empty.
 *
 * Bare digits are ambiguous by nature, so length decides and the other reading follows: 15 digits are an IMEI (right or
 * wrong) before a number; 12 and 13 digits are a UPC-A or an EAN-13 (right or wrong) before a number; 10, 11 and 14 digits
 * are a number without its `+`; 18 to 20 digits from 89 are an ICCID. A leading `00` makes a number too, unless the check
 * digit says that it is an IMEI or an EAN, which may both begin with 00.
 */
export function scanReadings(text: string): [ScanValue, ...ScanValue[]] {
  const clean = cleanScan(text);
  const number = writtenNumberReading(clean);
  const codes = [receiptReading(clean), iccidReading(clean), imeiReading(clean), eanReading(clean)];
  const [first, ...others] = [...codes, number, bareNumberReading(clean)]
    .filter((value) => value !== null)
    .filter((value) => number === null || value.kind !== 'invalid');
  return first === undefined ? [{ kind: 'unknown', text: clean.text }] : [first, ...others];
}

/** The likeliest meaning of a scanned text: the first of `scanReadings`. Never throws. */
export function classifyScan(text: string): ScanValue {
  return scanReadings(text)[0];
}
