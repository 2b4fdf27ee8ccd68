import { afterEach, beforeEach, expect, test } from 'vitest';
import { addPeriod } from '#core/domain/period.ts';
import { systemActor } from '../../../src/server/context.ts';
import { connect } from '../../../src/server/database/connection.ts';
import { inTransaction } from '../../../src/server/http/transaction.ts';
import { settleService } from '../../../src/server/services/renew.ts';
import { settleDue } from '../../../src/server/services/renewals.ts';
import { spawnCentral, startTestCentral, type TestCentral } from '../../parts/central.ts';
import { createTestDatabase, type TestDatabase } from '../../parts/database.ts';
import { waitUntil } from '../../parts/wait.ts';

const DAY = 86_400;

let database: TestDatabase;
const centrals: TestCentral[] = [];
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await Promise.all(centrals.splice(0).map((central) => central.stop()));
  await database.drop();
});

const start = async (demoCustomers = 200) => {
  const central = await startTestCentral({ demo: 'small', databaseUrl: database.url, demoCustomers });
  centrals.push(central);
  return central;
};

const servicesOf = (central: TestCentral) => central.db.selectFrom('services').selectAll().orderBy('id').execute();

/** Renewals and expiries that were written down, by service. */
const auditOf = async (central: TestCentral) => {
  const entries = await central.db
    .selectFrom('auditEntries')
    .select(['action', 'subjectId', 'detail'])
    .where('action', 'in', ['service.renewed', 'service.expired'])
    .orderBy('id')
    .execute();
  return Map.groupBy(entries, ({ subjectId }) => Number(subjectId));
};

const envOf = ({ config }: TestCentral) => ({
  ...{ DATABASE_URL: database.url, COMPTOIR_DATA_DIR: config.dataDir, COMPTOIR_DEMO: '1' },
});

const allSettled = (central: TestCentral, before: Awaited<ReturnType<typeof servicesOf>>) =>
  waitUntil(async () => {
    const audit = await auditOf(central);
    return before.every(({ id, status, autoRenew }) => audit.has(id) || (status === 'suspended' && autoRenew));
  }, 'all services settled');

/** Every service is past `before`, and each has been settled exactly as often as its time says. */
async function expectSettledOnce(central: TestCentral, before: Awaited<ReturnType<typeof servicesOf>>) {
  const audit = await auditOf(central);
  for (const service of await servicesOf(central)) {
    const old = before.find(({ id }) => id === service.id);
    const entries = audit.get(service.id) ?? [];
    if (old?.status === 'suspended' && old.autoRenew) {
      expect([service.status, entries]).toEqual(['suspended', []]);
      continue;
    }
    expect(entries.map(({ action }) => action)).toEqual([old?.autoRenew ? 'service.renewed' : 'service.expired']);
    expect(service.status).toBe(old?.autoRenew ? 'active' : 'expired');
    const plans = await central.db
      .selectFrom('chargingPeriods')
      .innerJoin('chargingBuckets', 'chargingBuckets.periodId', 'chargingPeriods.id')
      .select(['chargingPeriods.startsAt', 'chargingBuckets.name'])
      .where('chargingPeriods.serviceUuid', '=', service.uuid)
      .where('chargingPeriods.startsAt', '>=', old?.expiresAt ?? new Date())
      .execute();
    const names = plans.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length > 0).toBe(old?.autoRenew);
  }
}

test('at the end of its period a service that renews gets the next one with full balances; another has expired', async () => {
  const central = await start();
  const before = await servicesOf(central);
  const renewing = before.find(({ status, autoRenew }) => status === 'active' && autoRenew);
  await central.advance(31 * DAY);
  await waitUntil(async () => {
    const due = (await servicesOf(central)).filter(({ status }) => status === 'active');
    const now = central.central.deps.clock.now();
    return due.every(({ expiresAt }) => expiresAt !== null && expiresAt > now);
  }, 'all services settled');
  await expectSettledOnce(central, before);
  const admin = await central.asAdmin();
  const service = await admin.services.get({ id: renewing?.id ?? 0 });
  const end = addPeriod(renewing?.expiresAt ?? new Date(), 'month').getTime();
  expect(Math.abs(new Date(service.expiresAt ?? 0).getTime() - end)).toBeLessThan(4 * DAY * 1000);
  const plan = service.balances.filter(({ name }) => name.startsWith('Plan'));
  expect(plan.length).toBeGreaterThan(0);
  for (const { used, expiresAt } of plan) expect([used, expiresAt]).toEqual([0, service.expiresAt]);
  const usage = await admin.usage.ofService({ id: service.id });
  expect(usage.period.endsAt).toBe(service.expiresAt);
  expect(new Date(usage.period.startsAt)).toEqual(renewing?.expiresAt);
});

