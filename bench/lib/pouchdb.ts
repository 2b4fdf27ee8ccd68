import { type ChildProcess, fork, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

const folder = path.join(import.meta.dirname, '../pouchdb');
/** What takes longer is stopped, and said to be unfinished. */
const LIMIT_MS = 10 * 60_000;
const FILL_LIMIT_MS = 15 * 60_000;

export interface Replication {
  readonly done: number;
  readonly ms: number;
  readonly peakMb: number;
  /** False when it was stopped at the limit. */
  readonly finished: boolean;
}

/** Installs what is measured beside us, from its own lock file, on the first use. Null where that is not to be had. */
export async function installPouchDb(): Promise<boolean> {
  if (existsSync(path.join(folder, 'node_modules/pouchdb/package.json'))) return true;
  const options = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
  const npm = spawn('npm', options, { cwd: folder, stdio: 'ignore', shell: process.platform === 'win32' });
  return new Promise((resolve) => {
    npm.on('error', () => resolve(false));
    npm.on('exit', (code) => resolve(code === 0));
  });
}

/** Replicates `count` customers from a PouchDB server into a local PouchDB, each a process of its own, both on LevelDB. */
export async function replicate(count: number): Promise<Replication | null> {
  const data = await mkdtemp(path.join(os.tmpdir(), 'comptoir-bench-pouchdb-'));
  const at = async (name: string) => {
    await mkdir(path.join(data, name));
    return path.join(data, name);
  };
  const server = start('server.mjs', { folder: await at('server'), count });
  let client: ChildProcess | null = null;
  try {
    const ready = await firstMessage(server, FILL_LIMIT_MS);
    if (typeof ready?.url !== 'string') return null;
    client = start('client.mjs', { folder: await at('client'), url: ready.url });
    return await followed(client);
  } finally {
    client?.kill('SIGKILL');
    server.kill('SIGKILL');
    await rm(data, { recursive: true, force: true, maxRetries: 5 });
  }
}

function start(program: string, given: object): ChildProcess {
  return fork(path.join(folder, program), [JSON.stringify(given)], {
    ...{ execArgv: [], cwd: folder },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
}

interface Message {
  readonly type: string;
  readonly url?: string;
  readonly done?: number;
  readonly ms?: number;
  readonly peakMb?: number;
}

function firstMessage(child: ChildProcess, limitMs: number): Promise<Message | null> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(null), limitMs);
    child.once('exit', () => resolve(null));
    child.once('message', (message) => {
      clearTimeout(timer);
      resolve(message as Message);
    });
  });
}

function followed(client: ChildProcess): Promise<Replication> {
  const started = performance.now();
  let last = { done: 0, peakMb: 0 };
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve({ ...last, ms: performance.now() - started, finished: false }), LIMIT_MS);
    client.on('message', ({ type, done = 0, ms = 0, peakMb = 0 }: Message) => {
      last = { done, peakMb };
      if (type !== 'done') return;
      clearTimeout(timer);
      resolve({ ...last, ms, finished: true });
    });
    client.on('exit', (code) => code !== 0 && reject(new Error(`the PouchDB client ended with ${code}`)));
  });
}
