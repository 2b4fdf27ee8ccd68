/** A piece of a style sheet. `text` is as written; `name` is what decides, in lower case. */
export interface CssToken {
  readonly kind:
    | 'space'
    | 'ident'
    | 'function'
    | 'at'
    | 'hash'
    | 'string'
    | 'url'
    | 'number'
    | 'open'
    | 'close'
    | 'delim'
    | 'bad';
  readonly text: string;
  readonly name: string;
  readonly line: number;
}

// Sticky: each is tried where the text stands. Names have no escapes: an escape could spell a word that is refused.
const NAME = String.raw`(?:--|-?[a-z_\u0080-\u{10ffff}])[\w\u0080-\u{10ffff}-]*`;
const patterns: readonly (readonly [CssToken['kind'], RegExp])[] = [
  ['space', /(?:[ \t\r\n\f]|\/\*[\s\S]*?\*\/)+/y],
  ['string', /"(?:[^"\\\r\n\f]|\\[^\r\n\f])*"|'(?:[^'\\\r\n\f]|\\[^\r\n\f])*'/y],
  ['url', /url\([ \t\r\n\f]*(?:"[^"\\\r\n\f]*"|'[^'\\\r\n\f]*'|[^"'()\\\s]*)[ \t\r\n\f]*\)/iy],
  ['function', new RegExp(`${NAME}\\(`, 'iuy')],
  ['ident', new RegExp(NAME, 'iuy')],
  ['at', new RegExp(`@${NAME}`, 'iuy')],
  ['hash', /#[\w\u0080-\u{10ffff}-]+/uy],
  ['number', /[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?(?:%|[a-z]+)?/iy],
  ['open', /[{([]/y],
  ['close', /[})\]]/y],
  ['delim', /[:;,.>+~*/=^$|!&<-]/y],
];

/**
 * Cuts a style sheet into its tokens (CSS Syntax 3, without escapes in names). What is none of them is one token `bad`, with
 * which it ends: an open string or comment, a backslash, a control character.
 */
export function cssTokens(css: string): CssToken[] {
  const tokens: CssToken[] = [];
  let at = 0;
  let line = 1;
  while (at < css.length) {
    const [kind, text] = tokenAt(css, at);
    // A comment stays what it is between names: nothing, or a space.
    const shown = kind === 'space' ? (/[ \t\r\n\f]/.test(text.replace(/\/\*[\s\S]*?\*\//g, '')) ? ' ' : '/**/') : text;
    tokens.push({ kind, text: shown, name: text.toLowerCase(), line });
    if (kind === 'bad') break;
    line += text.split('\n').length - 1;
    at += text.length;
  }
  return tokens;
}

function tokenAt(css: string, at: number): [CssToken['kind'], string] {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = at;
    const [text] = pattern.exec(css) ?? [];
    if (text !== undefined && !isMarkup(css, at)) return [kind, text];
  }
  return ['bad', css.slice(at, at + 12)];
}

/** `</` and `<!` belong to pages, never to a style. */
function isMarkup(css: string, at: number): boolean {
  return css[at] === '<' && /[/!?a-z]/i.test(css[at + 1] ?? '');
}
