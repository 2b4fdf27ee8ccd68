import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { secretsFrom } from '../../../src/server/access/secrets.ts';
import { tokenHash } from '../../../src/server/access/tokens.ts';
import {
  clientOf,
  PASSWORD,
  rawCall,
  SECRET_KEY,
  signInTo,
  startTestCentral,
  type TestCentral,
} from '../../parts/central.ts';

const SALES = 'sales@test.comptoir.test';
let central: TestCentral;
beforeAll(async () => {
  central = await startTestCentral();
});
afterAll(() => central.stop());

const login = (email: string, password: string) =>
  rawCall(central.url, 'POST', '/api/v1/auth/login', { body: { email, password } });
const me = (token: string) => rawCall(central.url, 'GET', '/api/v1/me', { token });

describe('sign-in', () => {
  test('staff get who they are and what they may do; the address may be typed in capitals', async () => {
    const { user } = await central.client().auth.login({ email: ' SALES@test.comptoir.test', password: PASSWORD });
    expect(user).toMatchObject({ name: 'Sam Sales', roles: ['sales'], store: { id: 1, name: 'Store 1' } });
    expect(user.permissions).toContain('provision');
    const sales = await central.asSales();
    expect(await sales.me()).toEqual(user);
  });

  test('a wrong password, an unknown address and a disabled account are answered alike', async () => {
    const admin = await central.asAdmin();
    const created = await admin.users.create({
      name: 'Gone',
      email: 'gone@test.comptoir.test',
      password: PASSWORD,
      roles: ['sales'],
    });
    await admin.users.change({ id: created.id, enabled: false });
    const answers = [
      await login(SALES, 'wrong'),
      await login('nobody@test.comptoir.test', PASSWORD),
      await login('gone@test.comptoir.test', PASSWORD),
    ];
    for (const { status, body } of answers) {
      expect([status, body]).toEqual([401, { ...answers[0]?.body, code: 'invalid_credentials' }]);
    }
  });

  test.each([
    ["' or 1=1 --", 'x'],
    ['', ''],
    ['a'.repeat(254), 'b'.repeat(200)],
    ['\u0000@x', '\u0000'],
    ['💥@例え.jp', 'ü'],
  ])('odd input %j is refused as any other', async (email, password) => {
    const { status, body } = await login(email, password);
    expect([401, 422]).toContain(status);
    expect(['invalid_credentials', 'invalid_input']).toContain(body.code);
  });

  test('passwords are kept as argon2id', async () => {
    const users = await central.db.selectFrom('users').select('passwordHash').execute();
    for (const { passwordHash } of users) expect(passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });
});

describe('lockout (AU-6)', () => {
  test('five failures lock for 30 minutes by central’s clock, known address or not, right password or not', async () => {
    const { email } = await addSales('locked');
    for (const address of [email, 'unknown-locked@test.comptoir.test']) {
      for (let attempt = 1; attempt <= 5; attempt++)
        expect((await login(address, 'wrong')).body.code).toBe('invalid_credentials');
      const { status, body } = await login(address, PASSWORD);
      expect([status, body.code]).toEqual([423, 'account_locked']);
      const minutes = (Date.parse(body.data.until) - central.central.deps.clock.now().getTime()) / 60_000;
      expect(minutes).toBeGreaterThan(29);
      expect(minutes).toBeLessThanOrEqual(30);
    }
    await central.advance(30 * 60 + 1);
    expect((await login(email, PASSWORD)).status).toBe(200);
  });

  test('a success forgets the failures before it', async () => {
    const { email } = await addSales('forgiven');
    for (let round = 0; round < 2; round++) {
      for (let attempt = 0; attempt < 4; attempt++) await login(email, 'wrong');
      expect((await login(email, PASSWORD)).status).toBe(200);
    }
  });

  test('forty guesses at once are no more than five', async () => {
    const { email } = await addSales('guessed');
    const answers = await Promise.all(Array.from({ length: 40 }, () => login(email, 'guess')));
    const codes = answers.map(({ body }) => body.code);
    expect(codes.filter((code) => code === 'invalid_credentials')).toHaveLength(5);
    expect(codes.filter((code) => code === 'account_locked')).toHaveLength(35);
  });

  test('an administrator unlocks at once', async () => {
    const { id, email } = await addSales('unlocked');
    for (let attempt = 0; attempt < 6; attempt++) await login(email, 'wrong');
    const admin = await central.asAdmin();
    const { items } = await admin.users.list({});
    expect(items.find((user) => user.id === id)?.lockedUntil).not.toBeNull();
    expect((await admin.users.change({ id, unlock: true })).lockedUntil).toBeNull();
    expect((await login(email, PASSWORD)).status).toBe(200);
  });
});

describe('access tokens', () => {
  const now = () => Math.floor(central.central.deps.clock.now().getTime() / 1000);
  const key = secretsFrom(SECRET_KEY).key('access-token');

  async function forge(change: {
    alg?: string;
    key?: Uint8Array;
    subject?: string;
    issuer?: string;
    audience?: string;
  }) {
    const { accessToken } = await signInTo(central.url, SALES);
    const { sid } = JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString());
    return new SignJWT({ sid })
      .setProtectedHeader({ alg: change.alg ?? 'HS256' })
      .setIssuer(change.issuer ?? 'comptoir')
      .setAudience(change.audience ?? 'staff')
      .setSubject(change.subject ?? '2')
      .setIssuedAt(now())
      .setExpirationTime(now() + 600)
      .sign(change.key ?? key);
  }

  test('our own key and claims are accepted, so that the refusals below mean something', async () => {
    expect((await me(await forge({}))).status).toBe(200);
  });

  test.each([
    ['another key', { key: new Uint8Array(32).fill(7) }],
    ['another algorithm', { alg: 'HS512', key: new Uint8Array(64).fill(7) }],
    ['another user than the session’s', { subject: '1' }],
    ['another issuer', { issuer: 'someone' }],
    ['another audience', { audience: 'portal' }],
  ])('one with %s is refused', async (_title, change) => {
    const { status, body } = await me(await forge(change));
    expect([status, body.code]).toEqual([401, 'unauthorized']);
  });

  test('one without a signature (alg none) is refused', async () => {
    const { accessToken } = await signInTo(central.url, SALES);
    const [, claims] = accessToken.split('.');
    const header = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
    for (const token of [`${header}.${claims}.`, `${header}.${claims}`, `${header}.${claims}.x`]) {
      expect((await me(token)).status).toBe(401);
    }
  });

  test.each(['', 'x', 'Bearer', 'a.b.c', 'x'.repeat(5000)])('%j is no token', async (token) => {
    expect((await me(token)).status).toBe(401);
  });

  test('one lapses after 15 minutes by central’s clock', async () => {
    const { accessToken } = await signInTo(central.url, SALES);
    expect((await me(accessToken)).status).toBe(200);
    await central.advance(15 * 60 + 1);
    const { status, body } = await me(accessToken);
    expect([status, body.code]).toEqual([401, 'unauthorized']);
  });
});

