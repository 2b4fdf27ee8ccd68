import type { CountryCode } from 'libphonenumber-js';
import { type NumberReader, readInternationalNumber } from '#core/inventory/identifiers.ts';

/** How numbers are typed in the operator's country; the same readings as central's. */
export interface Numbering {
  /** To E.164 from any form a person or a file may use, national ones included. */
  readonly read: NumberReader;
  /** `+44`; '' for an unknown country. */
  readonly prefix: string;
}

/** `country` is an ISO 3166 code. Loads the numbering plans: only who looks for an item waits for them, once. */
export async function numberingOf(country: string): Promise<Numbering> {
  const { getCountryCallingCode, isSupportedCountry, parsePhoneNumberFromString } = await import('libphonenumber-js');
  const home: CountryCode | undefined = isSupportedCountry(country) ? country : undefined;
  const prefix = home === undefined ? '' : `+${getCountryCallingCode(home)}`;
  const readNational: NumberReader = (text) => {
    if (!/^[\s\d().+/-]+$/.test(text)) return null;
    const parsed = parsePhoneNumberFromString(text, home);
    return parsed?.isPossible() ? readInternationalNumber(parsed.number) : null;
  };
  return {
    prefix,
    read: (text) => readInternationalNumber(text) ?? readNational(text) ?? readWithoutPlus(text, prefix),
  };
}

/** `447700900123`: international without its plus, as switches and spreadsheets write it. */
function readWithoutPlus(text: string, prefix: string): string | null {
  const digits = text.replace(/[\s.()-]/g, '');
  return prefix !== '' && digits.startsWith(prefix.slice(1)) ? readInternationalNumber(`+${digits}`) : null;
}
