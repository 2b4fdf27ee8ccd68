import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEmbedded } from '../../../src/server/database/embedded.ts';
import { setFault } from '../../../src/server/demo/faults.ts';
import { startTestCentral, type TestCentral } from '../../parts/central.ts';
import { waitUntil } from '../../parts/wait.ts';
import { draftOrder, endOfJob, orderPlan, type Staff, statuses, traces } from './ordering.ts';

// A PostgreSQL of its own, that can be stopped without harm to other tests.
const settings = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];
let folder: string;
let postgres: Awaited<ReturnType<typeof startEmbedded>>;
let central: TestCentral;
let staff: Staff;
/** What central logged. */
const said: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'comptoir-gone-'));
  await chmod(folder, 0o755);
  postgres = await startPostgres();
  process.env.COMPTOIR_HEARTBEAT_MS = '300';
  process.env.COMPTOIR_SILENCE_MS = '3000';
  const log = pino({ level: 'warn' }, { write: (line) => void said.push(line) });
  const dataDir = path.join(folder, 'central');
  central = await startTestCentral({ demo: 'small', databaseUrl: postgres.url, dataDir, log });
  staff = await central.asSales();
});
afterAll(async () => {
  delete process.env.COMPTOIR_HEARTBEAT_MS;
  delete process.env.COMPTOIR_SILENCE_MS;
  await central?.stop();
  await postgres?.stop();
  await rm(folder, { recursive: true, force: true });
});

const startPostgres = () => startEmbedded({ dir: path.join(folder, 'postgres'), settings });

async function orderThatHangs(seconds: number) {
  await setFault(central.db, { action: 'ocs.createAccount', times: 1, delaySeconds: seconds });
  const order = await orderPlan(staff);
  const id = order.provisioningJobId;
  await waitUntil(
    async () => statuses(await staff.provisioning.get({ id })).configure_ocs_account === 'running',
    'the charging task to run',
  );
  return order;
}

const executors = async () => (await central.db.selectFrom('executors').select('id').execute()).map(({ id }) => id);

async function finished(id: number) {
  const answer = async () => (await staff.provisioning.get({ id }).catch(() => null))?.status === 'succeeded';
  await waitUntil(answer, 'the job to end', 60_000);
  return staff.provisioning.get({ id });
}

test('PostgreSQL gone for a moment in the middle of a task: the job goes on when it is back', async () => {
  const order = await orderThatHangs(1);
  await postgres.stop();
  postgres = await startPostgres();
  const job = await finished(order.provisioningJobId);
  expect(job.tasks.map(({ status }) => status)).toEqual(Array(7).fill('succeeded'));
  const { accounts, buckets, items } = await traces(central, order);
  expect([accounts.length, buckets.length, items.length]).toEqual([1, 2, 2]);
});

test('PostgreSQL gone for longer than a lease lasts: the work is let go, and taken up again under a new name', async () => {
  const order = await orderThatHangs(60);
  const before = await executors();
  await postgres.stop();
  // The far side's action is given up with the lease, long before its own end.
  await waitUntil(() => said.some((line) => line.includes('lets its jobs go')), 'the lease to be over');
  postgres = await startPostgres();
  const job = await finished(order.provisioningJobId);
  expect(job.tasks.map(({ status }) => status)).toEqual(Array(7).fill('succeeded'));
  expect(await executors()).not.toEqual(before);
  const { accounts, buckets, items } = await traces(central, order);
  expect([accounts.length, buckets.length, items.length]).toEqual([1, 2, 2]);
  const { items: logs } = await staff.provisioning.logs({ id: job.id, limit: 500 });
  expect(logs.filter(({ message }) => message.includes('goes on at another'))).toHaveLength(1);
});

test('an event stream that was open while PostgreSQL was away still tells the end', async () => {
  const order = await orderThatHangs(2);
  const told = endOfJob(staff, order.provisioningJobId).then(
    (job) => job.status,
    (error: { code?: string }) => error.code,
  );
  await postgres.stop();
  postgres = await startPostgres();
  const outcome = await told;
  // Either it held out, or it broke off and the desk asks again: it never ends in silence.
  expect(['succeeded', 'unavailable']).toContain(outcome);
  expect((await finished(order.provisioningJobId)).status).toBe('succeeded');
});

const OUTAGE_MS = 30_000;

test('PostgreSQL gone for 30 seconds with jobs under way: each ends once, and what was asked meanwhile is asked again', async () => {
  const hanging = await orderThatHangs(5);
  const others = [await orderPlan(staff), await orderPlan(staff), await orderPlan(staff)];
  const draft = await draftOrder(staff, 'mobile-20gb');
  const ordered = () => staff.orders.create(draft, { context: { idempotencyKey: draft.draftId } });

  await postgres.stop();
  const over = pause(OUTAGE_MS);
  // Whoever asks is told at once, from the first moment of the outage to the last.
  const told: unknown[] = [];
  const asking = (async () => {
    for (let isOver = false; !isOver; ) {
      told.push(await ordered().catch(({ code }) => code));
      isOver = await Promise.race([over.then(() => true), pause(1_000).then(() => false)]);
    }
  })();
  await asking;
  expect(told.length).toBeGreaterThan(3);
  expect([...new Set(told)]).toEqual(['unavailable']);

  postgres = await startPostgres();
  const late = await waitUntil(() => ordered().catch(() => null), 'the order asked for meanwhile', 60_000);
  for (const order of [hanging, ...others, late]) {
    const job = await finished(order.provisioningJobId);
    expect(job.tasks.map(({ status }) => status)).toEqual(Array(7).fill('succeeded'));
    const { accounts, buckets, items } = await traces(central, order);
    expect([accounts.length, buckets.length, items.length]).toEqual([1, 2, 2]);
  }
  const ofDraft = await staff.orders.list({ draftId: draft.draftId, limit: 10 });
  expect(ofDraft.items.map(({ id }) => id)).toEqual([late.id]);
});
