import { setTimeout as wait } from 'node:timers/promises';
import { createRouterClient } from '@orpc/server';
import { pino } from 'pino';
import { type DirectoryReader, openDirectoryReader } from '../../src/main/directory/open.ts';
import { createHost } from '../../src/main/host.ts';
import { listCustomers } from '../../src/main/reads/customers.ts';
import { numberingOf } from '../../src/main/reads/numbering.ts';
import { createKeyFileSecrets } from '../../src/main/session/secret-store.ts';
import { noDrivers } from '../../tests/parts/no-drivers.ts';
import { customerAt } from './customer-at.ts';
import { percentile } from './stats.ts';
import type { DeskCall, DeskReport } from './sync-messages.ts';
import { watchTurns } from './turns.ts';

/*
 * The whole desk in a process of its own: it enrols, pulls, and is searched all the while, as somebody at the counter would.
 */

const { dataDir, centralUrl, email, password } = JSON.parse(process.argv[2] ?? '{}') as Record<string, string>;
if (!dataDir || !centralUrl || !email || !password) throw new Error('started without what it needs');

const SEARCHES_EVERY_MS = 100;
const host = await createHost({
  dataDir,
  centralUrl,
  capabilities: { shell: 'browser', version: 'bench', platform: process.platform, print: false },
  secrets: createKeyFileSecrets(dataDir),
  drivers: noDrivers,
  directory: new URL('../../src/main/directory/worker.ts', import.meta.url),
  log: pino({ level: 'silent' }),
});
await host.start();
const desk = createRouterClient(host.router);
await desk.session.signIn({ email, password });
const numbering = await numberingOf('GB');

const peakMb = () => Math.round(process.resourceUsage().maxRSS / 1024);
const say = (report: DeskReport) => void process.send?.(report);
const idleMb = peakMb();

/** What staff type about the nth customer, by kind. */
const kinds: Record<string, (n: number) => string> = {
  id: (n) => String(customerAt(n).id),
  'whole name': (n) => customerAt(n).name,
  'beginning of a name': (n) => customerAt(n).name.slice(0, 4),
  'second word': (n) => customerAt(n).name.split(' ').at(1) ?? '',
  'two words': (n) => customerAt(n).name.split(' ').reverse().join(' '),
  'e-mail': (n) => customerAt(n).email,
  phone: (n) => customerAt(n).phone,
  'end of a phone': (n) => customerAt(n).phone.slice(-6),
  'part of a word': (n) => customerAt(n).name.slice(1, 5),
  nobody: (n) => `zz${n}q`,
};

type Samples = Record<string, number[]>;

/** Each kind of question once, against the file that is being written. */
async function searchOnce(reader: DirectoryReader, samples: Samples, rows: number): Promise<number> {
  let found = 0;
  for (const [kind, question] of Object.entries(kinds)) {
    const q = question(Math.floor(Math.random() * Math.max(1, rows)));
    const started = performance.now();
    const answer = await listCustomers(askedOf(reader), { q, limit: 20 });
    const took = performance.now() - started;
    samples[kind] = [...(samples[kind] ?? []), took];
    if (answer !== null && 'whole' in answer) found += answer.whole.items.length;
    // Nobody types as fast as that; other work of the desk has its turn.
    await wait(1);
  }
  return found;
}

function askedOf(reader: DirectoryReader): Parameters<typeof listCustomers>[0] {
  const own = { customers: [], changes: [], contacts: [], sites: [], holds: [], givenBack: new Set<number>() };
  return {
    ...{ reader, own, realId: async (id) => id, desk: { id: '', storeId: 1 }, person: null },
    ...{ numbering: async () => numbering, now: new Date() },
  };
}

const p95s = (samples: Samples) =>
  Object.fromEntries(Object.entries(samples).map(([kind, taken]) => [kind, percentile(taken, 0.95)]));

async function firstSync(): Promise<DeskReport> {
  const samples: Samples = {};
  const watching = watchTurns();
  const started = performance.now();
  await desk.enrolment.enrolHere({ name: 'Bench', storeId: 1 });
  let usableMs: number | null = null;
  // One for all of it, as the desk itself has: opening reads the whole schema.
  let reader: DirectoryReader | undefined;
  for (;;) {
    const { directory, progress } = await desk.sync.state();
    if (directory === 'current') break;
    if (progress !== null && progress.done > 0) {
      reader ??= openDirectoryReader(dataDir as string);
      const found = await searchOnce(reader, samples, progress.done);
      if (found > 0) usableMs ??= performance.now() - started;
    }
    await wait(SEARCHES_EVERY_MS);
  }
  const ms = performance.now() - started;
  const turns = watching.end();
  await reader?.destroy();
  return { type: 'synced', ms, usableMs: usableMs ?? ms, p95s: p95s(samples), turns, peakMb: peakMb(), idleMb };
}

async function settled(): Promise<DeskReport> {
  const samples: Samples = {};
  const rows = Number((await desk.sync.state()).progress?.total ?? 0) || 10_000;
  const reader = openDirectoryReader(dataDir as string);
  for (let round = 0; round < 40; round += 1) await searchOnce(reader, samples, rows);
  await reader.destroy();
  return { type: 'searched', p95s: p95s(samples) };
}

/** Until the last of the changes is here. */
async function catchUp(id: number, name: string): Promise<DeskReport> {
  const started = performance.now();
  for (;;) {
    await desk.sync.now();
    if ((await desk.customers.get({ id })).name === name) break;
  }
  return { type: 'caughtUp', ms: performance.now() - started };
}

process.on('message', async (call: DeskCall) => {
  if (call.type === 'sync') say(await firstSync());
  if (call.type === 'search') say(await settled());
  if (call.type === 'catchUp') say(await catchUp(call.id, call.name));
  if (call.type === 'stop') {
    await host.stop();
    process.exit(0);
  }
});
say({ type: 'ready' });
