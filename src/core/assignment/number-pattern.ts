/** How a customer says which number they would like: an ending, some digits, or the look of it. */
export interface NumberPattern {
  /** Digits to ask central for; empty when the pattern is more than digits. */
  readonly digits: string;
  /** Finds it in a number's bare digits. */
  readonly find: (digits: string) => { start: number; end: number } | null;
}

/** No number is longer. */
const LONGEST = 20;

/** Dials national numbers with a trunk 0 and international ones with + or 00; none of it is in the number itself. */
function withoutPrefix(digits: string): string {
  return digits.replace(/^00/, '').replace(/^0/, '');
}

/** `AABB`, `1?1`, `77*00`: the same letter is the same digit, other letters are other digits, ? one digit, * any. */
function shapeOf(text: string): RegExp {
  const groups = new Map<string, number>();
  const parts = [...text].map((character) => {
    if (/\d/.test(character)) return character;
    if (character === '?') return '\\d';
    if (character === '*') return '\\d*';
    const known = groups.get(character);
    // In brackets: a digit may follow, and \10 is something else than \1 and 0.
    if (known !== undefined) return `(?:\\${known})`;
    const others = [...groups.values()].map((group) => `\\${group}`).join('|');
    groups.set(character, groups.size + 1);
    return others === '' ? '(\\d)' : `(?!${others})(\\d)`;
  });
  return new RegExp(`${parts.join('')}$`);
}

/**
 * Reads what was typed into a number search. Digits are found anywhere, at the end first; letters, `?` and `*` make a
 * shape that the number must end with. Null when nothing that matters was typed.
 */
export function readNumberPattern(text: string): NumberPattern | null {
  const bare = text.toUpperCase().replace(/[\s+().-]/g, '');
  const typed = bare
    .replace(/[^0-9A-Z?*]/g, '')
    .replace(/\*+/g, '*')
    .slice(0, LONGEST);
  if (typed === '') return null;
  if (/^\d+$/.test(typed)) {
    const digits = withoutPrefix(typed) || typed;
    return {
      digits,
      find: (number) => {
        const start = number.endsWith(digits) ? number.length - digits.length : number.indexOf(digits);
        return start < 0 ? null : { start, end: start + digits.length };
      },
    };
  }
  const shape = shapeOf(typed);
  return {
    digits: '',
    find: (number) => {
      const match = shape.exec(number);
      return match === null ? null : { start: match.index, end: number.length };
    },
  };
}

/** The numbers that fit, those that end with it first; the order is kept otherwise. All of them without a pattern. */
export function fittingNumbers<T>(
  rows: readonly T[],
  numberOf: (row: T) => string,
  pattern: NumberPattern | null,
): T[] {
  if (pattern === null) return [...rows];
  const found = rows.map((row) => {
    const number = numberOf(row).replace(/\D/g, '');
    return { row, number, match: pattern.find(number) };
  });
  const atEnd = found.filter(({ match, number }) => match !== null && match.end === number.length);
  const elsewhere = found.filter(({ match, number }) => match !== null && match.end < number.length);
  return [...atEnd, ...elsewhere].map(({ row }) => row);
}
