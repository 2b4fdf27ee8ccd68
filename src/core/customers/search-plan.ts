import { digitsOf, fold, reversed, wordsOf } from './search-text.ts';

/** What a typed text may mean. The order of its parts is the order of the results. */
export interface SearchPlan {
  /** A customer's own number, or null. */
  readonly id: number | null;
  /** Digits that may be an ICCID or a number in the inventory, or null. */
  readonly identifier: string | null;
  /** Terms that begin so: of the whole text, as a phone, an e-mail address or a name. */
  readonly prefixes: readonly string[];
  /** The words of a name, for finding them in any order. */
  readonly words: readonly string[];
  /** Patterns for LIKE, already escaped, all of which must be in the text: the last resort. */
  readonly fragments: readonly string[];
}

const MAX_ID = 2_147_483_647;
const SHORTEST_PHONE = 3;
/** The index of fragments knows runs of three characters; anything shorter would read every customer. */
const SHORTEST_FRAGMENT = 3;
const SHORTEST_IDENTIFIER = 6;
const phoneLike = /^[+\d\s().\-/]+$/;

/** Reads what staff typed: an id, a phone in any writing, an ICCID, an e-mail address, or words of a name (PA-5). */
export function planSearch(text: string): SearchPlan {
  const typed = text.normalize('NFKC').trim();
  const digits = digitsOf(typed);
  const isPhoneLike = phoneLike.test(typed) && digits.length >= SHORTEST_PHONE;
  const isAddress = typed.includes('@');
  const name = isAddress ? '' : fold(typed);
  const words = isPhoneLike || isAddress ? [] : wordsOf(typed);
  const prefixes = [
    ...(isPhoneLike ? phonePrefixes(digits) : []),
    ...(/^\S+$/.test(typed) ? [`e:${typed.toLowerCase()}`] : []),
    ...(name === '' ? [] : [`a:${name}`]),
  ];
  const identifier = isPhoneLike && digits.length >= SHORTEST_IDENTIFIER ? digits : null;
  return { id: idOf(typed), identifier, prefixes, words, fragments: fragmentsOf(typed, words) };
}

function idOf(typed: string): number | null {
  const number = Number(/^#?(\d{1,10})$/.exec(typed)?.[1] ?? 0);
  return number > 0 && number <= MAX_ID ? number : null;
}

/** 07700 900123, 7700900123 and +44 7700 900123 are one number: national writing has a trunk 0 and no country code. */
function phonePrefixes(digits: string): string[] {
  const international = digits.replace(/^00/, '');
  const national = digits.replace(/^0+/, '');
  return [`p:${international}`, ...(national.length >= SHORTEST_PHONE ? [`r:${reversed(national)}`] : [])];
}

/** An address keeps its dots and signs, so it is looked for as it was typed; names by their words. */
function fragmentsOf(typed: string, words: readonly string[]): string[] {
  const wanted = typed.includes('@') ? [typed.toLowerCase()] : words;
  const isFindable = wanted.some((each) => [...each].length >= SHORTEST_FRAGMENT);
  return isFindable ? wanted.map((each) => `%${escapeLike(each)}%`) : [];
}

/** The text as LIKE takes it literally. */
export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, (sign) => `\\${sign}`);
}
