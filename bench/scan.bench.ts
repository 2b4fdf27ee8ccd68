import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { Shell } from '../tests/e2e/desk-page.ts';
import { atStep, draftIdOf, freeSims, type Sim, scanToReview } from '../tests/e2e/wizard-parts.ts';
import { pageClock } from './lib/clocks.ts';
import { type BenchDesk, shells, startBenchDesk } from './lib/desk.ts';
import { type Reader, type ReaderKind, readers } from './lib/readers.ts';
import { latencyRows, skippedRow } from './lib/rows.ts';
import { listenToHost, painted, watchTicket } from './lib/screen.ts';
import type { BenchRow } from './row.ts';

const SCANS = 30;
const AIM_MS = 50;
const GIVE_UP_MS = 5_000;
/** A person is never this quick with the next card; what a scan sets off has come to rest by then. */
const SETTLE_MS = 150;
const MOST_MISSED = 5;

interface Samples {
  readonly fromScan: number[];
  readonly fromRead: number[];
  /** Scans that were taken for typing: this machine was too busy to send the keys as fast as a reader does. */
  missed: number;
}

/** Makes a draft of a mobile plan; gives the address of its inventory step. */
async function makeDraft(desk: BenchDesk): Promise<string> {
  await scanToReview(desk);
  return `/assign/${draftIdOf(desk.page)}/inventory`;
}

async function openStep(page: Page, step: string): Promise<void> {
  await page.evaluate((hash) => {
    globalThis.location.hash = hash;
  }, step);
  await atStep(page, 'Items');
}

/** One card after the other into the same draft, each another than the one before. */
async function measure({ page }: BenchDesk, reader: Reader, sims: readonly Sim[]): Promise<Samples> {
  const { offset } = await pageClock(page);
  const samples: Samples = { fromScan: [], fromRead: [], missed: 0 };
  for (const sim of sims) {
    await watchTicket(page, sim.label);
    const scanned = await reader.scan(sim);
    const at = await painted(page, GIVE_UP_MS);
    await reader.clear();
    if (at === undefined) {
      samples.missed += 1;
      if (samples.missed > MOST_MISSED) throw new Error(`a scan of ${sim.label} did not reach the screen`);
    } else {
      samples.fromScan.push(at + offset - scanned);
      samples.fromRead.push(at + offset - (await page.evaluate(() => globalThis.bench.scanReceivedAt)));
    }
    await pause(SETTLE_MS + Math.random() * SETTLE_MS);
  }
  return samples;
}

async function measureKind(desk: BenchDesk, shell: Shell, kind: ReaderKind, step: string): Promise<BenchRow[]> {
  const name = `scan to SIM on screen, ${kind.name}, ${shell}`;
  if (!kind.part.available) return [skippedRow(name, kind.part.reason)];
  const reader = await kind.open(desk);
  try {
    await openStep(desk.page, step);
    const sims = (await freeSims(desk.central)).slice(0, SCANS);
    const { fromScan, fromRead, missed } = await measure(desk, reader, sims);
    const known = `${kind.note}; the desk is enrolled and knows the card`;
    const noted = missed === 0 ? known : `${known}; ${missed} were not sent fast enough and are left out`;
    if (kind.fromRead === undefined) return latencyRows(name, fromScan, { aim: AIM_MS, note: noted });
    return [
      ...latencyRows(name, fromRead, { aim: AIM_MS, note: kind.fromRead }),
      ...latencyRows(`${name}, with the reading`, fromScan, { note: noted }),
    ];
  } finally {
    await reader.close();
  }
}

async function measureShell(shell: Shell): Promise<BenchRow[]> {
  const desk = await startBenchDesk(shell);
  const rows: BenchRow[] = [];
  try {
    await listenToHost(desk.page);
    const step = await makeDraft(desk);
    for (const kind of readers) rows.push(...(await measureKind(desk, shell, kind, step)));
  } finally {
    await desk.stop();
  }
  return rows;
}

/** The last byte of a scan until its SIM stands in the ticket and the frame with it is drawn, by reader and shell. */
export async function run(): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const { shell, part } of shells) {
    if (part.available) rows.push(...(await measureShell(shell)));
    else rows.push(skippedRow(`scan to SIM on screen, ${shell}`, part.reason));
  }
  return rows;
}
