import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGate } from '../../../src/main/shell/browser/gate.ts';
import { readStatic } from '../../../src/main/shell/static-files.ts';
import { testFolders } from '../folder.ts';
import { type SpawnedDesk, spawnDesk } from './spawn-desk.ts';
import { cookieFor, enter, enterWith, trySocket, visit } from './visitor.ts';

const newFolder = testFolders();
const running: SpawnedDesk[] = [];

async function start(folder = newFolder()): Promise<SpawnedDesk> {
  const desk = await spawnDesk({ folder });
  running.push(desk);
  return desk;
}

afterEach(async () => {
  for (const desk of running.splice(0)) await desk.kill();
});

describe('the way into the browser shell', () => {
  it('an address opens the desk once; the browser that used it goes on by its cookie', async () => {
    const { url, origin } = await start();
    const first = await visit(url);
    expect(first.status).toBe(200);
    expect(first.headers['set-cookie']?.[0]).toMatch(/; HttpOnly; SameSite=Strict$/);
    expect((await visit(url)).status).toBe(401);
    const cookie = first.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    expect((await visit(url, { cookie })).status).toBe(200);
    const visitor = await enterWith(origin, cookie);
    expect(await visitor.desk.system.capabilities()).toMatchObject({ shell: 'browser' });
    visitor.close();
  });

  it('without the cookie nothing is served, and the page says in the browser’s language what to do', async () => {
    const { origin } = await start();
    expect((await visit(`${origin}/index.html`)).status).toBe(401);
    const refused = await visit(`${origin}/?token=guess`, { 'accept-language': 'de-CH, fr;q=0.8' });
    expect(refused.status).toBe(401);
    expect(refused.body).toContain('Relancez Comptoir');
    expect(await trySocket(origin, { origin })).toBe(401);
    expect(await trySocket(origin, { origin, cookie: `comptoir_desk_${new URL(origin).port}=guess` })).toBe(401);
  });

  it('refuses pages of another origin and names that only look like ours', async () => {
    const { url, origin } = await start();
    const cookie = await cookieFor(url);
    expect(await trySocket(origin, { origin, cookie })).toBe('open');
    expect(await trySocket(origin, { origin: 'http://evil.test', cookie })).toBe(403);
    expect(await trySocket(origin, { cookie })).toBe(403);
    expect(await trySocket(origin, { origin: 'http://evil.test', host: 'evil.test', cookie })).toBe(403);
    expect(await trySocket(origin, { origin, cookie }, '/other')).toBe(404);
    expect((await visit(origin, { host: 'evil.test', cookie })).status).toBe(421);
    expect((await visit(origin, { cookie }, 'POST')).status).toBe(405);
  });

  it('every page carries the policy that forbids inline and foreign scripts', async () => {
    const { url } = await start();
    const { headers } = await visit(url);
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("default-src 'none';");
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    // Central's preview of the portal, and no other page, may stand in a frame.
    expect(policy).toContain('frame-src blob: http://127.0.0.1:9;');
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
    expect(headers).toMatchObject({ 'cross-origin-opener-policy': 'same-origin' });
  });
});

describe('one desk for a data folder', () => {
  it('a second start gives a fresh address of the first, and ends with it', async () => {
    const folder = newFolder();
    const first = await start(folder);
    const second = await start(folder);
    expect(second.origin).toBe(first.origin);
    expect(second.url).not.toBe(first.url);
    expect((await visit(second.url)).status).toBe(200);
    expect((await visit(first.url)).status).toBe(200);
    const ended = new Promise((resolve) => second.child.once('exit', resolve));
    expect(await first.stop()).toBe(0);
    expect(await ended).toBe(0);
  });

  it('nobody gets a fresh address without the secret of the data folder', async () => {
    const { origin } = await start();
    expect((await visit(`${origin}/fresh-url`, {}, 'POST')).status).toBe(401);
    expect((await visit(`${origin}/fresh-url`, { authorization: 'Bearer guess' }, 'POST')).status).toBe(401);
  });

  it('starts again after a power cut', async () => {
    const folder = newFolder();
    const first = await start(folder);
    await first.kill();
    const second = await start(folder);
    expect(second.origin).not.toBe(first.origin);
    const visitor = await enter(second.url);
    expect(await visitor.desk.session.get()).toBeNull();
    visitor.close();
  });

  it('keeps its secrets to the owner and cleans up when it stops', async () => {
    const folder = newFolder();
    const desk = await start(folder);
    const own = path.join(folder, 'desk');
    expect(statSync(own).mode & 0o777).toBe(0o700);
    expect(statSync(path.join(own, 'desk.key')).mode & 0o777).toBe(0o600);
    expect(statSync(path.join(own, 'desk.running.json')).mode & 0o777).toBe(0o600);
    expect(await desk.stop()).toBe(0);
    expect(existsSync(path.join(own, 'desk.running.json'))).toBe(false);
  });

  it('refuses wrong settings in words', async () => {
    await expect(spawnDesk({ folder: newFolder(), centralUrl: 'ftp://central' })).rejects.toThrow(
      /COMPTOIR_CENTRAL_URL/,
    );
  });
});

describe('what the shell serves', () => {
  let folder: string;
  beforeEach(() => {
    folder = `${newFolder()}/renderer`;
    mkdirSync(path.join(folder, 'assets'), { recursive: true });
    writeFileSync(path.join(folder, 'index.html'), '<!doctype html>');
    writeFileSync(path.join(folder, 'assets/a-1.js'), 'export {}');
    writeFileSync(path.join(folder, '../secret.json'), '{}');
    writeFileSync(path.join(folder, 'desk.sqlite'), 'x');
  });

  it.each([
    '/../secret.json',
    '/%2e%2e/secret.json',
    '/..%2fsecret.json',
    '/assets/..%5c..%5csecret.json',
    '/%00',
    '/%',
  ])('no path leads out of the folder: %s', async (urlPath) => {
    expect(await readStatic(folder, urlPath)).toBeNull();
  });

  it('only files of known kinds, the page never from a cache', async () => {
    expect(await readStatic(folder, '/desk.sqlite')).toBeNull();
    expect((await readStatic(folder, '/'))?.headers).toMatchObject({ 'cache-control': 'no-store' });
    expect((await readStatic(folder, '/assets/a-1.js'))?.headers).toMatchObject({
      'cache-control': expect.stringContaining('immutable'),
    });
  });
});

describe('the gate', () => {
  it('an address that nobody opened lapses', () => {
    let now = 0;
    const gate = createGate(() => now);
    const token = gate.mintToken();
    now = 25 * 60 * 60 * 1000;
    expect(gate.admit(token)).toBeNull();
  });

  it('admits nobody by a token of another browser’s cookie', () => {
    const gate = createGate();
    const secret = gate.admit(gate.mintToken());
    expect(gate.isAdmitted(secret ?? undefined)).toBe(true);
    expect(gate.admit(secret ?? '')).toBeNull();
    expect(gate.isAdmitted(gate.mintToken())).toBe(false);
  });
});
