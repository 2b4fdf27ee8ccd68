import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { portalContract } from '#core/contract/portal.ts';

/** Codes that any route of the portal declares. */
function codesOf(part: object): string[] {
  if ('~orpc' in part) return Object.keys((part['~orpc'] as { errorMap: object }).errorMap);
  return Object.values(part).flatMap((inner) => codesOf(inner as object));
}

test.each(['en', 'fr', 'es', 'pt'])('every error that the portal may answer with has its words in %s', (language) => {
  const file = path.join(import.meta.dirname, '../../src/portal/locales', language, 'errors.json');
  const texts = JSON.parse(readFileSync(file, 'utf8')) as Record<string, { title?: string; advice?: string }>;
  const codes = [...new Set([...codesOf(portalContract), 'offline', 'unknown', 'payload_too_large'])];
  expect(codes.filter((code) => !texts[code]?.title || !texts[code]?.advice)).toEqual([]);
});
