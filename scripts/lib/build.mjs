// Builds the desk when its sources are newer than what is in out/.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Refusal, step, tail } from './log.mjs';
import { modules, out, pinnedNode, root } from './paths.mjs';
import { runTool } from './run.mjs';

const sources = ['src/core', 'src/main', 'src/preload', 'src/renderer'];
const settings = ['electron.config.ts', 'package.json', 'package-lock.json', 'tsconfig.json'];
const results = ['main/index.js', 'main/device-worker.js', 'preload/index.cjs', 'renderer/index.html'];
const stampFile = path.join(out, '.sources');

/** Builds main, preload and renderer into out/ unless they were built from these very sources. */
export async function ensureBuilt({ force = false } = {}) {
  await step('building the desk', async () => {
    const hash = sourcesHash();
    if (!force && isBuiltFrom(hash)) return 'the desk is built from these sources';
    await build();
    writeFileSync(stampFile, hash);
    return 'built the desk';
  });
}

function isBuiltFrom(hash) {
  const complete = results.every((file) => existsSync(path.join(out, file)));
  return complete && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === hash;
}

async function build() {
  const tool = path.join(modules, 'electron-vite', 'bin', 'electron-vite.js');
  const { code, output } = await runTool(
    pinnedNode,
    [tool, 'build', '-c', 'electron.config.ts', '--logLevel', 'warn'],
    {
      env: { NODE_ENV: 'production', NO_COLOR: '1' },
    },
  );
  if (code !== 0) throw new Refusal(`The build failed:\n${tail(output, 40)}`);
}

/** A hash of every source file's name and content: dates lie after a clone or a checkout. */
function sourcesHash() {
  const hash = createHash('sha256');
  for (const file of [...settings, ...sources.flatMap(filesBelow)].sort()) {
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
