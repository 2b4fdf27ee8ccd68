import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { type Binaries, binaries } from './embedded-binaries.ts';
import { type Owner, ownerOf, run, runStarter } from './embedded-owner.ts';
import { isAlive, isPostgres } from './processes.ts';

const SUPERUSER = 'comptoir';
const DATABASE = 'comptoir';

/** What is remembered beside the cluster, readable by central's user only. */
interface Memory {
  readonly password: string;
  readonly port: number;
  /** The central that started it and will stop it. */
  readonly keeper: number;
}

export interface EmbeddedPostgres {
  /** Connection string of the database `comptoir`, on loopback. */
  readonly url: string;
  /** Stops it, unless another central keeps it. */
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  /** Folder of the cluster and its memory; made when missing. */
  readonly dir: string;
  /** Extra server settings, such as `fsync=off` in tests. */
  readonly settings?: readonly string[];
}

/**
 * Starts the embedded PostgreSQL of a folder, or joins the one that runs there: one left by a central that was killed is
 * taken over. It listens on loopback only, on a port of its own that it keeps. Works as root, through the user postgres.
 */
export async function startEmbedded({ dir, settings = [] }: EmbeddedOptions): Promise<EmbeddedPostgres> {
  await mkdir(dir, { recursive: true });
  const cluster: Cluster = { dir, data: path.join(dir, 'data'), tools: await binaries(), owner: await ownerOf() };
  const memory = (await recall(dir)) ?? { password: randomBytes(24).toString('base64url'), port: 0, keeper: 0 };
  if (!existsSync(path.join(cluster.data, 'PG_VERSION'))) await create(cluster, memory.password);
  if (memory.port !== 0 && (await answers(memory))) return join(cluster, memory);
  await clearStalePid(cluster, memory);
  const started = { ...memory, port: await usablePort(memory.port), keeper: process.pid };
  await remember(dir, started);
  await start(cluster, started.port, settings);
  await ensureDatabase(started);
  return handle(cluster, started, true);
}

interface Cluster {
  readonly dir: string;
  readonly data: string;
  readonly tools: Binaries;
  readonly owner: Owner;
}

async function join(cluster: Cluster, memory: Memory): Promise<EmbeddedPostgres> {
  const isKept = memory.keeper !== process.pid && (await isAlive(memory.keeper));
  if (!isKept) await remember(cluster.dir, { ...memory, keeper: process.pid });
  await ensureDatabase(memory);
  return handle(cluster, memory, !isKept);
}

function handle(cluster: Cluster, memory: Memory, keeps: boolean): EmbeddedPostgres {
  return {
    url: urlOf(memory, DATABASE),
    stop: async () => {
      if (keeps)
        await run(cluster.tools.pgCtl, ['stop', '-D', cluster.data, '-m', 'fast', '-w', '-t', '60'], cluster.owner);
    },
  };
}

function urlOf({ password, port }: Memory, database: string): string {
  return `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`;
}

/** Made beside and renamed, so that a cluster that exists is whole. */
async function create({ dir, data, tools, owner }: Cluster, password: string): Promise<void> {
  const draft = `${data}.new`;
  const passwordFile = path.join(dir, 'password.new');
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { mode: 0o700 });
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (owner.uid !== undefined && owner.gid !== undefined) {
    await chown(draft, owner.uid, owner.gid);
    await chown(passwordFile, owner.uid, owner.gid);
  }
  const locale = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
  const access = ['--auth=scram-sha-256', `--username=${SUPERUSER}`, `--pwfile=${passwordFile}`];
  try {
    await run(tools.initdb, [`--pgdata=${draft}`, ...locale, ...access], owner);
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(draft, data);
}

async function start({ data, tools, owner }: Cluster, port: number, settings: readonly string[]): Promise<void> {
  const own = [`port=${port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=200'];
  const options = [...own, ...settings].map((setting) => `-c ${setting}`).join(' ');
  const log = path.join(data, 'server.log');
  try {
    await runStarter(tools.pgCtl, ['start', '-D', data, '-w', '-t', '120', '-s', '-l', log, '-o', options], owner);
  } catch (cause) {
    throw new Error(`PostgreSQL did not start. Its last words:\n${await lastLines(log)}`, { cause });
  }
}

async function lastLines(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.trimEnd().split('\n').slice(-10).join('\n');
}

async function recall(dir: string): Promise<Memory | null> {
  try {
    return JSON.parse(await readFile(path.join(dir, 'server.json'), 'utf8'));
  } catch {
    return null;
  }
}

async function remember(dir: string, memory: Memory): Promise<void> {
  const file = path.join(dir, 'server.json');
  await writeFile(`${file}.new`, JSON.stringify(memory), { mode: 0o600 });
  await rename(`${file}.new`, file);
}

/** The port it had before, so that tools keep working; another when something else took it. */
async function usablePort(wanted: number): Promise<number> {
  return (await listenOnce(wanted)) ?? (await listenOnce(0)) ?? 0;
}

function listenOnce(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(address !== null && typeof address === 'object' ? address.port : null));
    });
  });
}

/** Whether our PostgreSQL answers there; while it starts up or recovers, this waits for it. */
async function answers(memory: Memory): Promise<boolean> {
  const STARTING_UP = '57P03';
  for (;;) {
    const client = new pg.Client({ connectionString: urlOf(memory, 'postgres'), connectionTimeoutMillis: 5_000 });
    try {
      await client.connect();
      return true;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === STARTING_UP)) return false;
    } finally {
      await client.end().catch(() => undefined);
    }
    await delay(100);
  }
}

/**
 * PostgreSQL refuses to start while the process of its lock file lives. After a power cut or in a new container that number
 * may belong to any other program; nobody answers on our port, so the file is only removed when the process is not PostgreSQL.
 */
async function clearStalePid({ data }: Cluster, { port }: Memory): Promise<void> {
  const file = path.join(data, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number((await readFile(file, 'utf8')).split('\n')[0]);
  if (!(await isAlive(pid)) || !(await isPostgres(pid))) return rm(file, { force: true });
  throw new Error(`A PostgreSQL (process ${pid}) runs in ${data} but does not answer on port ${port}. Stop it first.`);
}

async function ensureDatabase(memory: Memory): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(memory, 'postgres') });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
}
