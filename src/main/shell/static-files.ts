import { readFile } from 'node:fs/promises';
import path from 'node:path';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.mp3': 'audio/mpeg',
  '.wav': 'audio/wav',
  '.map': 'application/json; charset=utf-8',
};

export interface StaticFile {
  readonly body: Buffer;
  readonly headers: Record<string, string>;
}

/** A file of the built renderer by its URL path; null when there is none or the path leads out of the folder. */
export async function readStatic(folder: string, urlPath: string): Promise<StaticFile | null> {
  const file = fileFor(folder, urlPath);
  const type = file === null ? undefined : types[path.extname(file)];
  if (file === null || type === undefined) return null;
  try {
    const body = await readFile(file);
    // Names of built assets carry a hash of their content.
    const isHashed = urlPath.startsWith('/assets/');
    const cache = isHashed ? 'private, max-age=31536000, immutable' : 'no-store';
    return { body, headers: { 'content-type': type, 'cache-control': cache } };
  } catch {
    return null;
  }
}

function fileFor(folder: string, urlPath: string): string | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(urlPath);
  } catch {
    return null;
  }
  if (decoded.includes('\0') || decoded.includes('\\')) return null;
  const file = path.resolve(folder, `.${decoded === '/' ? '/index.html' : decoded}`);
  return file.startsWith(`${path.resolve(folder)}${path.sep}`) ? file : null;
}
