// npm run bench: runs every bench/*.bench.ts, prints one table and writes bench/results/latest.json.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuilt } from './lib/build.mjs';
import { command } from './lib/command.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { Refusal, say, step } from './lib/log.mjs';
import { pinnedNode, root } from './lib/paths.mjs';
import { runInFront } from './lib/run.mjs';

const folder = path.join(root, 'bench');
const results = path.join(folder, 'results', 'latest.json');
const filters = process.argv.slice(2);

// The bench files are TypeScript: they need the pinned Node, so this command starts itself again on it.
if (process.execPath === pinnedNode || process.env.COMPTOIR_BENCH_INNER) {
  await command(measure);
} else {
  await command(startOnPinnedNode, { interruptible: false });
}

async function startOnPinnedNode({ stop }) {
  await ensureInstalled();
  const self = path.join(root, 'scripts', 'bench.mjs');
  await stop(await runInFront(pinnedNode, [self, ...filters], { env: { COMPTOIR_BENCH_INNER: '1' } }));
}

/** Runs the bench files one after the other; each exports run(): Promise<BenchRow[]>, a row being { name, value, unit, ... }. */
async function measure({ stop }) {
  await ensureInstalled();
  await ensureBuilt();
  const wanted = ({ name }) => name.endsWith('.bench.ts') && filters.every((filter) => name.includes(filter));
  const files = readdirSync(folder, { withFileTypes: true }).filter(wanted);
  if (files.length === 0) throw new Refusal('There is no such file in bench/.');
  const rows = [];
  let failed = 0;
  for (const { name } of files) {
    try {
      rows.push(...(await runOne(name)));
    } catch (error) {
      failed += 1;
      say(String(error?.stack ?? error));
    }
  }
  console.table(rows.map(({ name, ...rest }) => ({ name, ...rest })));
  write([...earlierRows(files), ...rows]);
  await stop(failed > 0 ? 1 : 0);
}

async function runOne(name) {
  let rows = [];
  await step(name, async () => {
    const { run } = await import(pathToFileURL(path.join(folder, name)).href);
    rows = await run();
  });
  return rows.map((row) => ({ file: titleOf(name), ...row }));
}

/** What an earlier run measured with the files that this one leaves out. */
function earlierRows(files) {
  if (!existsSync(results)) return [];
  const now = new Set(files.map(({ name }) => titleOf(name)));
  return JSON.parse(readFileSync(results, 'utf8')).rows.filter(({ file }) => !now.has(file));
}

function titleOf(name) {
  return name.replace('.bench.ts', '');
}

function write(rows) {
  mkdirSync(path.dirname(results), { recursive: true });
  const [cpu] = os.cpus();
  const machine = {
    cpu: cpu?.model,
    cores: os.cpus().length,
    memoryGb: Math.round(os.totalmem() / 2 ** 30),
    platform: process.platform,
  };
  writeFileSync(
    results,
    `${JSON.stringify({ at: new Date().toISOString(), node: process.version, machine, rows }, null, 2)}\n`,
  );
  say(`  written to ${path.relative(root, results)}`);
}
