import { chmodSync, chownSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { waitUntil } from '../parts/wait.ts';
import { dataFolder, type Launched, launch } from './launched.ts';

const usualPort = 4040;
const everyProcess = process.platform === 'linux';

let data: { folder: string; remove: () => void };
const running: Launched[] = [];

function start(env: Record<string, string> = {}, script?: string): Launched {
  const launched = launch({ COMPTOIR_DATA_DIR: data.folder, ...env }, script);
  running.push(launched);
  return launched;
}

async function stop(launched: Launched): Promise<number | null> {
  launched.interrupt();
  return launched.ended();
}

beforeEach(() => {
  data = dataFolder();
});

afterEach(async () => {
  for (const launched of running.splice(0)) {
    launched.signal('SIGTERM');
    await launched.ended();
  }
  data.remove();
});

/** Takes the usual port unless something else has it: either way it is taken. */
async function takeUsualPort(): Promise<Server | undefined> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(undefined));
    server.listen(usualPort, '127.0.0.1', () => resolve(server));
  });
}

interface Staff {
  get: (path: string) => Promise<{ items: { name: string }[] }>;
  post: (path: string, body: unknown) => Promise<{ id: number }>;
}

/** A demo person signed in at central. */
async function signIn(central: string): Promise<Staff> {
  const call = async (method: string, path: string, token: string, body?: unknown) => {
    const response = await fetch(`${central}/api/v1${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        'idempotency-key': crypto.randomUUID(),
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  const login = { email: 'sales@demo.comptoir.test', password: 'Comptoir!2026' };
  const { accessToken } = await call('POST', '/auth/login', '', login);
  return {
    get: (path) => call('GET', path, accessToken),
    post: (path, body) => call('POST', path, accessToken, body),
  };
}

describe('npm start', () => {
  test('opens a desk on a demo central, keeps the data for the second start, and leaves no process behind', async ({
    annotate,
  }) => {
    const first = start();
    await first.ready();
    expect(first.said()).toContain('admin@demo.comptoir.test');
    expect(first.said()).toContain('Comptoir!2026');
    for (const line of first.said().split('\n')) if (line.startsWith('- ')) expect(line).toMatch(/ \(\d+(\.\d)? s\)$/);
    expect((await fetch(`${first.address('central')}/health/ready`)).status).toBe(200);
    expect((await fetch(first.address('desk'))).status).toBe(200);
    const [portal = ''] = /http:\S+\/portal\//.exec(first.said()) ?? [];
    expect(await (await fetch(portal)).text()).toContain('<html');
    const name = `Zoë O'Neill ${Date.now()}`;
    const { post } = await signIn(first.address('central'));
    await post('/customers', { name, type: 'individual', email: 'zoe.oneill@example.test' });

    first.interrupt();
    await first.ended();
    if (everyProcess) await waitUntil(() => first.left().length === 0, 'every process to be gone', 5_000);
    else await annotate('processes are only counted on Linux');

    const second = start();
    await second.ready();
    const { get } = await signIn(second.address('central'));
    expect((await get(`/customers?q=${encodeURIComponent(name)}`)).items.map((each) => each.name)).toContain(name);
    await stop(second);
  });

  test('steps over a taken port and names it', async () => {
    const holder = await takeUsualPort();
    try {
      const launched = start();
      await launched.ready();
      const { port } = new URL(launched.address('central'));
      expect(Number(port)).not.toBe(usualPort);
      expect(launched.said()).toContain(`port ${usualPort} is taken: central uses ${port}`);
      await stop(launched);
    } finally {
      holder?.close();
    }
  });

  test('tells when central is killed, stops what is left with it, database included, and ends with an error', async ({
    skip,
  }) => {
    skip(!everyProcess, 'processes are only counted on Linux');
    const launched = start();
    await launched.ready();
    const central = launched.left().find(({ command }) => command.endsWith('src/server/main.ts'));
    expect(launched.left().some(({ command }) => command.includes('postgres'))).toBe(true);
    process.kill(central?.pid ?? 0, 'SIGKILL');
    expect(await launched.ended()).toBe(1);
    expect(launched.said()).toContain('central ended (SIGKILL)');
    await waitUntil(() => launched.left().length === 0, 'every process to be gone', 5_000);
  });

  test('works from a data folder that is closed to other users', async ({ skip }) => {
    skip(process.getuid?.() !== 0, 'only root runs the database as another user');
    chmodSync(data.folder, 0o700);
    const launched = start({ COMPTOIR_DATA_DIR: `${data.folder}/data` });
    await launched.ready();
    await stop(launched);
  });

  test('starts no central where COMPTOIR_CENTRAL_URL names one, and opens the desk though it does not answer', async () => {
    const launched = start({ COMPTOIR_CENTRAL_URL: 'http://127.0.0.1:9' });
    await launched.ready();
    expect(launched.said()).toContain('central does not answer at http://127.0.0.1:9');
    expect(launched.said()).not.toContain('central is ready');
    expect((await fetch(launched.address('desk'))).status).toBe(200);
    await stop(launched);
  });

  test.each([
    [
      'a central that is no URL',
      { COMPTOIR_CENTRAL_URL: 'the office' },
      'COMPTOIR_CENTRAL_URL must be an http or https URL',
    ],
    ['an unknown shell', { COMPTOIR_SHELL: 'telnet' }, 'COMPTOIR_SHELL must be electron or browser'],
    ['a port that is none', { PORT: 'abc' }, 'PORT'],
  ])('refuses %s in words, without a stack', async (_what, env, words) => {
    const launched = start(env);
    expect(await launched.ended()).toBe(1);
    expect(launched.said()).toContain(words);
    expect(launched.said()).not.toMatch(/^\s+at /m);
    if (everyProcess) expect(launched.left()).toEqual([]);
  });

  test("refuses another user's data folder in words", async ({ skip }) => {
    skip(process.getuid?.() !== 0, 'only root can give a folder to another user');
    chownSync(data.folder, 65_534, 65_534);
    const launched = start();
    expect(await launched.ended()).toBe(1);
    expect(launched.said()).toContain('belongs to another user (uid 65534, you are 0)');
  });
});

describe('npm run central', () => {
  test('runs without the demo, and ends on Ctrl-C with nothing left', async () => {
    const launched = start({ PORT: '0' }, 'central');
    const url = await launched.hears(/central ready at (\S+)/);
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    expect(await stop(launched)).not.toBe(1);
    if (everyProcess) await waitUntil(() => launched.left().length === 0, 'every process to be gone', 5_000);
  });
});
