import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CentralClient, TestCentral } from '../../parts/central.ts';
import { rawCall, startTestCentral } from '../../parts/central.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let central: TestCentral;
let admin: CentralClient;
let reporter: string;
let line: { id: number; uuid: string; msisdn: string; imsi: string };
beforeAll(async () => {
  central = await startTestCentral({ demo: 'small' });
  admin = await central.asAdmin();
  reporter = (await admin.apiKeys.create({ name: 'Mediation', permissions: ['record_usage'] })).key;
  const service = await central.db
    .selectFrom('services')
    .select(['id', 'uuid'])
    .where('customerId', '=', 456)
    .executeTakeFirstOrThrow();
  const items = await central.db
    .selectFrom('items')
    .select(['msisdn', 'imsi'])
    .where('serviceId', '=', service.id)
    .execute();
  const one = (name: 'msisdn' | 'imsi') => items.map((item) => item[name]).find((value) => value !== null) ?? '';
  line = { ...service, msisdn: one('msisdn'), imsi: one('imsi') };
});
afterAll(() => central.stop());

const ago = (ms: number) => new Date(Date.now() - ms).toISOString();
const ids = Array.from({ length: 5_000 }, (_, n) => `r-${n}`);
const record = (given: Record<string, unknown> = {}) => ({
  ...{ id: ids.pop() ?? '', service: { serviceId: line.id }, type: 'data', quantity: 1_000, at: ago(MINUTE) },
  ...given,
});
const post = (body: unknown, headers: Record<string, string> = {}) =>
  rawCall(central.url, 'POST', '/api/v1/usage', { body, headers: { 'x-api-key': reporter, ...headers } });
const outcomes = async (body: unknown) => {
  const answer = await post(body);
  expect(answer.status).toBe(200);
  return answer.body.results.map(({ outcome, reason }: Record<string, string>) => reason ?? outcome);
};
const usedOf = async (type: string) => {
  const { items } = await admin.services.balances({ id: line.id });
  return items.filter((balance) => balance.type === type).reduce((sum, { used }) => sum + used, 0);
};

