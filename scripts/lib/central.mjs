// Starting central, the operator's server, from its source.
import path from 'node:path';
import { Refusal } from './log.mjs';
import { pinnedNode, root } from './paths.mjs';
import { startProgram } from './run.mjs';

const entry = path.join(root, 'src', 'server', 'main.ts');

/** Starts central and gives it back as soon as it runs; its `ready` is the URL. */
export function startCentral({ env = {}, logFile, echo = false } = {}) {
  return startProgram('central', pinnedNode, [entry], { env, logFile, echo });
}

/** The central that COMPTOIR_CENTRAL_URL names, or nothing. Refuses what is not an http(s) URL. */
export function givenCentral() {
  const given = process.env.COMPTOIR_CENTRAL_URL;
  if (!given) return undefined;
  if (!URL.canParse(given) || !/^https?:$/.test(new URL(given).protocol)) {
    throw new Refusal(`COMPTOIR_CENTRAL_URL must be an http or https URL, not "${given}".`);
  }
  return given;
}

/** Whether a central answers at this URL now; a desk works without, so nobody waits for it long. */
export async function answers(url) {
  try {
    const response = await fetch(new URL('/health/live', url), { signal: AbortSignal.timeout(2000) });
    return response.ok;
  } catch {
    return false;
  }
}
