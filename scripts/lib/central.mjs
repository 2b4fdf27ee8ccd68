// Starting central, the operator's server, from its source.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openClosedFolders } from './as-root.mjs';
import { Refusal } from './log.mjs';
import { pinnedNode, root, windows } from './paths.mjs';
import { startProgram } from './run.mjs';

const entry = path.join(root, 'src', 'server', 'main.ts');

/** Starts central and gives it back as soon as it runs; its `ready` is the URL. */
export function startCentral({ data, env = {}, logFile, echo = false }) {
  const [file, ...args] = [...openClosedFolders(data), pinnedNode, entry];
  return startProgram('central', file, args, {
    env: { ...env, COMPTOIR_DATA_DIR: data },
    logFile,
    echo,
    cleanUp: () => stopLeftDatabase(path.join(data, 'central', 'postgres')),
  });
}

/** Stops the embedded PostgreSQL of a program that was killed, by its folder; one that another program keeps goes on. */
export async function stopLeftDatabase(folder) {
  const lock = path.join(folder, 'data', 'postmaster.pid');
  const database = Number(firstLine(lock));
  if (!(database > 0) || !isAlive(database)) return;
  const keeper = Number(/"keeper":\s*(\d+)/.exec(firstLine(path.join(folder, 'server.json')))?.[1]);
  if (keeper > 0 && isAlive(keeper)) return;
  if (windows) spawnSync('taskkill', ['/pid', String(database), '/T', '/F'], { stdio: 'ignore', windowsHide: true });
  else process.kill(database, 'SIGINT');
  for (let round = 0; round < 100 && isAlive(database); round += 1) await wait(100);
}

function firstLine(file) {
  try {
    return readFileSync(file, 'utf8').split('\n')[0];
  } catch {
    return '';
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
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
