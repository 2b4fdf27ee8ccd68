import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rawCall, signInTo, startTestCentral, type TestCentral } from '../../parts/central.ts';

let central: TestCentral;
let token: string;
beforeAll(async () => {
  central = await startTestCentral();
  token = (await signInTo(central.url, 'sales@test.comptoir.test')).accessToken;
});
afterAll(() => central.stop());

const customer = (name: string) => ({ name, type: 'individual', allowDuplicate: true });

function create(key: string | undefined, body: object, as = token) {
  const headers = key === undefined ? undefined : { 'idempotency-key': key };
  return rawCall(central.url, 'POST', '/api/v1/customers', { token: as, headers, body });
}

async function countNamed(name: string): Promise<number> {
  const rows = await central.db.selectFrom('customers').select('id').where('name', '=', name).execute();
  return rows.length;
}

describe('Idempotency-Key', () => {
  test('a POST that changes something is refused without one', async () => {
    const { status, body } = await create(undefined, customer('Keyless'));
    expect([status, body.code]).toEqual([400, 'idempotency_key_required']);
    expect(await countNamed('Keyless')).toBe(0);
  });

  test.each(['', ' ', 'with space', 'x'.repeat(201), 'é'])(
    'a key that is no plain word is refused: %j',
    async (key) => {
      const sent = Buffer.from(key, 'utf8').toString('latin1');
      const { status, body } = await create(sent, customer('Odd key'));
      expect([status, body.code]).toEqual([400, 'idempotency_key_required']);
    },
  );

  test('the same key with the same body gives the first answer and changes nothing again', async () => {
    const key = uuid();
    const first = await create(key, customer('Repeated'));
    const again = await create(key, { allowDuplicate: true, type: 'individual', name: 'Repeated' });
    expect(first.status).toBe(201);
    expect(again.status).toBe(201);
    expect(again.body).toEqual(first.body);
    expect(await countNamed('Repeated')).toBe(1);
  });

  test('the same key with another body is refused', async () => {
    const key = uuid();
    await create(key, customer('First body'));
    const { status, body } = await create(key, customer('Second body'));
    expect([status, body.code]).toEqual([409, 'idempotency_key_reused']);
    expect(await countNamed('Second body')).toBe(0);
  });

  test('twenty at once with one key: one effect, twenty equal answers', async () => {
    const key = uuid();
    const answers = await Promise.all(Array.from({ length: 20 }, () => create(key, customer('At once'))));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(await countNamed('At once')).toBe(1);
  });

  test('a failed command keeps nothing, so its key may be tried again', async () => {
    const key = uuid();
    await create(uuid(), { name: 'Twin', type: 'individual', email: 'twin@test.comptoir.test' });
    const twin = { name: 'Other twin', type: 'individual', email: 'twin@test.comptoir.test' };
    expect((await create(key, twin)).body.code).toBe('possible_duplicate');
    const retried = await create(key, { ...twin, allowDuplicate: true });
    expect(retried.status).toBe(201);
  });

  test('keys belong to their actor: a colleague may use the same one', async () => {
    const key = uuid();
    const { accessToken } = await signInTo(central.url, 'admin@test.comptoir.test');
    const mine = await create(key, customer('Mine'));
    const theirs = await create(key, customer('Theirs'), accessToken);
    expect([mine.status, theirs.status]).toEqual([201, 201]);
    expect(theirs.body.id).not.toBe(mine.body.id);
  });

  test('an answer that holds a secret is not readable in the database', async () => {
    const admin = await central.asAdmin();
    const key = uuid();
    const made = await admin.apiKeys.create(
      { name: 'Robot', permissions: ['view_customer'] },
      { context: { idempotencyKey: key } },
    );
    const { response } = await central.db
      .selectFrom('idempotency')
      .select('response')
      .where('key', '=', key)
      .executeTakeFirstOrThrow();
    expect(response).not.toContain(made.key);
    const again = await admin.apiKeys.create(
      { name: 'Robot', permissions: ['view_customer'] },
      { context: { idempotencyKey: key } },
    );
    expect(again.key).toBe(made.key);
  });
});
