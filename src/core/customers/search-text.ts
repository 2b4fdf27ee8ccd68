/**
 * How customers are made findable. Names are folded (case, accents, punctuation), phones are their digits. Each customer
 * has terms, found by prefix; the letter before the colon is the term's kind:
 * `a:` the whole name, `n:` its further words, `e:` an e-mail address, `p:` a phone's digits, `r:` the same reversed, for
 * numbers typed without their country code.
 */
const letters: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
};
const foreign = new RegExp(`[${Object.keys(letters).join('')}]`, 'gu');

/** Keeps terms within what an index row may hold. */
const LONGEST_TERM = 200;
const MOST_WORDS = 20;

/** Lower case, without accents; apostrophes vanish (O'Brien is found by obrien), other punctuation parts words. */
export function fold(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/['’ʼ`´]/gu, '')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(foreign, (letter) => letters[letter] ?? letter)
    .replace(/[\p{P}\p{Z}\p{C}]+/gu, ' ')
    .trim();
}

export function wordsOf(text: string): string[] {
  return fold(text)
    .split(' ')
    .filter((word) => word !== '')
    .slice(0, MOST_WORDS);
}

export function digitsOf(text: string): string {
  return text.normalize('NFKC').replace(/\D/g, '');
}

export function reversed(text: string): string {
  return [...text].reverse().join('');
}

export interface Findable {
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
}

const cut = (term: string) => [...term].slice(0, LONGEST_TERM).join('');

export function nameTerm(name: string): string {
  return cut(`a:${fold(name)}`);
}

type Reachable = Pick<Findable, 'email' | 'phone'>;

/** What a contact adds to the terms of its customer. */
export function contactTermsOf({ email, phone }: Reachable): string[] {
  return [
    ...(email ? [`e:${email.toLowerCase()}`] : []),
    ...(phone ? [`p:${digitsOf(phone)}`, `r:${reversed(digitsOf(phone))}`] : []),
  ].map(cut);
}

/** Terms of a customer; its contacts add their addresses and numbers. */
export function termsOf(customer: Findable, contacts: readonly Reachable[] = []): string[] {
  const words = wordsOf(customer.name).slice(1);
  const reachable = [customer, ...contacts].flatMap(contactTermsOf);
  return [...new Set([nameTerm(customer.name), ...words.map((word) => `n:${word}`), ...reachable].map(cut))];
}

/** For fragments inside words: each word has a blank before it. */
export function searchTextOf({ name, email, phone }: Findable): string {
  return ` ${fold(name)} ${email?.toLowerCase() ?? ''} ${phone ? digitsOf(phone) : ''}`;
}
