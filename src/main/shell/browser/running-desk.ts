import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

/** Where a second start asks the running desk for an address; only who can read the data folder knows the secret. */
export const FRESH_URL_PATH = '/fresh-url';

const noteSchema = z.object({ origin: z.string(), secret: z.string() });
const ASK_TIMEOUT_MS = 3_000;

const noteFile = (dataDir: string) => path.join(dataDir, 'desk.running.json');

/** Leaves word of the running desk in its data folder; gives the secret that a second start will bring. */
export function leaveNote(dataDir: string, port: number): string {
  const secret = randomBytes(32).toString('base64url');
  writeFileSync(noteFile(dataDir), JSON.stringify({ origin: `http://127.0.0.1:${port}`, secret }), { mode: 0o600 });
  return secret;
}

export function removeNote(dataDir: string): void {
  rmSync(noteFile(dataDir), { force: true });
}

/** A fresh address from the desk that runs on this data folder; null when it has none to give (another shell, or not up yet). */
export async function askRunningDesk(dataDir: string): Promise<string | null> {
  try {
    const { origin, secret } = noteSchema.parse(JSON.parse(readFileSync(noteFile(dataDir), 'utf8')));
    const response = await fetch(new URL(FRESH_URL_PATH, origin), {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}` },
      signal: AbortSignal.timeout(ASK_TIMEOUT_MS),
    });
    return response.ok ? z.object({ url: z.url() }).parse(await response.json()).url : null;
  } catch {
    return null;
  }
}