test('a service that missed several periods catches up with each of them, and keeps the day it began on', async () => {
  const central = await start();
  const service = (await servicesOf(central)).find(({ status, autoRenew }) => status === 'active' && autoRenew);
  const id = service?.id ?? 0;
  const activatedAt = new Date('2026-01-31T10:00:00.000Z');
  const expiresAt = new Date('2026-12-31T10:00:00.000Z');
  await central.db.updateTable('services').set({ activatedAt, expiresAt }).where('id', '=', id).execute();
  await central.db
    .updateTable('services')
    .set({ expiresAt: new Date('2099-01-01') })
    .where('id', '<>', id)
    .execute();
  await central.advance((new Date('2027-04-15T00:00:00.000Z').getTime() - Date.now()) / 1000);
  await waitUntil(async () => ((await auditOf(central)).get(id) ?? []).length >= 4, 'four renewals');
  const until = ((await auditOf(central)).get(id) ?? []).map(({ detail }) => String(detail.until).slice(0, 10));
  expect(until).toEqual(['2027-01-31', '2027-02-28', '2027-03-31', '2027-04-30']);
});

test('two centrals, and one that looks for work several times at once, renew each service once', async () => {
  const central = await start(400);
  const before = await servicesOf(central);
  const other = await spawnCentral(envOf(central));
  try {
    await central.advance(31 * DAY);
    await Promise.all([1, 2, 3, 4].map(() => settleDue(central.central.deps)));
    await allSettled(central, before);
    // Whatever the other is at, it has looked by then.
    await waitUntil(async () => (await fetch(`${other.url}/health/ready`)).ok, 'the other central');
    await expectSettledOnce(central, before);
  } finally {
    await other.stop();
  }
});

test('work that breaks off after the roll-over has changed nothing, and is done once afterwards', async () => {
  const central = await start();
  const before = await servicesOf(central);
  const { background, clock } = central.central.deps;
  const id = before.find(({ status, autoRenew }) => status === 'active' && autoRenew)?.id ?? 0;
  const later = { ...background(), clock: { now: () => new Date(clock.now().getTime() + 31 * DAY * 1000) } };
  const broken = inTransaction(later, systemActor, async (context) => {
    expect(await settleService(context, id)).toBe('renewed');
    throw new Error('the power is gone');
  });
  await expect(broken).rejects.toThrow('the power is gone');
  expect(await servicesOf(central)).toEqual(before);
  await central.advance(31 * DAY);
  await allSettled(central, before);
  await expectSettledOnce(central, before);
});

test('a central that is killed while it renews leaves nothing half done: the next one goes on', async () => {
  const first = await start(1_200);
  const before = await servicesOf(first);
  const env = envOf(first);
  await first.stop({ keep: true });
  centrals.length = 0;
  await advanceUnseen(31);
  await (await spawnCentral(env)).kill();
  const second = await start(1_200);
  await settleDue(second.central.deps);
  await allSettled(second, before);
  await expectSettledOnce(second, before);
});

/** Moves the demo's clock while no central runs. */
async function advanceUnseen(days: number): Promise<void> {
  const { db, close } = connect(database.url, 1);
  const value = JSON.stringify(days * DAY * 1000);
  try {
    await db
      .insertInto('settings')
      .values({ key: 'clock_offset_ms', value })
      .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
      .execute();
  } finally {
    await close();
  }
}

test('one whose renewal fails is told in the log and keeps no other from its own', async () => {
  const central = await start();
  const before = await servicesOf(central);
  const broken = before.find(({ status, autoRenew }) => status === 'active' && autoRenew);
  // A period that begins later than the renewal can't be rolled over.
  await central.db
    .updateTable('chargingPeriods')
    .set({ startsAt: new Date('2098-01-01'), endsAt: null })
    .where('serviceUuid', '=', broken?.uuid ?? '')
    .where('endsAt', '=', broken?.expiresAt ?? null)
    .execute();
  await central.advance(31 * DAY);
  await settleDue(central.central.deps);
  await allSettled(
    central,
    before.filter(({ id }) => id !== broken?.id),
  );
  const services = await servicesOf(central);
  expect(services.find(({ id }) => id === broken?.id)).toMatchObject({ expiresAt: broken?.expiresAt });
});
