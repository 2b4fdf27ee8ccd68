import parsePhoneNumber, { type CountryCode } from 'libphonenumber-js';
import { createPlainFormat, type PlainFormat } from '#core/format/plain.ts';

export interface Format extends PlainFormat {
  /** `+44 7700 900123`; what is not a number is given back as it is. */
  phone(e164: string): string;
}

/** Formatters of one language; a pure function of it and of the machine's time zone. */
export function createFormat(language: string): Format {
  return {
    ...createPlainFormat(language),
    phone: (e164) => parsePhoneNumber(e164)?.formatInternational() ?? e164,
  };
}

/**
 * The E.164 form of a number as people write it: international, or national in the operator's country.
 * Null when it is not a possible number of its country.
 */
export function toE164(written: string, country: string): string | null {
  const parsed = parsePhoneNumber(written, country as CountryCode);
  return parsed?.isPossible() ? parsed.number : null;
}
