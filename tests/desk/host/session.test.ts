import Database from 'better-sqlite3';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startTestCentral, type TestCentral } from '../../parts/central.ts';
import { type Gateway, startGateway } from '../../parts/gateway.ts';
import { waitUntil } from '../../parts/wait.ts';
import { testFolders } from '../folder.ts';
import { startDesk } from './test-desk.ts';

const newFolder = testFolders();
let central: TestCentral;
beforeAll(async () => {
  central = await startTestCentral();
});
afterAll(() => central.stop());

async function lineToCentral(): Promise<Gateway> {
  const gateway = await startGateway(central.url);
  onTestFinished(() => gateway.close());
  return gateway;
}

const refreshes = ({ passed }: Gateway) => passed.filter(({ path }) => path.endsWith('/auth/refresh')).length;

describe('signing in at the desk', () => {
  it('survives a restart, and the token is nowhere readable', async () => {
    const dataDir = newFolder();
    const first = await startDesk({ dataDir, centralUrl: central.url });
    expect(await first.desk.session.get()).toBeNull();
    const user = await first.signIn();
    expect(user).toMatchObject({ name: 'Sam Sales', store: { name: 'Store 1' } });
    await first.hear('session', ({ reason }) => reason === 'signed_in');
    await first.stop();

    const database = new Database(`${dataDir}/desk.sqlite`);
    const kept = database.prepare('select refresh_token from staff_member').pluck().get() as string;
    database.close();
    await expect(central.client().auth.refresh({ refreshToken: kept })).rejects.toMatchObject({ code: 'unauthorized' });

    const second = await startDesk({ dataDir, centralUrl: central.url });
    expect(await second.desk.session.get()).toEqual(user);
    expect((await second.desk.customers.list({})).items).toEqual([]);
  });

  it('a wrong password is central’s answer, passed on as it is', async () => {
    const { desk } = await startDesk({ dataDir: newFolder(), centralUrl: central.url });
    const attempt = desk.session.signIn({ email: 'sales@test.comptoir.test', password: 'wrong' });
    await expect(attempt).rejects.toMatchObject({ code: 'invalid_credentials', status: 401, defined: true });
  });

  it('twenty calls with a lapsed token fetch one new token, and all get their answer', async () => {
    const dataDir = newFolder();
    const gateway = await lineToCentral();
    const first = await startDesk({ dataDir, centralUrl: gateway.url });
    await first.signIn();
    await first.stop();
    // After a restart the desk has no access token, so every call wants one.
    const second = await startDesk({ dataDir, centralUrl: gateway.url });
    const answers = await Promise.all(Array.from({ length: 20 }, () => second.desk.customers.list({})));
    expect(answers).toHaveLength(20);
    expect(refreshes(gateway)).toBe(1);
  });

  it('a token that central’s moved clock has ended is replaced without anybody noticing', async () => {
    const gateway = await lineToCentral();
    const { desk, signIn } = await startDesk({ dataDir: newFolder(), centralUrl: gateway.url });
    await signIn();
    await central.advance(60 * 60);
    expect((await desk.customers.list({})).items).toEqual([]);
    expect(refreshes(gateway)).toBe(1);
  });

  it('a session that central ended is over at the desk too, in every window and after a restart', async () => {
    const dataDir = newFolder();
    const { desk, signIn, hear, stop } = await startDesk({ dataDir, centralUrl: central.url });
    await signIn();
    await sql`delete from refresh_tokens`.execute(central.db);
    await central.advance(60 * 60);
    await expect(desk.customers.list({})).rejects.toMatchObject({ code: 'unauthorized' });
    expect(await hear('session', ({ user }) => user === null)).toMatchObject({ reason: 'expired' });
    expect(await desk.session.get()).toBeNull();
    await stop();
    const again = await startDesk({ dataDir, centralUrl: central.url });
    expect(await again.desk.session.get()).toBeNull();
  });

  it('signing out ends the session here at once and at central soon', async () => {
    const gateway = await lineToCentral();
    const { desk, signIn, hear } = await startDesk({ dataDir: newFolder(), centralUrl: gateway.url });
    await signIn();
    gateway.cut();
    await desk.session.signOut();
    await hear('session', ({ reason }) => reason === 'signed_out');
    await expect(desk.customers.list({})).rejects.toMatchObject({ code: 'unauthorized', defined: true });
    gateway.mend();
    await signIn();
    await desk.session.signOut();
    await waitUntil(() => gateway.passed.some(({ path }) => path.endsWith('/auth/logout')), 'the sign-out at central');
  });
});

describe('the line to central', () => {
  it('is reported when it is cut and when it is back, and a call meanwhile fails in words', async () => {
    const gateway = await lineToCentral();
    const { desk, signIn, hear, heard } = await startDesk({ dataDir: newFolder(), centralUrl: gateway.url });
    await hear('link', ({ link }) => link.state === 'online');
    await signIn();
    gateway.cut();
    await expect(desk.customers.list({})).rejects.toMatchObject({
      code: 'unavailable',
      data: { reason: 'central_unreachable' },
      defined: true,
    });
    const { link } = await hear('link', (event) => event.link.state === 'offline');
    expect(link).toMatchObject({ error: 'central_unreachable', centralUrl: gateway.url });
    heard.length = 0;
    gateway.mend();
    await hear('link', (event) => event.link.state === 'online');
    expect(await desk.system.link()).toMatchObject({ state: 'online', error: null });
    expect((await desk.customers.list({})).items).toEqual([]);
  });

  it('a stranger’s web page in between is not taken for central', async () => {
    const gateway = await lineToCentral();
    const { desk, signIn, hear } = await startDesk({ dataDir: newFolder(), centralUrl: gateway.url });
    await signIn();
    gateway.answerInstead({ status: 200, body: '<html>Welcome to the hotel</html>' });
    await expect(desk.customers.list({})).rejects.toMatchObject({ code: 'unavailable' });
    gateway.answerInstead({ status: 502, body: '<html>Bad gateway</html>' });
    await expect(desk.customers.list({})).rejects.toMatchObject({
      code: 'unavailable',
      data: { reason: 'central_bad_answer' },
    });
    await hear('link', ({ link }) => link.state === 'offline');
  });

  it('a command whose answer was lost is repeated with the same key, and done once', async () => {
    const gateway = await lineToCentral();
    const { desk, signIn } = await startDesk({ dataDir: newFolder(), centralUrl: gateway.url });
    await signIn();
    const isCreate = ({ method, path }: { method: string; path: string }) =>
      method === 'POST' && path === '/api/v1/customers';
    gateway.loseAnswerTo(isCreate);
    const created = await desk.customers.create({ name: 'Ana O’Brien', type: 'individual' });
    expect((await desk.customers.list({ q: 'Ana O’Brien' })).items.map(({ id }) => id)).toEqual([created.id]);
    const keys = gateway.passed.filter(isCreate).map(({ key }) => key);
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
  });
});
