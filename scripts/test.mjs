// npm test: installs what is missing, then lint, layer rules, types and every test. `npm test -- <filter>` runs some tests.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ensureTestParts } from './lib/apt.mjs';
import { ensureBuilt } from './lib/build.mjs';
import { stopLeftDatabase } from './lib/central.mjs';
import { command } from './lib/command.mjs';
import { installedRuntime } from './lib/electron.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { Refusal, say, step } from './lib/log.mjs';
import { failure, readOutcomes, success, summarise } from './lib/outcomes.mjs';
import { modules, pinnedNode, root } from './lib/paths.mjs';
import { program } from './lib/programs.mjs';
import { runTool, startProgram } from './lib/run.mjs';

const wholeRunLimitMs = 36 * 60_000;
const filters = process.argv.slice(2);

const biome = path.join(modules, '@biomejs', 'biome', 'bin', 'biome');
const checks = [
  { name: 'lint', args: [biome, 'ci', '--colors=off', '--max-diagnostics=40', '.'] },
  { name: 'layer rules', args: [biome, 'lint', '--colors=off', '--only=style/noRestrictedImports', 'src'] },
  { name: 'types', args: [path.join(root, 'scripts', 'types.mjs')] },
];

await command(
  async ({ stop }) => {
    await ensureInstalled();
    const missing = await ensureTestParts();
    const outcomes = [await built()];
    if (filters.length === 0) for (const check of checks) outcomes.push(await checked(check));
    outcomes.push(...(await tested()));
    await stop(summarise(outcomes, missing));
  },
  { interruptedCode: 130 },
);

async function built() {
  try {
    await ensureBuilt();
    return success('scripts', 'build');
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    say(error.message);
    return failure('scripts', 'build');
  }
}

async function checked({ name, args }) {
  let result;
  await step(`checking ${name}`, async () => {
    result = await runTool(pinnedNode, args);
    return `${name}: ${result.code === 0 ? 'right' : 'wrong'}`;
  });
  if (result.code === 0) return success('scripts', name);
  say(result.output);
  return failure('scripts', name);
}

/** Runs vitest in front of the person and reads each test's outcome from what our reporter wrote. */
async function tested() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'comptoir-tests-'));
  // Started as root, PostgreSQL runs as another user, who must get to its folder.
  chmodSync(folder, 0o755);
  const databases = path.join(folder, 'databases');
  const written = path.join(folder, 'outcomes.jsonl');
  try {
    const [file, ...args] = [...display(), pinnedNode, ...vitest()];
    const run = startProgram('vitest', file, args, {
      env: { COMPTOIR_TEST_OUTCOMES: written, COMPTOIR_TEST_PG_FOLDER: databases },
      echo: true,
      ipc: false,
      // Ctrl-C ends vitest before it has stopped its database.
      cleanUp: () => stopLeftDatabase(path.join(databases, 'postgres')),
    });
    const guard = setTimeout(() => run.stop(), wholeRunLimitMs);
    const { code } = await run.exited;
    clearTimeout(guard);
    await run.stop();
    const outcomes = readOutcomes(written);
    const told = outcomes.some(({ state }) => state === 'failed');
    return code !== 0 && !told ? [...outcomes, failure('vitest', `ended with code ${code}`)] : outcomes;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function vitest() {
  const reporters = ['--reporter=default', `--reporter=${path.join(root, 'scripts', 'lib', 'reporter.mjs')}`];
  return [path.join(modules, 'vitest', 'vitest.mjs'), 'run', ...reporters, ...filters];
}

/** A display of its own for an Electron that is here, on a machine that has none. */
function display() {
  const electron = process.env.COMPTOIR_ELECTRON || installedRuntime();
  if (process.platform !== 'linux' || process.env.DISPLAY || !electron) return [];
  const xvfb = program('xvfb-run');
  return xvfb ? [xvfb, '-a', '-s', '-screen 0 1440x900x24 -nolisten tcp'] : [];
}
