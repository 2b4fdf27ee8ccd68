import { isBalanced, textOf, trimmed } from './css-selectors.ts';
import type { CssToken } from './css-tokens.ts';

/** What a value may compute with. None of them loads anything or runs anything. */
const functions = new Set(
  [
    ...['var', 'env', 'calc', 'min', 'max', 'clamp', 'round', 'abs', 'sign', 'mod', 'rem'],
    ...['rgb', 'rgba', 'hsl', 'hsla', 'hwb', 'lab', 'lch', 'oklab', 'oklch', 'color', 'color-mix', 'light-dark'],
    ...['linear-gradient', 'radial-gradient', 'conic-gradient'],
    ...['repeating-linear-gradient', 'repeating-radial-gradient', 'repeating-conic-gradient'],
    ...['translate', 'translatex', 'translatey', 'translate3d', 'rotate', 'rotatex', 'rotatey', 'rotatez'],
    ...['scale', 'scalex', 'scaley', 'skew', 'skewx', 'skewy', 'matrix', 'matrix3d', 'perspective'],
    ...['cubic-bezier', 'steps', 'linear'],
    ...['blur', 'brightness', 'contrast', 'drop-shadow', 'grayscale', 'hue-rotate', 'invert', 'opacity', 'saturate'],
    ...['sepia', 'minmax', 'repeat', 'fit-content', 'inset', 'circle', 'ellipse', 'polygon', 'counter', 'counters'],
  ].map((name) => `${name}(`),
);
/** Old browsers run scripts from these. */
const REFUSED_PROPERTIES = /^(?:behaviou?r|-ms-behaviou?r|-moz-binding)$/;
const IMAGE = /^url\(\s*["']?data:image\/(?:png|jpeg|gif|webp|svg\+xml)[;,]/i;

export type ValueProblem = 'declaration' | 'property' | 'function' | 'url';

/** One `property: value` as it may stand, or what is wrong with it. Empty text for nothing between two semicolons. */
export function checkedDeclaration(
  tokens: readonly CssToken[],
): { text: string } | { problem: ValueProblem; token: CssToken } {
  const [property, ...rest] = trimmed(tokens);
  if (property === undefined) return { text: '' };
  const [colon, ...value] = trimmed(rest);
  if (property.kind !== 'ident' || colon?.name !== ':' || trimmed(value).length === 0)
    return { problem: 'declaration', token: property };
  if (REFUSED_PROPERTIES.test(property.name)) return { problem: 'property', token: property };
  const wrong = wrongInValue(value);
  return wrong ?? { text: `${property.text}:${textOf(trimmed(value))}` };
}

/** What a condition or a value may not hold: an address, a function that loads something, brackets that don't close. */
export function wrongInValue(
  value: readonly CssToken[],
  isCondition = false,
): { problem: ValueProblem; token: CssToken } | null {
  for (const token of value) {
    const { kind, name, text } = token;
    if (kind === 'url' && !IMAGE.test(text)) return { problem: 'url', token };
    if (kind === 'function' && name !== 'url(' && !functions.has(name)) return { problem: 'function', token };
    if (kind === 'function' && name === 'url(') return { problem: 'url', token };
    if (kind === 'at' || (name === ':' && !isCondition) || name === '{' || name === '}' || name === '&')
      return { problem: 'declaration', token };
  }
  const [first] = value;
  return first && !isBalanced(value) ? { problem: 'declaration', token: first } : null;
}
