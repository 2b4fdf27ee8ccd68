import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import packageFile from '../../../../package.json' with { type: 'json' };
import { readConfig } from '../../config.ts';
import { createHost } from '../../host.ts';
import { createLog } from '../../log.ts';
import { createKeyFileSecrets } from '../../session/secret-store.ts';
import { takeDataLock } from '../single-instance.ts';
import { startFailureText, unsentText } from '../texts.ts';
import { askRunningDesk, leaveNote, removeNote } from './running-desk.ts';
import { startServer } from './server.ts';

/*
 * The desk in a browser: the host on a loopback port, the same screens in any Chromium. It prints the address to open
 * and opens nothing itself.
 */

const root = path.resolve(import.meta.dirname, '../../../..');
const FIRST_ANSWER_MS = 20_000;

const config = readConfig(process.env, path.join(root, '.data'));
const log = createLog(config.logLevel);
const lock = takeDataLock(config.dataDir);
if (lock === null) await showRunningDesk(config.dataDir);
else await run(lock);

async function run(held: { release(): void }): Promise<void> {
  const host = await createHost({
    dataDir: config.dataDir,
    centralUrl: config.centralUrl,
    capabilities: { shell: 'browser', version: packageFile.version, platform: process.platform, print: false },
    secrets: createKeyFileSecrets(config.dataDir),
    drivers: new URL('../../devices/worker.ts', import.meta.url),
    directory: new URL('../../directory/worker.ts', import.meta.url),
    log,
    invitation: config.invitation,
  }).catch(refuseInWords);
  const server = await startServer({
    router: host.router,
    folder: path.join(root, 'out/renderer'),
    centralUrl: config.centralUrl,
    port: config.port,
    noteFor: (port) => leaveNote(config.dataDir, port),
  });
  await host.start();
  onStop(async () => {
    removeNote(config.dataDir);
    const unsent = host.unsent();
    if (unsent > 0) tell(unsentText(await host.language(), unsent));
    await server.close();
    await host.stop();
    held.release();
  });
  announce(server.freshUrl());
}

/** Data of a newer version is no surprise: it is said without a stack. */
function refuseInWords(error: unknown): never {
  const text = startFailureText(error, config.dataDir);
  if (text === null) throw error;
  console.error(text);
  process.exit(1);
}

/** A second start: the desk that runs gives an address of its own, and this process ends with it. */
async function showRunningDesk(dataDir: string): Promise<never> {
  onStop(async () => undefined);
  const url = await firstAnswer(dataDir);
  if (url === null) {
    log.error('another desk uses this data folder and shows its own window');
    process.exit(1);
  }
  announce(url);
  for (;;) {
    const free = takeDataLock(dataDir);
    if (free !== null) {
      free.release();
      process.exit(0);
    }
    await wait(1_000);
  }
}

/** The running desk may itself be starting. */
async function firstAnswer(dataDir: string): Promise<string | null> {
  const until = Date.now() + FIRST_ANSWER_MS;
  for (;;) {
    const url = await askRunningDesk(dataDir);
    if (url !== null || Date.now() > until) return url;
    await wait(250);
  }
}

/** For whoever started the desk, be it the launcher or a person. */
function tell(text: string): void {
  console.log(text);
  process.send?.({ type: 'say', text });
}

function announce(url: string): void {
  console.log(`desk ready at ${url}`);
  process.send?.({ type: 'ready', url });
}

/** Stops once, on a signal or when the launcher is gone (its channel closes: the only way to ask on Windows). */
function onStop(stop: () => Promise<void>): void {
  let stopping = false;
  const end = async () => {
    if (stopping) return;
    stopping = true;
    await stop().catch((failure: unknown) => log.error({ err: failure }, 'the desk did not stop cleanly'));
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
  if (process.connected) process.on('disconnect', end);
}
