/** 200 kB of picture, whatever its base64 text has. */
export const LOGO_BYTES = 200 * 1024;

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const signatures: Readonly<Record<string, readonly (readonly [at: number, bytes: string])[]>> = {
  png: [[0, '\x89PNG\r\n\x1a\n']],
  jpeg: [[0, '\xff\xd8\xff']],
  webp: [
    [0, 'RIFF'],
    [8, 'WEBP'],
  ],
};

export type LogoProblem = 'type' | 'size' | 'content';

/**
 * What is wrong with a logo's data: address; null for one that is what it says. An SVG is only ever drawn as an image, where
 * its scripts are dead; one with entities of its own is refused all the same, for it can grow without end.
 */
export function logoProblem(logo: string): LogoProblem | null {
  const [, type, data] = /^data:image\/(png|jpeg|webp|svg\+xml);base64,([A-Za-z0-9+/]+={0,2})$/.exec(logo) ?? [];
  if (type === undefined || data === undefined || data.length % 4 !== 0) return 'type';
  const bytes = decoded(data);
  if (bytes.length > LOGO_BYTES) return 'size';
  if (type === 'svg+xml') return isSvg(bytes) ? null : 'content';
  const isTrue = signatures[type]?.every(([at, signature]) => bytes.startsWith(signature, at));
  return isTrue ? null : 'content';
}

function isSvg(bytes: string): boolean {
  const start = bytes
    .replace(/^\xef\xbb\xbf/, '')
    .replace(/^(?:\s+|<\?[^>]*\?>|<!--[\s\S]*?-->|<!DOCTYPE[^>[]*>)*/i, '');
  return /^<svg[\s>]/i.test(start) && !/<!ENTITY/i.test(bytes);
}

/** Each character of the answer is one byte. */
function decoded(base64: string): string {
  const parts: string[] = [];
  for (let at = 0; at < base64.length; at += 4) {
    const quad = [0, 1, 2, 3].map((offset) => ALPHABET.indexOf(base64[at + offset] ?? '='));
    const [a = 0, b = 0, c = -1, d = -1] = quad;
    const bits = (a << 18) | (b << 12) | (Math.max(c, 0) << 6) | Math.max(d, 0);
    const bytes = [bits >> 16, (bits >> 8) & 255, bits & 255].slice(0, c < 0 ? 1 : d < 0 ? 2 : 3);
    parts.push(String.fromCharCode(...bytes));
  }
  return parts.join('');
}
