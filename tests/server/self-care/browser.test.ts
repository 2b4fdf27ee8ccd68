import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PASSWORD } from '../../parts/central.ts';
import { type AccountRoom, openAccountRoom } from '../accounts/account-room.ts';

let room: AccountRoom;
beforeAll(async () => {
  room = await openAccountRoom();
});
afterAll(() => room.stop());

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0';

describe('a page of another site', () => {
  const change = { method: 'POST', path: '/account/sessions/end-others' } as const;

  test('can not write with the customer’s cookie: not without the token, nor with another session’s', async () => {
    const { email } = await room.account();
    const [mine, other] = [room.browser(), room.browser()];
    await mine.signIn(email);
    await other.signIn((await room.account()).email);
    const post = (headers: Record<string, string>) => mine.raw(change.method, change.path, { headers, body: {} });
    const right = mine.csrfToken ?? '';
    for (const token of ['', 'x', other.csrfToken ?? '', `${right}x`]) {
      const answer = await post({ 'x-csrf-token': token });
      expect([answer.status, answer.body.code]).toEqual([403, 'csrf_failed']);
    }
    expect((await post({})).body.code).toBe('csrf_failed');
    expect((await post({ 'x-csrf-token': right })).status).toBe(200);
  });

  test('can not write with the right token either, and not even sign somebody in', async () => {
    const { email } = await room.account();
    const browser = room.browser();
    await browser.signIn(email);
    const csrf = { 'x-csrf-token': browser.csrfToken ?? '' };
    for (const headers of [{ origin: 'https://evil.test' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }]) {
      const body = { email, password: PASSWORD };
      for (const path of [change.path, '/auth/login', '/auth/logout', '/auth/forgot']) {
        const answer = await browser.raw('POST', path, { headers: { ...csrf, ...headers } as never, body });
        expect([path, answer.status, answer.body.code]).toEqual([path, 403, 'csrf_failed']);
      }
    }
    expect((await browser.raw('GET', '/me')).status).toBe(200);
  });
});

describe('the cookies', () => {
  /** Fetch lets nobody choose the Host header. */
  function cookiesFor(host: string, email: string): Promise<string[]> {
    const { hostname, port } = new URL(room.central.url);
    const body = JSON.stringify({ email, password: PASSWORD, remember: false });
    const headers = { host, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const options = { hostname, port, method: 'POST', path: '/portal/api/v1/auth/login', headers };
    return new Promise((resolve, reject) => {
      request(options, (answer) => {
        answer.resume();
        resolve(answer.headers['set-cookie'] ?? []);
      })
        .on('error', reject)
        .end(body);
    });
  }

  test('go over TLS only, off the machine itself, and no script can read them', async () => {
    const { email } = await room.account();
    for (const [host, isSecure] of [
      ['portal.operator.example', true],
      ['localhost.evil.example', true],
      ['localhost:4040', false],
      ['127.0.0.1:4040', false],
    ] as const) {
      const lines = await cookiesFor(host, email);
      expect(lines.map((line) => line.split('=')[0]).sort()).toEqual([
        ...['comptoir_device', 'comptoir_portal', 'comptoir_portal_in'],
      ]);
      for (const line of lines) {
        // The page may know that somebody is signed in, and nothing else.
        if (line.startsWith('comptoir_portal_in=')) expect(line).toMatch(/^comptoir_portal_in=1;/);
        else expect(line).toMatch(/; HttpOnly/);
        expect(line).toMatch(/; SameSite=Lax/i);
        expect(line).toMatch(/; Path=\/portal(;|$)/);
        expect([host, /; Secure/.test(line)]).toEqual([host, isSecure]);
      }
    }
  });
});

describe('a browser not seen before', () => {
  const NEW = /signed in to from a new device/;

  test('is told of by mail, with what and where from; the first one ever and known ones are not', async () => {
    const { email } = await room.account();
    const first = room.browser();
    await first.signIn(email);
    await first.signIn(email);
    await room.settled();
    expect(room.mailTo(email)).toEqual([]);
    await room.browser({ headers: { 'user-agent': FIREFOX } }).signIn(email);
    const letter = await room.letter(email, NEW);
    expect(letter.text).toContain('Firefox · Linux');
    expect(letter.text).toContain('127.0.0.1');
    await first.signIn(email);
    await room.settled();
    expect(room.mailTo(email)).toHaveLength(1);
  });

  test('is not made a known one by a cookie that was put into it', async () => {
    const [attacker, victim] = [await room.account(), await room.account()];
    const theirs = room.browser();
    await theirs.signIn(attacker.email);
    const planted = theirs.cookies.get('comptoir_device') ?? '';
    const ours = room.browser();
    ours.cookies.set('comptoir_device', planted);
    await ours.signIn(victim.email);
    expect(ours.cookies.get('comptoir_device')).not.toBe(planted);
    await theirs.signIn(victim.email);
    await room.letter(victim.email, NEW);
  });

  test('of a household keeps all its accounts', async () => {
    const [one, two] = [await room.account(), await room.account()];
    const browser = room.browser();
    for (const { email } of [one, two, one, two]) await browser.signIn(email);
    await room.settled();
    expect([...room.mailTo(one.email), ...room.mailTo(two.email)]).toEqual([]);
  });
});

describe('sessions', () => {
  test('are listed with their browsers, and ended elsewhere one by one or all at once; never another’s', async () => {
    const { email } = await room.account();
    const here = room.browser({ headers: { 'user-agent': FIREFOX } });
    await here.signIn(email);
    const others = [room.browser(), room.browser(), room.browser()];
    for (const other of others) await other.signIn(email);
    const { sessions } = here.portal.account;
    const { items } = await sessions.list();
    expect(items).toHaveLength(4);
    expect(items.filter(({ current }) => current)).toMatchObject([{ device: 'Firefox · Linux', mode: 'own' }]);
    const stranger = room.browser();
    await stranger.signIn((await room.account()).email);
    const [target] = items.filter(({ current }) => !current);
    const end = () =>
      stranger.raw('DELETE', `/account/sessions/${target?.id}`, {
        headers: { 'x-csrf-token': stranger.csrfToken ?? '' },
      });
    expect((await end()).body.code).toBe('not_found');
    await sessions.end({ id: target?.id ?? '' });
    expect(await sessions.endOthers()).toEqual({ ended: 2 });
    expect((await sessions.list()).items).toHaveLength(1);
    for (const other of others)
      expect((await other.raw('GET', '/me')).body).toMatchObject({ data: { reason: 'ended_elsewhere' } });
  });
});

test('a body that is too large, or none at all, is refused and nothing breaks', async () => {
  const browser = room.browser();
  const login = (body: unknown) => browser.raw('POST', '/auth/login', { body });
  expect((await login({ email: 'a'.repeat(20_000_000), password: 'x' })).status).toBe(413);
  expect((await login({ email: 'a'.repeat(255), password: 'x' })).status).toBe(422);
  expect([400, 422]).toContain((await login('{"email":')).status);
  expect((await login({ email: { $ne: '' }, password: ['x'] })).status).toBe(422);
});
