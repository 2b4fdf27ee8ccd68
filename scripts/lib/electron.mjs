// Finding the Electron runtime, or fetching it once; it comes from outside npm, so it may not be had at all.
import { existsSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Refusal } from './log.mjs';
import { cache, modules, pinnedNode, root } from './paths.mjs';
import { runTool } from './run.mjs';

const electronPackage = path.join(modules, 'electron');
const refusalFile = path.join(cache, 'electron-not-downloaded.json');
const downloadLimitMs = 10_000;
const askAgainMs = 24 * 3600 * 1000;

/**
 * The Electron to run: { executable, args } (the folder of the app, unless the app is packaged with it), or { reason }
 * when there is none. COMPTOIR_ELECTRON goes first; a download is tried for ten seconds, and not again for a day.
 */
export async function findElectron() {
  const given = process.env.COMPTOIR_ELECTRON;
  if (given) {
    if (!existsSync(given)) throw new Refusal(`COMPTOIR_ELECTRON names ${given}, which does not exist.`);
    return { executable: given, args: isPackaged(given) ? [] : [root] };
  }
  if (process.platform === 'linux' && process.getuid?.() === 0) {
    return { reason: 'Electron does not run as root with its sandbox on' };
  }
  const executable = installedRuntime() ?? (await download());
  return executable
    ? { executable, args: [root] }
    : { reason: 'the Electron runtime is not here and could not be downloaded' };
}

/** The runtime that electron's own installer put in node_modules, or nothing. */
export function installedRuntime() {
  const note = path.join(electronPackage, 'path.txt');
  if (!existsSync(note)) return undefined;
  const executable = path.join(electronPackage, 'dist', readFileSync(note, 'utf8').trim());
  return existsSync(executable) ? executable : undefined;
}

async function download() {
  if (refusedLately()) return undefined;
  const { code } = await runTool(pinnedNode, [path.join(electronPackage, 'install.js')], { limitMs: downloadLimitMs });
  const executable = code === 0 ? installedRuntime() : undefined;
  if (executable) rmSync(refusalFile, { force: true });
  else rememberRefusal();
  return executable;
}

function electronVersion() {
  return JSON.parse(readFileSync(path.join(electronPackage, 'package.json'), 'utf8')).version;
}

function refusedLately() {
  try {
    const { version, at } = JSON.parse(readFileSync(refusalFile, 'utf8'));
    return version === electronVersion() && Date.now() - Date.parse(at) < askAgainMs;
  } catch {
    return false;
  }
}

function rememberRefusal() {
  try {
    mkdirSync(cache, { recursive: true });
    writeFileSync(refusalFile, JSON.stringify({ version: electronVersion(), at: new Date().toISOString() }));
  } catch {
    // A folder that can't be written: the next start tries again.
  }
}

function isPackaged(executable) {
  const here = path.dirname(realpathSync(executable));
  const places = [here, path.join(here, 'dist')].map((folder) => path.join(folder, 'resources'));
  return places.some((folder) => existsSync(path.join(folder, 'app')) || existsSync(path.join(folder, 'app.asar')));
}
