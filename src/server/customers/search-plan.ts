import { digitsOf, fold, reversed, wordsOf } from './search-text.ts';

/** One lookup of a search: customers with a term in the range and all the fragments in their text. */
export interface Probe {
  /** Undefined: any customer (the fragments decide). */
  readonly prefix?: string;
  /** Patterns for LIKE, already escaped. */
  readonly fragments: readonly string[];
}

/** What a typed text may mean, best first: ranking is the order of the probes. */
export interface SearchPlan {
  /** A customer's own number, or null. */
  readonly id: number | null;
  /** Digits that may be an ICCID or a number in the inventory, or null. */
  readonly identifier: string | null;
  readonly probes: readonly Probe[];
}

const MAX_ID = 2_147_483_647;
const SHORTEST_PHONE = 3;
/** Trigrams find no shorter fragments, and a scan of everything would. */
const SHORTEST_FRAGMENT = 3;
const phoneLike = /^[+\d\s().\-/]+$/;

/** Reads what staff typed: an id, a phone in any writing, an ICCID, an e-mail address, or words of a name (PA-5). */
export function planSearch(text: string): SearchPlan {
  const typed = text.normalize('NFKC').trim();
  const digits = digitsOf(typed);
  const isPhoneLike = phoneLike.test(typed) && digits.length >= SHORTEST_PHONE;
  const probes = [
    ...(isPhoneLike ? phoneProbes(digits) : []),
    ...(typed.includes('@') || !/\s/.test(typed) ? emailProbes(typed) : []),
    ...(isPhoneLike ? [] : nameProbes(typed)),
  ];
  return { id: idOf(typed), identifier: isPhoneLike && digits.length >= 6 ? digits : null, probes };
}

function idOf(typed: string): number | null {
  const number = Number(/^#?(\d{1,10})$/.exec(typed)?.[1] ?? 0);
  return number > 0 && number <= MAX_ID ? number : null;
}

/** 07700 900123, 7700900123 and +44 7700 900123 are one number: national writing has a trunk 0 and no country code. */
function phoneProbes(digits: string): Probe[] {
  const international = digits.replace(/^00/, '');
  const national = digits.replace(/^0+/, '');
  const probes: Probe[] = [{ prefix: `p:${international}`, fragments: [] }];
  if (national.length >= SHORTEST_PHONE) probes.push({ prefix: `r:${reversed(national)}`, fragments: [] });
  return probes;
}

function emailProbes(typed: string): Probe[] {
  return typed === '' ? [] : [{ prefix: `e:${typed.toLowerCase()}`, fragments: [] }];
}

/** The whole name from its start, then any words in any order, then inside words. */
function nameProbes(typed: string): Probe[] {
  const words = wordsOf(typed);
  const [longest] = words.toSorted((a, b) => b.length - a.length);
  if (longest === undefined) return [];
  const rest = words.filter((word) => word !== longest).map((word) => `% ${escapeLike(word)}%`);
  const probes: Probe[] = [{ prefix: `a:${fold(typed)}`, fragments: [] }];
  if (rest.length > 0) probes.push({ prefix: `a:${longest}`, fragments: rest });
  probes.push({ prefix: `n:${longest}`, fragments: rest });
  if ([...longest].length >= SHORTEST_FRAGMENT) probes.push({ fragments: fragmentsOf(typed, words) });
  return probes;
}

/** An address keeps its dots and signs, so it is looked for as it was typed. */
function fragmentsOf(typed: string, words: readonly string[]): string[] {
  if (typed.includes('@')) return [`%${escapeLike(typed.toLowerCase())}%`];
  return words.map((word) => `%${escapeLike(word)}%`);
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, (sign) => `\\${sign}`);
}
