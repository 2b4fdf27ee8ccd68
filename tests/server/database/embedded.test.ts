import { spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type EmbeddedPostgres, startEmbedded } from '../../../src/server/database/embedded.ts';
import { waitUntil } from '../../parts/wait.ts';

const settings = ['fsync=off', 'shared_buffers=16MB'];
let root: string;
let dir: string;
let running: EmbeddedPostgres[];
beforeEach(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'comptoir-embedded-'));
  // Started as root, PostgreSQL runs as another user, who must get to its folder.
  await chmod(root, 0o755);
  dir = path.join(root, 'postgres');
  running = [];
});
afterEach(async () => {
  for (const each of running) await each.stop().catch(() => undefined);
  await rm(root, { recursive: true, force: true });
});

async function start(): Promise<EmbeddedPostgres> {
  const started = await startEmbedded({ dir, settings });
  running.push(started);
  return started;
}

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query({ text: sql, rowMode: 'array' });
    return rows[0]?.[0];
  } finally {
    await client.end();
  }
}

const memory = async () => JSON.parse(await readFile(path.join(dir, 'server.json'), 'utf8'));
const postmaster = async () =>
  Number((await readFile(path.join(dir, 'data', 'postmaster.pid'), 'utf8')).split('\n')[0]);
const answers = (url: string) =>
  ask(url, 'select 1').then(
    () => true,
    () => false,
  );

describe('the embedded PostgreSQL', () => {
  test('listens on loopback only, wants its password, and tells it to nobody else on the machine', async () => {
    const { url } = await start();
    expect(await ask(url, 'show listen_addresses')).toBe('127.0.0.1');
    expect(await ask(url, 'show server_encoding')).toBe('UTF8');
    const guess = new URL(url);
    guess.password = 'guess';
    await expect(ask(guess.href, 'select 1')).rejects.toThrow(/password authentication failed/);
    expect((await stat(path.join(dir, 'server.json'))).mode & 0o077).toBe(0);
    expect((await stat(path.join(dir, 'data'))).mode & 0o077).toBe(0);
  });

  test('keeps its data and its port over a stop', async () => {
    const first = await start();
    await ask(first.url, 'create table kept as select 42 as answer');
    await first.stop();
    expect(await answers(first.url)).toBe(false);
    const second = await start();
    expect(second.url).toBe(first.url);
    expect(await ask(second.url, 'select answer from kept')).toBe(42);
  });

  test('takes another port when something else sits on its own', async () => {
    const first = await start();
    await first.stop();
    const port = Number(new URL(first.url).port);
    const squatter = createServer().listen(port, '127.0.0.1');
    await waitUntil(() => squatter.listening, 'the squatter');
    const second = await start();
    squatter.close();
    expect(new URL(second.url).port).not.toBe(String(port));
    expect(await answers(second.url)).toBe(true);
  });

  test('that a killed central left running is taken over, and then stopped by who took it', async () => {
    const { url } = await start();
    // The keeper is gone: a process number that no process has.
    await writeFile(path.join(dir, 'server.json'), JSON.stringify({ ...(await memory()), keeper: 4_194_304 }));
    const pid = await postmaster();
    const heir = await start();
    expect(await postmaster()).toBe(pid);
    expect(heir.url).toBe(url);
    expect((await memory()).keeper).toBe(process.pid);
    await heir.stop();
    expect(await answers(url)).toBe(false);
  });

  test('that a living central keeps is shared and not stopped by the guest', async () => {
    const { url } = await start();
    const keeper = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    await writeFile(path.join(dir, 'server.json'), JSON.stringify({ ...(await memory()), keeper: keeper.pid }));
    const guest = await start();
    await guest.stop();
    expect(await answers(url)).toBe(true);
    keeper.kill();
  });

  test('recovers what was committed after its own SIGKILL', async () => {
    const { url } = await start();
    await ask(url, 'create table committed as select 7 as answer');
    process.kill(await postmaster(), 'SIGKILL');
    await waitUntil(async () => !(await answers(url)), 'PostgreSQL to be gone');
    const again = await start();
    expect(await ask(again.url, 'select answer from committed')).toBe(7);
  });

  test('starts although its lock file names a process that is not PostgreSQL', async () => {
    const first = await start();
    await first.stop();
    const lock = path.join(dir, 'data', 'postmaster.pid');
    await writeFile(lock, `${process.pid}\n${path.join(dir, 'data')}\n0\n1\n\n127.0.0.1\n`);
    const second = await start();
    expect(await answers(second.url)).toBe(true);
  });

  test('is made anew when making it was interrupted', async () => {
    const first = await start();
    await first.stop();
    await rm(path.join(dir, 'data'), { recursive: true });
    await writeFile(path.join(dir, 'data.new'), 'half').catch(() => undefined);
    const second = await start();
    expect(await answers(second.url)).toBe(true);
  });
});