describe('refreshing', () => {
  const refresh = (refreshToken: string) =>
    rawCall(central.url, 'POST', '/api/v1/auth/refresh', { body: { refreshToken } });

  test('a refresh token gives a new pair, each once', async () => {
    const first = await signInTo(central.url, SALES);
    const second = await refresh(first.refreshToken);
    expect(second.status).toBe(200);
    expect(second.body.refreshToken).not.toBe(first.refreshToken);
    expect((await me(second.body.accessToken)).status).toBe(200);
  });

  const endings = async () => {
    const { db } = central;
    const ended = db.selectFrom('sessions').select('id').where('endReason', '=', 'refresh_token_reused');
    return (await ended.execute()).length;
  };
  const worth = async ({ body }: { body: { accessToken: string; refreshToken: string } }) => [
    (await me(body.accessToken)).status,
    (await refresh(body.refreshToken)).status,
  ];

  test('one that comes again after its new pair was used ends the whole session', async () => {
    const first = await signInTo(central.url, SALES);
    const second = await refresh(first.refreshToken);
    expect((await me(second.body.accessToken)).status).toBe(200);
    const before = await endings();
    expect((await refresh(first.refreshToken)).status).toBe(401);
    expect(await worth(second)).toEqual([401, 401]);
    expect(await endings()).toBe(before + 1);
  });

  test('one whose answer was lost is exchanged once more; the lost pair is dead, and showing it ends the session', async () => {
    const first = await signInTo(central.url, SALES);
    const lost = await refresh(first.refreshToken);
    await central.advance(55);
    const second = await refresh(first.refreshToken);
    expect(second.status).toBe(200);
    expect((await me(lost.body.accessToken)).status).toBe(401);
    expect((await me(second.body.accessToken)).status).toBe(200);
    const before = await endings();
    expect((await refresh(lost.body.refreshToken)).status).toBe(401);
    expect(await endings()).toBe(before + 1);
    expect(await worth(second)).toEqual([401, 401]);
  });

  test('after a lost answer the session goes on for as long as any other', async () => {
    const first = await signInTo(central.url, SALES);
    await refresh(first.refreshToken);
    const second = await refresh(first.refreshToken);
    const third = await refresh(second.body.refreshToken);
    expect(await worth(third)).toEqual([200, 200]);
  });

  test.each([
    ['a third time', async (token: string) => void (await refresh(token))],
    ['after a minute', async () => central.advance(61)],
    ['after the pair it gave was exchanged', async (_: string, pair: string) => void (await refresh(pair))],
  ])('shown again %s it ends the session', async (_what, meanwhile) => {
    const { refreshToken } = await signInTo(central.url, SALES);
    const given = await refresh(refreshToken);
    await meanwhile(refreshToken, given.body.refreshToken);
    const before = await endings();
    expect((await refresh(refreshToken)).status).toBe(401);
    expect(await endings()).toBe(before + 1);
  });

  test('shown again from another address or at another desk it ends the session', async () => {
    const { db } = central;
    for (const usedFrom of ['address 203.0.113.9', 'desk 01a201e6-2a1a-75c0-865b-9312ecb8cb93', null]) {
      const { refreshToken } = await signInTo(central.url, SALES);
      await refresh(refreshToken);
      await db.updateTable('refreshTokens').set({ usedFrom }).where('hash', '=', tokenHash(refreshToken)).execute();
      const before = await endings();
      expect((await refresh(refreshToken)).status).toBe(401);
      expect(await endings()).toBe(before + 1);
    }
  });

  test('many at once with one token: two get a pair, of which none is worth anything in the end', async () => {
    const { refreshToken } = await signInTo(central.url, SALES);
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => refresh(refreshToken)));
    expect(answers.filter(({ status }) => status === 200).length).toBe(2);
    for (const answer of answers.filter(({ status }) => status === 200))
      expect(await worth(answer)).toEqual([401, 401]);
  });

  test('an unknown one and one older than 30 days are refused', async () => {
    const { refreshToken } = await signInTo(central.url, SALES);
    expect((await refresh('crt_unknown')).status).toBe(401);
    await central.advance(30 * 24 * 3600 + 1);
    expect((await refresh(refreshToken)).status).toBe(401);
  });

  test('signing out ends the session at once, and may be said twice', async () => {
    const session = await signInTo(central.url, SALES);
    const { client } = session;
    await client.auth.logout({ refreshToken: session.refreshToken });
    await client.auth.logout({ refreshToken: session.refreshToken });
    expect((await me(session.accessToken)).status).toBe(401);
    expect((await refresh(session.refreshToken)).status).toBe(401);
  });

  test('refresh tokens are stored as hashes only', async () => {
    const { refreshToken } = await signInTo(central.url, SALES);
    const rows = await central.db.selectFrom('refreshTokens').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(refreshToken);
  });
});

async function addSales(name: string): Promise<{ id: number; email: string }> {
  const email = `${name}@test.comptoir.test`;
  const admin = await central.asAdmin();
  const { id } = await admin.users.create({ name, email, password: PASSWORD, roles: ['sales'], storeId: 1 });
  return { id, email };
}

test('a client without any sign-in is a stranger', async () => {
  await expect(clientOf(central.url).me()).rejects.toMatchObject({ code: 'unauthorized' });
});
