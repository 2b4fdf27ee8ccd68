/** What a reader sent, without what it adds: symbology prefix, control characters, labels. */
export interface CleanText {
  readonly text: string;
  /** True when the reader itself says that it read an EAN or UPC bar code (AIM symbology `]E`). */
  readonly isEanSymbol: boolean;
}

const AIM_PREFIX = /^\]([A-Za-z])[0-9A-Za-z]/;
const LABEL =
  /^(?:\+?\^?ICC[- ]?ID|\+?CCID|ICC|IMEI(?: ?[12](?=\s*[:=#]))?|MSISDN|E\.?164|EAN(?:-?13)?|UPC(?:-?A)?|GTIN|TEL(?:EPHONE)?|PHONE|MOBILE)(?:\s*[:=#]\s*|\s+|(?=\d|\+))/i;
const ISO_CONTROL_AND_FORMAT = /[\p{Cc}\p{Cf}]/gu;

// A reader set to a US keyboard, on a PC set to a French one, types the digit row without Shift.
const AZERTY_DIGITS = new Map([...'&é"\'(-è_çà'].map((key, index) => [key, String((index + 1) % 10)]));

function fromAzerty(text: string): string {
  const keys = [...text];
  if (keys.length < 12 || !keys.every((key) => AZERTY_DIGITS.has(key))) return text;
  return keys.map((key) => AZERTY_DIGITS.get(key)).join('');
}

/**
 * Takes off the AIM prefix (`]C1`, `]Q3`), control and invisible characters, outer spaces and a leading label such as
 * `ICCID:`; turns digits typed on an AZERTY keyboard back. What is left may still hold spaces and dashes.
 */
export function cleanScan(raw: string): CleanText {
  const printable = raw.replace(ISO_CONTROL_AND_FORMAT, '').replace(/\s+/gu, ' ').trim();
  const aim = AIM_PREFIX.exec(printable);
  const unprefixed = printable.replace(AIM_PREFIX, '').trim();
  const text = fromAzerty(unprefixed).replace(LABEL, '').trim();
  return { text, isEanSymbol: aim?.[1] === 'E' };
}

/** Without the spaces, dashes and dots that people and printers put between groups of digits. */
export function withoutSeparators(text: string): string {
  return text.replace(/[\s.\-‐-―_/]/gu, '');
}
