import {
  type CountryCode,
  getCountryCallingCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from 'libphonenumber-js';
import { type NumberReader, readInternationalNumber } from '#core/inventory/identifiers.ts';

/** How numbers are typed in the operator's country. */
export interface Numbering {
  /** To E.164 from any form a person or a file may use, national ones included. */
  readonly read: NumberReader;
  /** `+44`; '' for an unknown country. */
  readonly prefix: string;
}

/** `country` is an ISO 3166 code. International numbers are taken by their shape, so that test ranges pass too. */
export function numberingOf(country: string): Numbering {
  const home: CountryCode | undefined = isSupportedCountry(country) ? country : undefined;
  const prefix = home === undefined ? '' : `+${getCountryCallingCode(home)}`;
  return {
    prefix,
    read: (text) => readInternationalNumber(text) ?? readNational(text, home) ?? readWithoutPlus(text, prefix),
  };
}

function readNational(text: string, home: CountryCode | undefined): string | null {
  if (!/^[\s\d().+/-]+$/.test(text)) return null;
  const parsed = parsePhoneNumberFromString(text, home);
  return parsed?.isPossible() ? readInternationalNumber(parsed.number) : null;
}

/** `447700900123`: international without its plus, as switches and spreadsheets write it. */
function readWithoutPlus(text: string, prefix: string): string | null {
  const digits = text.replace(/[\s.()-]/g, '');
  return prefix !== '' && digits.startsWith(prefix.slice(1)) ? readInternationalNumber(`+${digits}`) : null;
}
