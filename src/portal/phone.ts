// The library of numbering plans is large: only screens that show or ask for a number import this.
import parsePhoneNumber, { type CountryCode } from 'libphonenumber-js';

/** `+44 7700 900123`; what is not a number is given back as it is. */
export function formatPhone(e164: string): string {
  return parsePhoneNumber(e164)?.formatInternational() ?? e164;
}

/** The country of a number, to read others as they are written there; Britain where it is not known. */
export function countryOf(e164: string | null): CountryCode {
  return (e164 === null ? undefined : parsePhoneNumber(e164)?.country) ?? 'GB';
}

/** E.164 of a number as people write it, international or national; null when it can't be one. */
export function toE164(written: string, country: CountryCode): string | null {
  const parsed = parsePhoneNumber(written, country);
  return parsed?.isPossible() ? parsed.number : null;
}
