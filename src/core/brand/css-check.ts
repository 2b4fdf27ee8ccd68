import { type SelectorProblem, scopedSelectors, textOf, trimmed } from './css-selectors.ts';
import { type CssToken, cssTokens } from './css-tokens.ts';
import { checkedDeclaration, type ValueProblem, wrongInValue } from './css-values.ts';

export interface CssProblem {
  readonly code: SelectorProblem | ValueProblem | 'character' | 'unclosed' | 'at_rule' | 'nesting';
  /** Counted from 1. */
  readonly line: number;
  /** The piece that is meant, as written and cut. */
  readonly text: string;
}

export interface CheckedCss {
  /** What may be shown: every rule without a problem, reaching only into the portal's page. */
  readonly css: string;
  readonly problems: readonly CssProblem[];
}

const CONDITIONS = new Set(['@media', '@supports', '@container']);
const KEYFRAMES = new Set(['@keyframes', '@-webkit-keyframes']);
const DEEPEST = 4;
const SHOWN = 40;

/**
 * Reads the operator's own style sheet. Only what is understood comes out, written anew: rules of style below the portal's
 * page, `@media`, `@supports`, `@container` and `@keyframes`. Nothing in it loads anything (images come with it as data:),
 * nothing runs, and nothing reaches what is outside the page, such as the banner over an impersonation. A rule with a problem
 * is left out whole.
 */
export function checkCss(css: string): CheckedCss {
  const reader = new Reader(cssTokens(css));
  const text = reader.rules(0);
  return { css: text, problems: reader.problems };
}

class Reader {
  readonly problems: CssProblem[] = [];
  readonly #tokens: readonly CssToken[];
  #at = 0;

  constructor(tokens: readonly CssToken[]) {
    this.#tokens = tokens;
  }

  /** Every rule up to the end of the block it stands in, or of the sheet. */
  rules(depth: number, isKeyframes = false): string {
    let text = '';
    for (;;) {
      const token = this.#peek();
      if (token === undefined || (token.name === '}' && depth > 0)) return text;
      if (token.kind === 'space') this.#at += 1;
      else text += this.#rule(depth, isKeyframes);
    }
  }

  #rule(depth: number, isKeyframes: boolean): string {
    const first = this.#peek();
    const prelude = this.#until(['{', ';', '}']);
    const end = this.#peek();
    if (first === undefined) return '';
    if (end?.name !== '{') {
      // The end of the block around it is left to whoever reads that block.
      if (end?.name === ';' || depth === 0) this.#at += 1;
      const isAt = first.kind === 'at';
      return this.#refuse(isAt ? 'at_rule' : end === undefined ? 'unclosed' : 'declaration', first);
    }
    this.#at += 1;
    const known = this.problems.length;
    const isAtRule = first.kind === 'at' && !isKeyframes;
    const text = isAtRule ? this.#atRule(first, prelude, depth) : this.#styleRule(prelude, isKeyframes);
    if (this.#peek() === undefined && this.problems.length === known) return this.#refuse('unclosed', first);
    this.#at += 1;
    return text;
  }

  #atRule(first: CssToken, prelude: readonly CssToken[], depth: number): string {
    const condition = trimmed(prelude.slice(1));
    const inner = depth < DEEPEST;
    if (inner && CONDITIONS.has(first.name)) {
      const wrong = wrongInValue(condition, true);
      const body = this.rules(depth + 1);
      if (wrong) return this.#refuse(wrong.problem, wrong.token);
      return body === '' ? '' : `${first.name} ${textOf(condition)}{${body}}\n`;
    }
    const [name, ...more] = condition;
    if (inner && KEYFRAMES.has(first.name) && name?.kind === 'ident' && more.length === 0) {
      const frames = this.rules(depth + 1, true);
      // In a layer the portal's own of the same name win.
      return `@layer operator{@keyframes ${name.text}{${frames}}}\n`;
    }
    this.#skipBlock();
    return this.#refuse('at_rule', first);
  }

  #styleRule(prelude: readonly CssToken[], isKeyframes: boolean): string {
    const [first] = prelude;
    const selectors = isKeyframes ? keyframeSelectors(prelude) : scopedSelectors(prelude);
    const body = this.#declarations();
    if ('problem' in selectors) return first ? this.#refuse(selectors.problem, first) : '';
    return body === null || body === '' ? '' : `${selectors.text}{${body}}\n`;
  }

  /** Null when one of them has a problem: a rule counts whole or not at all. */
  #declarations(): string | null {
    const known = this.problems.length;
    const kept: string[] = [];
    for (;;) {
      const tokens = this.#until([';', '}', '{']);
      const end = this.#peek();
      if (end?.name === '{') {
        this.#refuse('nesting', trimmed(tokens)[0] ?? end);
        this.#at += 1;
        this.#skipBlock();
        this.#at += 1;
        continue;
      }
      const read = checkedDeclaration(tokens);
      if ('problem' in read) this.#refuse(read.problem, read.token);
      else if (read.text !== '') kept.push(read.text);
      if (end === undefined || end.name === '}') break;
      this.#at += 1;
    }
    return this.problems.length > known ? null : kept.join(';');
  }

  /** Up to the first of these outside round and square brackets; leaves it to be read. */
  #until(ends: readonly string[]): CssToken[] {
    const from = this.#at;
    let depth = 0;
    for (;;) {
      const token = this.#peek();
      if (token === undefined) break;
      const isCurly = token.name === '{' || token.name === '}';
      // A curly bracket inside round ones is a mistake: what was left open before it ends there.
      if ((depth === 0 || isCurly) && ends.includes(token.name)) break;
      if (token.kind === 'function' || token.name === '(' || token.name === '[') depth += 1;
      if (token.name === ')' || token.name === ']') depth = Math.max(0, depth - 1);
      this.#at += 1;
    }
    return this.#tokens.slice(from, this.#at);
  }

  #skipBlock(): void {
    let depth = 1;
    for (;;) {
      const token = this.#peek();
      if (token === undefined) return;
      if (token.name === '{') depth += 1;
      if (token.name === '}') depth -= 1;
      if (depth === 0) return;
      this.#at += 1;
    }
  }

  /** The next token; what can't be read ends the sheet, and is told once. */
  #peek(): CssToken | undefined {
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'bad') return token;
    this.#at = this.#tokens.length;
    this.#refuse(/^["']|^\/\*/.test(token.text) ? 'unclosed' : 'character', token);
    return undefined;
  }

  #refuse(code: CssProblem['code'], { line, text }: CssToken): '' {
    this.problems.push({ code, line, text: text.slice(0, SHOWN) });
    return '';
  }
}

function keyframeSelectors(prelude: readonly CssToken[]): { text: string } | { problem: 'selector' } {
  const text = textOf(trimmed(prelude));
  return /^(?:from|to|\d+(?:\.\d+)?%)(?:\s*,\s*(?:from|to|\d+(?:\.\d+)?%))*$/i.test(text)
    ? { text }
    : { problem: 'selector' };
}
