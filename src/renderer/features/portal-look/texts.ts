import type { PortalTexts } from './use-preview.ts';

const SHOWN = 20;
const folded = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Texts that have the words asked for in their key, in what they say or in what the operator says; else the operator's own. */
export function foundTexts(texts: PortalTexts, own: Readonly<Record<string, string>>, asked: string) {
  const words = folded(asked).split(/\s+/).filter(Boolean);
  const all: [string, string | undefined][] = [
    ...Object.entries(texts ?? {}),
    ...Object.keys(own).flatMap((key): [string, undefined][] => (texts?.[key] === undefined ? [[key, undefined]] : [])),
  ];
  const found = all.filter(([key, usual]) => {
    if (words.length === 0) return own[key] !== undefined;
    const text = folded(`${key} ${usual ?? ''} ${own[key] ?? ''}`);
    return words.every((word) => text.includes(word));
  });
  return { found: found.slice(0, SHOWN), more: Math.max(0, found.length - SHOWN) };
}

export type TextProblem = 'markup' | 'unknown' | 'variables';

/** What is wrong with the operator's wording of a text; `usual` is undefined where the portal has no such text (any more). */
export function textProblem(text: string, usual: string | undefined): TextProblem | null {
  if (/<\/?[a-z!?]|\$t\(/i.test(text)) return 'markup';
  if (usual === undefined) return 'unknown';
  const known = variablesOf(usual);
  return variablesOf(text).every((name) => known.includes(name)) ? null : 'variables';
}

function variablesOf(text: string): string[] {
  return [...text.matchAll(/\{\{\s*([\w.]+)/g)].map(([, name = '']) => name);
}
