// Builds the desk and the portal, each when its sources are newer than what is in out/.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Refusal, step, tail } from './log.mjs';
import { modules, out, pinnedNode, root } from './paths.mjs';
import { runTool } from './run.mjs';

const settings = ['package.json', 'package-lock.json', 'tsconfig.json'];

const desk = {
  name: 'desk',
  sources: ['src/core', 'src/main', 'src/preload', 'src/renderer'],
  settings: ['electron.config.ts', ...settings],
  results: ['main/index.js', 'main/device-worker.js', 'preload/index.cjs', 'renderer/index.html'],
  stamp: '.sources',
  command: [path.join(modules, 'electron-vite', 'bin', 'electron-vite.js'), 'build', '-c', 'electron.config.ts'],
};

const portal = {
  name: 'portal',
  sources: ['src/core', 'src/portal'],
  settings: ['portal.config.ts', 'scripts/lib/portal-plugins.ts', ...settings],
  results: ['portal/index.html', 'portal/worker.js'],
  stamp: '.sources-portal',
  command: [
    ...[path.join(modules, 'vite', 'bin', 'vite.js'), 'build', '-c', 'portal.config.ts'],
    // Read as it is, by Node: the portal's contract comes into the build through it.
    ...['--configLoader', 'native'],
  ],
};

const parts = { desk, portal };

/**
 * Builds the desk (main, preload and renderer) and the portal's pages into out/, unless they were built from these very
 * sources. `only` names one of them.
 */
export async function ensureBuilt({ force = false, only = Object.keys(parts) } = {}) {
  for (const name of only) await ensurePart(parts[name], force);
}

async function ensurePart(part, force) {
  await step(`building the ${part.name}`, async () => {
    const hash = sourcesHash(part);
    if (!force && isBuiltFrom(part, hash)) return `the ${part.name} is built from these sources`;
    await build(part);
    writeFileSync(path.join(out, part.stamp), hash);
    return `built the ${part.name}`;
  });
}

function isBuiltFrom({ results, stamp }, hash) {
  const stampFile = path.join(out, stamp);
  const complete = results.every((file) => existsSync(path.join(out, file)));
  return complete && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === hash;
}

async function build({ command, name }) {
  const { code, output } = await runTool(pinnedNode, [...command, '--logLevel', 'warn'], {
    env: { NODE_ENV: 'production', NO_COLOR: '1' },
  });
  if (code !== 0) throw new Refusal(`The build of the ${name} failed:\n${tail(output, 40)}`);
}

/** A hash of every source file's name and content: dates lie after a clone or a checkout. */
function sourcesHash(part) {
  const hash = createHash('sha256');
  for (const file of [...part.settings, ...part.sources.flatMap(filesBelow)].sort()) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(path.join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

function filesBelow(folder) {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return filesBelow(file);
    return entry.isFile() ? [file] : [];
  });
}
