import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { programPath, VPCD_DRIVER } from './available.ts';
import { waitUntil } from './wait.ts';

const SOCKET = '/run/pcscd/pcscd.comm';
const SYSTEM_CONFIG = '/etc/reader.conf.d/vpcd';
/** Where the process id of a pcscd started here is kept, so that one left over by a killed test run is recognised. */
const STARTED = path.join(os.tmpdir(), 'comptoir-pcscd.pid');
const LOCK = path.join(os.tmpdir(), 'comptoir-pcscd.lock');

/** The machine's one PC/SC service, with a virtual reader whose card slot is a loopback port. */
export interface Pcscd {
  readonly readerPort: number;
  /** False when it was running before: then it may be used but not stopped. */
  readonly isOwned: boolean;
  /** Kills the service as a crash would; only when owned. */
  kill(): Promise<void>;
  /** Starts it again after `kill`. */
  restart(): Promise<void>;
  /** Stops it if it was started here, and lets the next test file have it. */
  stop(): Promise<void>;
}

function answers(target: number | string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = typeof target === 'number' ? connect(target, '127.0.0.1') : connect(target);
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Only one pcscd can run on a machine, so test files take turns; a lock whose owner died is taken over. */
async function takeTurn(): Promise<void> {
  const attempt = async (): Promise<boolean> => {
    try {
      await mkdir(LOCK);
      await writeFile(path.join(LOCK, 'pid'), String(process.pid));
      return true;
    } catch {
      if (await isAbandoned()) await rm(LOCK, { recursive: true, force: true });
      return false;
    }
  };
  await waitUntil(attempt, 'the PC/SC service to be free', 110_000);
}

async function isAbandoned(): Promise<boolean> {
  try {
    return !isAlive(Number(readFileSync(path.join(LOCK, 'pid'), 'utf8')));
  } catch {
    const age = await stat(LOCK).then(
      (found) => Date.now() - found.mtimeMs,
      () => 0,
    );
    return age > 5_000;
  }
}

/** The port of the reader that the machine's own pcscd serves, as its configuration says. */
function systemReaderPort(): number {
  const named = /^DEVICENAME\s+\S+:(0x[0-9a-f]+|\d+)/im.exec(readFileSync(SYSTEM_CONFIG, 'utf8'))?.[1];
  return Number(named ?? 0x8c7b);
}

function writeConfig(port: number): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'comptoir-reader-conf-'));
  const lines = [
    'FRIENDLYNAME "Virtual PCD"',
    `DEVICENAME /dev/null:${port}`,
    `LIBPATH ${VPCD_DRIVER}`,
    `CHANNELID ${port}`,
  ];
  writeFileSync(path.join(folder, 'vpcd'), `${lines.join('\n')}\n`);
  return folder;
}

async function launch(folder: string): Promise<ChildProcess> {
  const child = spawn(programPath('pcscd') ?? 'pcscd', ['--foreground', '--config', folder], { stdio: 'ignore' });
  writeFileSync(STARTED, String(child.pid));
  process.once('exit', () => child.kill('SIGKILL'));
  await waitUntil(() => answers(SOCKET), 'pcscd to answer', 20_000);
  return child;
}

/** Ends the pcscd that a killed test run left behind. */
async function endLeftover(): Promise<void> {
  const pid = Number(await readFile(STARTED, 'utf8').catch(() => '0'));
  if (pid === 0 || !isPcscd(pid)) return;
  process.kill(pid, 'SIGKILL');
  await waitUntil(() => !isPcscd(pid), 'a left over pcscd to end', 5_000);
}

function isPcscd(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'pcscd' && !/^State:\s+Z/m.test(statusOf(pid));
  } catch {
    return false;
  }
}

const statusOf = (pid: number): string => readFileSync(`/proc/${pid}/status`, 'utf8');

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  if (child.exitCode !== null || child.signalCode !== null || !child.kill(signal)) return;
  const impatience = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await ended;
  clearTimeout(impatience);
}

/** Waits for this machine's turn, then uses the running service or starts one with a virtual reader on a free port. */
export async function startPcscd(): Promise<Pcscd> {
  await takeTurn();
  const release = () => rm(LOCK, { recursive: true, force: true });
  await endLeftover();
  if (await answers(SOCKET)) {
    if (!(await answers(systemReaderPort()))) {
      await release();
      throw new Error(`a pcscd is running, but it has no virtual reader on port ${systemReaderPort()}`);
    }
    const refuse = () => Promise.reject(new Error('this pcscd was running before'));
    return { readerPort: systemReaderPort(), isOwned: false, kill: refuse, restart: refuse, stop: release };
  }
  const readerPort = await freePort();
  const folder = writeConfig(readerPort);
  let child = await launch(folder);
  return {
    readerPort,
    isOwned: true,
    kill: () => end(child, 'SIGKILL'),
    restart: async () => {
      child = await launch(folder);
    },
    stop: async () => {
      await end(child, 'SIGTERM');
      rmSync(STARTED, { force: true });
      rmSync(folder, { recursive: true, force: true });
      await release();
    },
  };
}
