import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PASSWORD, rawCall, signInTo, startTestCentral, type TestCentral } from '../../parts/central.ts';

let central: TestCentral;
beforeAll(async () => {
  central = await startTestCentral();
});
afterAll(() => central.stop());

describe('members of staff', () => {
  test('taking a right away acts at the next request of a session that is open', async () => {
    const admin = await central.asAdmin();
    const { id } = await admin.users.create({
      name: 'Lea',
      email: 'lea@test.comptoir.test',
      password: PASSWORD,
      roles: ['sales'],
    });
    const { client, accessToken } = await signInTo(central.url, 'lea@test.comptoir.test');
    await client.customers.list({});
    await admin.users.change({ id, roles: ['finance'] });
    expect((await client.me()).roles).toEqual(['finance']);
    await expect(client.customers.create({ name: 'X', type: 'individual' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await admin.users.change({ id, enabled: false });
    expect((await rawCall(central.url, 'GET', '/api/v1/me', { token: accessToken })).status).toBe(401);
  });

  test('two cannot share an address, however it is written', async () => {
    const admin = await central.asAdmin();
    const again = { name: 'Sam 2', email: 'SALES@test.comptoir.test', password: PASSWORD, roles: ['sales' as const] };
    await expect(admin.users.create(again)).rejects.toMatchObject({ code: 'email_taken', status: 409 });
  });

  test.each(['Short1!', 'alllower1!', 'ALLUPPER1!', 'NoDigits!!', 'NoSign1234'])(
    '%s breaks a password rule (AU-3)',
    async (password) => {
      const admin = await central.asAdmin();
      const user = { name: 'Weak', email: 'weak@test.comptoir.test', password, roles: ['sales' as const] };
      await expect(admin.users.create(user)).rejects.toMatchObject({
        code: 'invalid_input',
        data: { issues: expect.arrayContaining([expect.objectContaining({ path: 'password' })]) },
      });
    },
  );

  test('the last administrator can neither be disabled nor lose the role', async () => {
    const admin = await central.asAdmin();
    const { id } = await admin.me();
    await expect(admin.users.change({ id, enabled: false })).rejects.toMatchObject({ code: 'last_admin' });
    await expect(admin.users.change({ id, roles: ['sales'] })).rejects.toMatchObject({ code: 'last_admin' });
  });

  test('an unknown store and an unknown user are not found', async () => {
    const admin = await central.asAdmin();
    await expect(admin.users.change({ id: 2, storeId: 999 })).rejects.toMatchObject({ code: 'not_found' });
    await expect(admin.users.change({ id: 999, name: 'Nobody' })).rejects.toMatchObject({ code: 'not_found' });
  });

  test('the list pages through everyone once', async () => {
    const admin = await central.asAdmin();
    const seen: number[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await admin.users.list({ limit: 2, cursor });
      seen.push(...page.items.map(({ id }) => id));
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
    const { count } = await central.db
      .selectFrom('users')
      .select((select) => select.fn.countAll<string>().as('count'))
      .executeTakeFirstOrThrow();
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toHaveLength(Number(count));
  });
});

describe('API keys', () => {
  test('a key works for its permissions and nothing else', async () => {
    const admin = await central.asAdmin();
    const { key, hint } = await admin.apiKeys.create({ name: 'Web shop', permissions: ['view_customer'] });
    expect(hint).toBe(`…${key.slice(-4)}`);
    const program = central.client({ apiKey: key });
    expect((await program.customers.list({})).items).toEqual([]);
    await expect(program.customers.create({ name: 'X', type: 'individual' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(program.me()).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('it is shown once, stored as a hash, and its use is noted', async () => {
    const admin = await central.asAdmin();
    const { key, id } = await admin.apiKeys.create({ name: 'Seen once', permissions: ['view_customer'] });
    expect(JSON.stringify(await central.db.selectFrom('apiKeys').selectAll().execute())).not.toContain(key);
    await central.client({ apiKey: key }).customers.list({});
    const { items } = await admin.apiKeys.list({});
    const listed = items.find((each) => each.id === id);
    expect(listed).toMatchObject({ status: 'active', lastUsedAt: expect.any(String) });
    expect(listed).not.toHaveProperty('key');
  });

  test('an expired and a revoked one are refused at once', async () => {
    const admin = await central.asAdmin();
    const expiresAt = new Date(central.central.deps.clock.now().getTime() + 60_000).toISOString();
    const brief = await admin.apiKeys.create({ name: 'Brief', permissions: ['view_customer'], expiresAt });
    const revoked = await admin.apiKeys.create({ name: 'Revoked', permissions: ['view_customer'] });
    await admin.apiKeys.revoke({ id: revoked.id });
    await admin.apiKeys.revoke({ id: revoked.id });
    await expect(central.client({ apiKey: revoked.key }).customers.list({})).rejects.toMatchObject({
      code: 'unauthorized',
    });
    await central.client({ apiKey: brief.key }).customers.list({});
    await central.advance(61);
    await expect(central.client({ apiKey: brief.key }).customers.list({})).rejects.toMatchObject({
      code: 'unauthorized',
    });
    const { items } = await (await central.asAdmin()).apiKeys.list({});
    const statusOf = (id: number) => items.find((each) => each.id === id)?.status;
    expect([statusOf(brief.id), statusOf(revoked.id)]).toEqual(['expired', 'revoked']);
  });

  test('an unknown key is a stranger’s, and nobody gives a key rights they lack', async () => {
    await expect(central.client({ apiKey: 'cak_unknown' }).customers.list({})).rejects.toMatchObject({
      code: 'unauthorized',
    });
    const admin = await central.asAdmin();
    const { key } = await admin.apiKeys.create({ name: 'Key maker', permissions: ['manage_api_keys'] });
    const maker = central.client({ apiKey: key });
    await expect(maker.apiKeys.create({ name: 'More', permissions: ['refund'] })).rejects.toMatchObject({
      code: 'forbidden',
      data: { permission: 'refund' },
    });
  });
});
