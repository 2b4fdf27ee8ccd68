import { z } from 'zod';
import type { SyncPage } from '#core/sync/rows.ts';
import { PageNotUnderstood, readPage } from './page.ts';

/** Central answered with one of its errors. */
export class CentralRefused extends Error {
  readonly code: string;

  constructor(code: string) {
    super(`central refused: ${code}`);
    this.code = code;
  }
}

interface PageRequest {
  /** Central's origin. */
  readonly url: string;
  readonly credential: string;
  readonly kind: 'snapshot' | 'changes';
  readonly cursor: string | null;
  readonly signal: AbortSignal;
}

const DESK_HEADER = 'x-comptoir-desk';
/** Unpacked. A page is a megabyte or two; whatever answers with more is not central. */
const LONGEST_PAGE = 64 * 1024 * 1024;
/** Without a single byte. */
const SILENCE_MS = 30_000;

/**
 * Asks central for one page. Throws CentralRefused with central's code, PageNotUnderstood for what is no page of central's,
 * and whatever `fetch` throws when there is no answer.
 */
export async function fetchPage(request: PageRequest): Promise<SyncPage> {
  const silence = new AbortController();
  const signal = AbortSignal.any([request.signal, silence.signal]);
  const timer = setTimeout(() => silence.abort(new Error('central fell silent')), SILENCE_MS);
  try {
    const response = await fetch(addressOf(request), {
      headers: { [DESK_HEADER]: request.credential, accept: 'application/json' },
      redirect: 'error',
      signal,
    });
    const text = await readText(response, () => timer.refresh());
    if (response.ok && isJson(response)) return readPage(text);
    throw isJson(response) ? new CentralRefused(codeIn(text, response.status)) : new PageNotUnderstood('no JSON');
  } finally {
    clearTimeout(timer);
  }
}

function addressOf({ url, kind, cursor }: PageRequest): string {
  const query = cursor === null ? '' : `?${new URLSearchParams({ cursor })}`;
  return `${url}/api/v1/sync/${kind}${query}`;
}

/** A captive network answers with pages of its own, and with success. */
function isJson(response: Response): boolean {
  return response.headers.get('content-type')?.startsWith('application/json') ?? false;
}

async function readText(response: Response, heard: () => void): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    heard();
    length += chunk.byteLength;
    // Leaving the loop cancels what is still to come.
    if (length > LONGEST_PAGE) throw new PageNotUnderstood(`more than ${LONGEST_PAGE} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

const refusalSchema = z.object({ code: z.string() });

function codeIn(text: string, status: number): string {
  try {
    return refusalSchema.parse(JSON.parse(text)).code;
  } catch {
    return `status_${status}`;
  }
}
