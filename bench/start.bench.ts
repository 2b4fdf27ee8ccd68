import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { ensureBuilt } from '../scripts/lib/build.mjs';
import { spawnDesk } from '../tests/desk/shell/spawn-desk.ts';
import { chromiumPath, electronPath } from '../tests/parts/available.ts';
import { waitUntil } from '../tests/parts/wait.ts';
import { startBenchCentral } from './lib/central.ts';
import { shells } from './lib/desk.ts';
import { deskProgram, emptyProgram, sharedFolder, type WindowProgram } from './lib/empty-window.ts';
import { timeToWindow } from './lib/open-window.ts';
import { latencyRows, skippedRow } from './lib/rows.ts';
import { percentile, rounded } from './lib/stats.ts';
import type { BenchRow } from './row.ts';

const RUNS = 7;
const AIM_RATIO = 1.5;
const SIGN_IN_FIELD = 'input[type="email"]';

interface Side extends WindowProgram {
  readonly field: string | null;
  readonly dataDir: string;
  readonly times: number[];
}

const KEPT_WITHIN_MS = 60_000;

/** Waits until what the window remembers of this start is in its files: Chromium writes that some seconds later. */
function untilKept(dataDir: string): Promise<unknown> {
  const folder = path.join(dataDir, 'desk', 'electron', 'Local Storage', 'leveldb');
  const isKept = async () => {
    const names = await readdir(folder).catch(() => []);
    const files = await Promise.all(names.map((name) => readFile(path.join(folder, name), 'latin1').catch(() => '')));
    return files.some((file) => file.includes('comptoir.signed-out'));
  };
  return waitUntil(isKept, 'the desk to keep what it learnt', KEPT_WITHIN_MS);
}

/** The desk and an empty window of the same runtime, in turns; each was opened once before, as on any morning. */
async function measureElectron(centralUrl: string): Promise<BenchRow[]> {
  const program = electronPath() ?? '';
  const folder = await sharedFolder();
  const sides: [Side, Side] = [
    { ...deskProgram(program), field: SIGN_IN_FIELD, dataDir: path.join(folder.path, 'desk-data'), times: [] },
    {
      ...(await emptyProgram(program, folder.path)),
      field: null,
      dataDir: path.join(folder.path, 'empty-data'),
      times: [],
    },
  ];
  try {
    for (let run = 0; run <= RUNS; run += 1) {
      for (const side of sides) {
        const env = { COMPTOIR_DATA_DIR: side.dataDir, COMPTOIR_CENTRAL_URL: centralUrl, COMPTOIR_LOG_LEVEL: 'warn' };
        // The first opening, as on the first morning, is left open until the desk has kept what it learnt.
        const isFirst = run === 0 && side.field !== null;
        const time = await timeToWindow(side, env, side.field, isFirst ? () => untilKept(side.dataDir) : undefined);
        if (run > 0) side.times.push(time);
      }
    }
  } finally {
    await folder.remove();
  }
  const [desk, empty] = sides.map(({ times }) => times) as [number[], number[]];
  const ratio = rounded(percentile(desk, 0.5) / percentile(empty, 0.5));
  return [
    ...latencyRows('desk start to a usable sign-in, electron', desk, { note: 'from the start of the process' }),
    ...latencyRows('an empty window, electron', empty, { note: 'from the start of the process' }),
    {
      name: 'desk start beside an empty window, electron',
      value: ratio,
      unit: 'x',
      aim: AIM_RATIO,
      note: 'of medians',
    },
  ];
}

/** The host as a process of its own, then Chromium with its first screen, as the launcher opens them. */
async function measureBrowser(centralUrl: string): Promise<BenchRow[]> {
  const folder = await sharedFolder();
  const ready: number[] = [];
  const usable: number[] = [];
  try {
    for (let run = 0; run <= RUNS; run += 1) {
      const start = performance.now();
      const desk = await spawnDesk({ folder: folder.path, centralUrl });
      const hostReady = performance.now() - start;
      const browser = await chromium.launch({
        executablePath: chromiumPath() ?? undefined,
        args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
      });
      const page = await browser.newPage();
      await page.goto(desk.url);
      await page.locator(`${SIGN_IN_FIELD}:focus`).waitFor();
      await page.evaluate(() => new Promise((shown) => requestAnimationFrame(() => requestAnimationFrame(shown))));
      const screenUsable = performance.now() - start;
      await browser.close();
      await desk.stop();
      if (run === 0) continue;
      ready.push(hostReady);
      usable.push(screenUsable);
    }
  } finally {
    await folder.remove();
  }
  return [
    ...latencyRows('desk start to its host ready, browser', ready, { note: 'from the start of the process' }),
    ...latencyRows('desk start to a usable sign-in, browser', usable, { note: 'with the start of Chromium' }),
  ];
}

/** How long the desk takes to open, in both shells. */
export async function run(): Promise<BenchRow[]> {
  await ensureBuilt();
  const measures = { electron: measureElectron, browser: measureBrowser };
  const { central, stop } = await startBenchCentral({}, { demoCustomers: 0 });
  const rows: BenchRow[] = [];
  try {
    for (const { shell, part } of shells) {
      if (part.available) rows.push(...(await measures[shell](central.url)));
      else rows.push(skippedRow(`desk start to a usable sign-in, ${shell}`, part.reason));
    }
  } finally {
    await stop();
  }
  return rows;
}
