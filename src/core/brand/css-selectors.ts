import type { CssToken } from './css-tokens.ts';

/** The id of the element that holds the portal's page; what staff see above it while they look through a customer's eyes is outside. */
export const PAGE_ID = 'portal-page';

/** Words of the banner over an impersonation: no style sheet of the operator's may name it. */
const BANNER = /impersonat/i;

const pseudoFunctions = new Set(
  ['not', 'is', 'where', 'has', 'lang', 'dir', 'nth-child', 'nth-last-child', 'nth-of-type', 'nth-last-of-type'].map(
    (name) => `${name}(`,
  ),
);
const COMBINATORS = new Set(['>', '+', '~']);
const DELIMS = new Set(['.', ':', '*', '=', '^', '$', '|', '~', ',', '>', '+', '-']);

export type SelectorProblem = 'selector' | 'banner';

/**
 * The same selectors, reaching only into the portal's page: each is put below it, and `html`, `body` and `:root` mean the
 * page itself. A problem for what could reach out of it, or can't be read.
 */
export function scopedSelectors(prelude: readonly CssToken[]): { text: string } | { problem: SelectorProblem } {
  if (prelude.some(({ name }) => BANNER.test(name))) return { problem: 'banner' };
  if (!prelude.every(isAllowed) || !isBalanced(prelude)) return { problem: 'selector' };
  const scoped = splitAtCommas(prelude).map(scopedSelector);
  if (scoped.includes(null)) return { problem: 'selector' };
  return { text: scoped.join(',') };
}

function isAllowed({ kind, name }: CssToken): boolean {
  if (kind === 'function') return pseudoFunctions.has(name);
  if (kind === 'delim') return DELIMS.has(name);
  if (kind === 'open') return name !== '{';
  if (kind === 'close') return name !== '}';
  return kind === 'space' || kind === 'ident' || kind === 'hash' || kind === 'string' || kind === 'number';
}

/** Every bracket closes its own kind: an unclosed one would swallow what is put around the selector. */
export function isBalanced(tokens: readonly CssToken[]): boolean {
  const open: string[] = [];
  for (const { kind, name } of tokens) {
    if (kind === 'open') open.push(name);
    if (kind === 'function') open.push('(');
    if (kind === 'close' && open.pop() !== { ')': '(', ']': '[', '}': '{' }[name]) return false;
  }
  return open.length === 0;
}

function splitAtCommas(tokens: readonly CssToken[]): CssToken[][] {
  const parts: CssToken[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token.kind === 'open' || token.kind === 'function') depth += 1;
    if (token.kind === 'close') depth -= 1;
    if (depth === 0 && token.name === ',') parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

/** Null when it starts or ends with a combinator, is empty, or leads from the page to what stands beside it. */
function scopedSelector(tokens: readonly CssToken[]): string | null {
  const selector = trimmed(tokens);
  const [first, last] = [selector[0], selector.at(-1)];
  if (!first || !last || COMBINATORS.has(first.name) || COMBINATORS.has(last.name)) return null;
  const below = afterRoot(selector);
  const text = textOf(below ?? selector);
  if (below === null) return `#${PAGE_ID} ${text}`;
  const next = trimmed(below)[0]?.name ?? '';
  if (next === '+' || next === '~') return null;
  return `#${PAGE_ID}${text}`;
}

/** What follows `html`, `body` or `:root` at the start, one or more of them; null when it starts with none. */
function afterRoot(selector: readonly CssToken[]): readonly CssToken[] | null {
  const length = rootLength(selector);
  if (length === 0) return null;
  const rest = selector.slice(length);
  const isStep = rest[0]?.kind === 'space' || rest[0]?.name === '>';
  return (isStep ? afterRoot(oneDown(rest)) : null) ?? rest;
}

function oneDown(tokens: readonly CssToken[]): readonly CssToken[] {
  const rest = trimmed(tokens);
  return rest[0]?.name === '>' ? trimmed(rest.slice(1)) : rest;
}

/** How many tokens name the document itself at the start. */
function rootLength([first, second]: readonly CssToken[]): number {
  if (first?.kind === 'ident' && (first.name === 'html' || first.name === 'body')) return 1;
  return first?.name === ':' && second?.name === 'root' ? 2 : 0;
}

export function trimmed(tokens: readonly CssToken[]): readonly CssToken[] {
  const from = tokens.findIndex(({ kind }) => kind !== 'space');
  if (from < 0) return [];
  const to = tokens.findLastIndex(({ kind }) => kind !== 'space');
  return tokens.slice(from, to + 1);
}

export function textOf(tokens: readonly CssToken[]): string {
  return tokens.map(({ text }) => text).join('');
}
