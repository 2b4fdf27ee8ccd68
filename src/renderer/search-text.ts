import { toE164 } from './formatters.ts';

/**
 * What to ask central for what people type: a national number, as it is on the customer's card, becomes the
 * international one that is stored. Anything else is left as it is.
 */
export function searchText(typed: string, country: string | undefined): string {
  const text = typed.trim();
  const looksNational = /^0[\d\s().-]{6,}$/.test(text);
  return (looksNational && country !== undefined ? toE164(text, country) : null) ?? text;
}
