import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isAlive } from '../../../src/server/database/processes.ts';
import {
  embeddedPid,
  PASSWORD,
  rawCall,
  SECRET_KEY,
  type SpawnedCentral,
  signInTo,
  spawnCentral,
} from '../../parts/central.ts';
import { createTestDatabase, type TestDatabase } from '../../parts/database.ts';
import { waitUntil } from '../../parts/wait.ts';

const entry = path.join(import.meta.dirname, '../../../src/server/main.ts');
let dataDir: string;
let database: TestDatabase;
let centrals: SpawnedCentral[];
beforeEach(async () => {
  dataDir = await mkdtemp(path.join(os.tmpdir(), 'comptoir-process-'));
  await chmod(dataDir, 0o755);
  database = await createTestDatabase();
  centrals = [];
});
afterEach(async () => {
  await Promise.all(centrals.map((each) => each.stop()));
  await database.drop();
  await rm(dataDir, { recursive: true, force: true });
});

async function start(env: Record<string, string> = {}): Promise<SpawnedCentral> {
  const central = await spawnCentral({ DATABASE_URL: database.url, COMPTOIR_DATA_DIR: dataDir, ...env });
  centrals.push(central);
  return central;
}

/** Runs central to its end and gives its code and everything it said. */
async function runToEnd(env: Record<string, string>): Promise<{ code: number; said: string }> {
  const child = spawn(process.execPath, [entry], { env: { ...process.env, COMPTOIR_LOG_LEVEL: 'warn', ...env } });
  let said = '';
  child.stdout.on('data', (chunk) => (said += chunk));
  child.stderr.on('data', (chunk) => (said += chunk));
  // One that starts although it should refuse would run for ever.
  const giveUp = setTimeout(() => child.kill('SIGKILL'), 30_000);
  const [code] = await once(child, 'exit');
  clearTimeout(giveUp);
  return { code, said };
}

describe('central as a process', () => {
  test('says where it is, and ends by itself on SIGTERM', async () => {
    const central = await start();
    expect(central.output()).toContain(`central ready at ${central.url}\n`);
    expect((await rawCall(central.url, 'GET', '/health/ready')).status).toBe(200);
    expect(await central.stop()).toBe(0);
    await expect(rawCall(central.url, 'GET', '/health/live')).rejects.toThrow();
  });

  test('finishes the requests it has taken before it ends', async () => {
    const central = await start({ COMPTOIR_ADMIN_EMAIL: 'boss@test.comptoir.test' });
    // Each sign-in of an unknown address works on a password for a while.
    const login = (n: number) =>
      rawCall(central.url, 'POST', '/api/v1/auth/login', { body: { email: `nobody${n}@x.test`, password: PASSWORD } });
    const running = Array.from({ length: 12 }, (_, n) => login(n));
    await Promise.race(running);
    const ended = central.stop();
    const answers = await Promise.allSettled(running);
    for (const answer of answers) {
      if (answer.status === 'fulfilled') expect([401, 503]).toContain(answer.value.status);
    }
    expect(answers.filter(({ status }) => status === 'fulfilled').length).toBe(12);
    expect(await ended).toBe(0);
  });

  test('ends when who started it is gone', async () => {
    const central = await start();
    central.child.disconnect();
    await waitUntil(() => central.child.exitCode !== null, 'central to end');
    expect(central.child.exitCode).toBe(0);
  });

  test('a port that was asked for and is taken is refused by its number', async () => {
    const squatter = createServer().listen(0, '127.0.0.1');
    await once(squatter, 'listening');
    const { port } = squatter.address() as { port: number };
    const { code, said } = await runToEnd({
      DATABASE_URL: database.url,
      COMPTOIR_DATA_DIR: dataDir,
      PORT: String(port),
    });
    squatter.close();
    expect(code).toBe(1);
    expect(said).toContain(`Port ${port} on 127.0.0.1 is taken.`);
    expect(said).not.toMatch(/at .*\.ts:\d+/);
  });

  test('without a port it steps over the usual one when that is taken, and says so', async () => {
    const squatter = createServer();
    squatter.on('error', () => undefined).listen(4040, '127.0.0.1');
    await Promise.race([once(squatter, 'listening'), once(squatter, 'error')]).catch(() => undefined);
    const central = await start({ PORT: '' });
    squatter.close();
    expect(new URL(central.url).port).not.toBe('4040');
    expect(central.output()).toMatch(/port 4040 is taken; central uses 40\d\d/);
  });

  test('a wrong configuration is told without a stack', async () => {
    const { code, said } = await runToEnd({ PORT: 'eighty', COMPTOIR_DATA_DIR: dataDir });
    expect(code).toBe(1);
    expect(said).toMatch(/^The configuration is not valid:\n {2}PORT: /);
    expect(said).not.toMatch(/at .*\.ts:\d+/);
  });

  test('an empty database gets its first administrator, whose password is shown once', async () => {
    const env = { COMPTOIR_ADMIN_EMAIL: 'boss@test.comptoir.test' };
    const first = await start(env);
    const [, password = ''] =
      /first administrator: boss@test\.comptoir\.test with password (\S+)/.exec(first.output()) ?? [];
    const { user } = await signInTo(first.url, 'boss@test.comptoir.test', password);
    expect(user.roles).toEqual(['admin']);
    await first.stop();
    const second = await start(env);
    expect(second.output()).not.toContain('first administrator');
    await signInTo(second.url, 'boss@test.comptoir.test', password);
  });

  test('another secret key than the database was made with is refused', async () => {
    await (await start()).stop();
    const { code, said } = await runToEnd({
      ...{ DATABASE_URL: database.url, COMPTOIR_DATA_DIR: dataDir, PORT: '0' },
      COMPTOIR_SECRET_KEY: `${SECRET_KEY} but another`,
    });
    expect([code, said]).toEqual([1, expect.stringContaining('made with another secret key')]);
  });
});