describe('reporting usage', () => {
  test('one record without an Idempotency-Key lowers the balance by as much', async () => {
    const before = await usedOf('data');
    expect(await outcomes(record({ quantity: 12_345 }))).toEqual(['accepted']);
    expect(await usedOf('data')).toBe(before + 12_345);
  });

  test('the service is found by its id, its number with and without plus, and its SIM card', async () => {
    const before = await usedOf('data');
    const services = [
      { serviceId: line.id },
      { msisdn: line.msisdn },
      { msisdn: line.msisdn.slice(1) },
      { imsi: line.imsi },
    ];
    expect(await outcomes({ records: services.map((service) => record({ service })) })).toEqual(
      services.map(() => 'accepted'),
    );
    expect(await usedOf('data')).toBe(before + 4_000);
  });

  test('a record sent again is a duplicate and counts once, alone, in a batch and twice in one batch', async () => {
    const before = await usedOf('data');
    const sent = record();
    expect(await outcomes({ records: [sent, sent] })).toEqual(['accepted', 'duplicate']);
    expect(await outcomes(sent)).toEqual(['duplicate']);
    expect(await outcomes({ records: [{ ...sent, service: { msisdn: line.msisdn } }] })).toEqual(['duplicate']);
    expect(await usedOf('data')).toBe(before + 1_000);
  });

  test('an id that stands for another content is a conflict, and the first content stays', async () => {
    const before = await usedOf('data');
    const sent = record();
    expect(await outcomes({ records: [sent, { ...sent, quantity: 5 }] })).toEqual(['accepted', 'conflict']);
    for (const other of [{ quantity: 999 }, { type: 'voice' }, { at: ago(2 * MINUTE) }, { destination: 'premium' }]) {
      expect(await outcomes({ ...sent, ...other })).toEqual(['conflict']);
    }
    expect(await usedOf('data')).toBe(before + 1_000);
  });

  test('a bad record in a batch is answered in its place and sinks none of the others', async () => {
    const before = await usedOf('data');
    const bad: [unknown, string][] = [
      [record({ quantity: -1 }), 'bad_quantity'],
      [record({ quantity: 1.5 }), 'bad_quantity'],
      [record({ quantity: '7' }), 'bad_quantity'],
      [record({ quantity: 1e15 }), 'bad_quantity'],
      [record({ service: { serviceId: 2_000_000 } }), 'unknown_service'],
      [record({ service: { msisdn: '+447999999999' } }), 'unknown_service'],
      [record({ service: { serviceId: line.id, msisdn: line.msisdn } }), 'invalid'],
      [record({ service: '1' }), 'invalid'],
      [record({ at: ago(-6 * MINUTE) }), 'in_future'],
      [record({ at: ago(91 * DAY) }), 'too_old'],
      [record({ at: 'yesterday' }), 'invalid'],
      [record({ type: 'smoke' }), 'invalid'],
      [record({ id: 'two words' }), 'invalid'],
      [record({ id: '' }), 'invalid'],
      [record({ more: 1 }), 'invalid'],
      [{}, 'invalid'],
      [null, 'invalid'],
      [[], 'invalid'],
      ['a text', 'invalid'],
    ];
    const records = bad.flatMap(([each]) => [each, record({ quantity: 1 })]);
    expect(await outcomes({ records })).toEqual(bad.flatMap(([, reason]) => [reason, 'accepted']));
    expect(await usedOf('data')).toBe(before + bad.length);
  });

  test('what a clock of 5 minutes ahead says is taken', async () => {
    expect(await outcomes(record({ at: ago(-4 * MINUTE) }))).toEqual(['accepted']);
  });

  test('a service without a charging account has no usage', async () => {
    const { id, uuid } = await central.db
      .selectFrom('services')
      .select(['id', 'uuid'])
      .where('customerId', '=', 789)
      .executeTakeFirstOrThrow();
    await central.db.deleteFrom('chargingAccounts').where('serviceUuid', '=', uuid).execute();
    expect(await outcomes(record({ service: { serviceId: id } }))).toEqual(['no_account']);
  });

  test('a record that was taken is a duplicate also when it has become too old', async () => {
    const sent = record({ at: ago(89 * DAY) });
    expect(await outcomes(sent)).toEqual(['accepted']);
    await central.db
      .updateTable('usageRecords')
      .set({ at: new Date(Date.now() - 95 * DAY) })
      .where('id', '=', sent.id)
      .execute();
    const { at } = await central.db
      .selectFrom('usageRecords')
      .select('at')
      .where('id', '=', sent.id)
      .executeTakeFirstOrThrow();
    expect(await outcomes({ ...sent, at: at.toISOString() })).toEqual(['duplicate']);
  });

  test.each([
    ['none', []],
    ['1,001', Array.from({ length: 1_001 }, () => ({}))],
    ['no list', 'all of them'],
  ])('a batch of %s is refused as a whole', async (_, records) => {
    expect(await post({ records })).toMatchObject({ status: 422, body: { code: 'invalid_input' } });
  });

  test('a batch of 1,000 is taken', async () => {
    const before = await usedOf('data');
    const answers = await outcomes({ records: Array.from({ length: 1_000 }, () => record({ quantity: 3 })) });
    expect(new Set(answers)).toEqual(new Set(['accepted']));
    expect(await usedOf('data')).toBe(before + 3_000);
  });

  test('an Idempotency-Key is kept like everywhere: the same answer again, another body is refused', async () => {
    const headers = { 'idempotency-key': 'usage-1' };
    const sent = record();
    const first = await post(sent, headers);
    expect(first.body.results[0].outcome).toBe('accepted');
    expect((await post(sent, headers)).body).toEqual(first.body);
    expect(await post(record(), headers)).toMatchObject({ status: 409, body: { code: 'idempotency_key_reused' } });
  });

  test('needs record_usage, which sales does not have', async () => {
    const sales = await central.asSales();
    await expect(sales.usage.record(record() as never)).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('a service’s usage', () => {
  test('is told by type, destination and day, with what no bucket covered', async () => {
    const before = await admin.usage.ofService({ id: line.id });
    const calls = [
      record({ type: 'sms', quantity: 2, destination: 'international' }),
      record({ type: 'sms', quantity: 1 }),
    ];
    expect(await outcomes({ records: calls })).toEqual(['accepted', 'accepted']);
    const { types, period } = await admin.usage.ofService({ id: line.id });
    const [sms, smsBefore] = [types, before.types].map((all) => all.find(({ type }) => type === 'sms'));
    expect(sms?.usedThisPeriod).toBe((smsBefore?.usedThisPeriod ?? 0) + 3);
    expect(sms?.unit).toBe('message');
    const abroad = (of: typeof sms) =>
      of?.byDestination.find(({ destination }) => destination === 'international')?.quantity ?? 0;
    expect(abroad(sms)).toBe(abroad(smsBefore) + 2);
    expect(sms?.days).toHaveLength(30);
    const dayOf = (ms: number) => ago(ms).slice(0, 10);
    expect(sms?.days.map(({ day }) => day)).toEqual(Array.from({ length: 30 }, (_, n) => dayOf((29 - n) * DAY)));
    expect(new Date(period.startsAt).getTime()).toBeLessThan(Date.now());
    expect(new Date(period.endsAt ?? 0).getTime()).toBeGreaterThan(Date.now());
  });

  test('is listed record by record, newest first, page by page, with numbers partly hidden', async () => {
    const sent = Array.from({ length: 5 }, (_, n) =>
      record({ type: 'monetary', quantity: n, at: ago(n * MINUTE), peer: '+447700900123' }),
    );
    await outcomes({ records: sent });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await admin.usage.recordsOfService({ id: line.id, type: 'monetary', limit: 2, cursor });
      seen.push(...page.items.map(({ id }) => id));
      for (const { peer } of page.items) expect(peer).toBe('+4477••••••23');
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual(sent.map(({ id }) => id));
  });

  test('of a service that is not there is not found, and a foreign cursor is refused', async () => {
    await expect(admin.usage.ofService({ id: 2_000_000 })).rejects.toMatchObject({ code: 'not_found' });
    await expect(admin.usage.recordsOfService({ id: 2_000_000 })).rejects.toMatchObject({ code: 'not_found' });
    const cursor = Buffer.from(JSON.stringify({ at: {}, id: null })).toString('base64url');
    for (const foreign of [cursor, '!'])
      await expect(admin.usage.recordsOfService({ id: line.id, cursor: foreign })).rejects.toMatchObject({
        code: 'invalid_input',
      });
  });
});