describe('two centrals on one database', () => {
  test('one’s tokens work at the other, and a moved clock moves for both', async () => {
    const env = { COMPTOIR_DEMO: '1' };
    const first = await start(env);
    const second = await start(env);
    const { accessToken } = await signInTo(first.url, 'admin@demo.comptoir.test');
    const info = async (url: string) => rawCall(url, 'GET', '/api/v1/system/info', { token: accessToken });
    expect((await info(second.url)).status).toBe(200);
    const body = { advanceSeconds: 300 };
    await rawCall(first.url, 'POST', '/api/v1/demo/clock', { token: accessToken, body });
    const ahead = async () => Date.parse((await info(second.url)).body.now) - Date.now();
    await waitUntil(async () => (await ahead()) > 290_000, 'the other central’s clock to follow');
  });

  test('that start together on an empty database load the demo once', async () => {
    const env = { COMPTOIR_DEMO: '1' };
    const [first, second] = await Promise.all([start(env), start(env)]);
    for (const { url } of [first, second]) {
      const { client } = await signInTo(url, 'sales@demo.comptoir.test');
      expect((await client.customers.list({ q: 'john' })).items).toHaveLength(3);
    }
  });
});

describe('central with the embedded PostgreSQL', () => {
  test('keeps a demo’s work over a stop and over a SIGKILL of everything', async () => {
    const env = { DATABASE_URL: '', COMPTOIR_DEMO: '1' };
    const first = await start(env);
    const { client } = await signInTo(first.url, 'sales@demo.comptoir.test');
    await client.customers.create({ name: 'Kept over it all', type: 'individual' });
    expect(await first.stop()).toBe(0);
    await expect(readFile(path.join(dataDir, 'central/postgres/data/postmaster.pid'))).rejects.toThrow('ENOENT');

    const second = await start(env);
    await second.kill();
    process.kill(await embeddedPid(dataDir), 'SIGKILL');

    const third = await start(env);
    const again = await signInTo(third.url, 'sales@demo.comptoir.test');
    expect((await again.client.customers.list({ q: 'kept over it all' })).items).toHaveLength(1);
  });

  test('takes over the PostgreSQL that a killed central left, and stops it in the end', async () => {
    const env = { DATABASE_URL: '', COMPTOIR_DEMO: '1' };
    const first = await start(env);
    await first.kill();
    const left = await embeddedPid(dataDir);
    const second = await start(env);
    expect(await embeddedPid(dataDir)).toBe(left);
    await second.stop();
    expect(await isAlive(left)).toBe(false);
  });

  test('makes its own secret in a file that nobody else may read', async () => {
    const central = await start({ DATABASE_URL: '', COMPTOIR_SECRET_KEY: '', COMPTOIR_DEMO: '0' });
    const { mode } = await stat(path.join(dataDir, 'central/secret.key'));
    expect(mode & 0o077).toBe(0);
    await central.stop();
    await (await start({ DATABASE_URL: '', COMPTOIR_SECRET_KEY: '', COMPTOIR_DEMO: '0' })).stop();
  });
});
