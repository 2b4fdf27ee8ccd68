import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { setFault } from '../../../src/server/demo/faults.ts';
import { createJobFeed } from '../../../src/server/provisioning/feed.ts';
import { signInTo, startTestCentral, type TestCentral } from '../../parts/central.ts';
import { waitUntil } from '../../parts/wait.ts';
import { endOfJob, followJob, JOHN_SMITH, orderPlan, type Staff } from './ordering.ts';

let central: TestCentral;
let staff: Staff;
beforeAll(async () => {
  central = await startTestCentral({ demo: 'small' });
  staff = await central.asSales();
});
afterAll(() => central?.stop());

test('the stream begins with the job, tells every change once, in order, and ends with the end', async () => {
  const order = await orderPlan(staff);
  const seen = await followJob(staff, order.provisioningJobId);
  const revisions = seen.map(({ revision }) => revision);
  expect(revisions).toEqual([...new Set(revisions)].sort((a, b) => a - b));
  expect(seen[0]?.tasks).toHaveLength(7);
  expect(seen.at(-1)?.status).toBe('succeeded');
  expect(seen.slice(0, -1).every(({ status }) => status === 'queued' || status === 'running')).toBe(true);
});

test('a job that has ended is told once', async () => {
  const order = await orderPlan(staff);
  const end = await endOfJob(staff, order.provisioningJobId);
  expect(await followJob(staff, order.provisioningJobId)).toEqual([end]);
});

test('each event carries its revision as its id, for whoever reads the stream without a client of ours', async () => {
  const order = await orderPlan(staff);
  const end = await endOfJob(staff, order.provisioningJobId);
  const { accessToken } = await signInTo(central.url, 'sales@demo.comptoir.test');
  const answer = await fetch(`${central.url}/api/v1/provisioning/jobs/${end.id}/events`, {
    headers: { authorization: `Bearer ${accessToken}`, 'last-event-id': '3' },
  });
  expect(answer.headers.get('content-type')).toContain('text/event-stream');
  const text = await answer.text();
  expect(text).toContain(`id: ${end.revision}\n`);
  expect(text).toContain('event: message\n');
});

test('many watchers of one job all see its end', async () => {
  await setFault(central.db, { action: 'ocs.createAccount', times: 1, delaySeconds: 0.5 });
  const order = await orderPlan(staff);
  const ends = await Promise.all(Array.from({ length: 20 }, () => endOfJob(staff, order.provisioningJobId)));
  expect(new Set(ends.map(({ status, revision }) => `${status} ${revision}`)).size).toBe(1);
});

test('when the listening connection breaks, no end is missed', async () => {
  await setFault(central.db, { action: 'ocs.createAccount', times: 1, delaySeconds: 1 });
  const order = await orderPlan(staff);
  const end = endOfJob(staff, order.provisioningJobId);
  const broken = sql<{ n: number }>`
    select count(pg_terminate_backend(pid))::int as n from pg_stat_activity
    where application_name = 'comptoir feed' and datname = current_database()`;
  await waitUntil(async () => (await broken.execute(central.db)).rows[0]?.n === 1, 'the listener to be cut');
  expect((await end).status).toBe('succeeded');
});

test('whoever watches a job is told to look again when the listening connection was broken', async () => {
  const feed = createJobFeed(central.central.deps.connection.url, central.central.deps.log);
  await feed.start();
  try {
    let told = 0;
    const unwatch = feed.watch(2_000_000_000, () => {
      told += 1;
    });
    const cut = sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'comptoir feed' and datname = current_database()`;
    await cut.execute(central.db);
    await waitUntil(() => told > 0, 'the watcher to be told');
    unwatch();
  } finally {
    await feed.stop();
  }
});

test('a job that nobody knows is not found, and a stranger is told nothing', async () => {
  await expect(followJob(staff, 2_000_000_000)).rejects.toMatchObject({ code: 'not_found', data: { what: 'job' } });
  await expect(followJob(central.client(), 1)).rejects.toMatchObject({ code: 'unauthorized' });
});

test('the queue is listed newest first, by store, status, customer and text; what needs a person apart', async () => {
  await setFault(central.db, { action: 'ocs.createAccount', times: 1, error: 'no' });
  const failed = await orderPlan(staff);
  await endOfJob(staff, failed.provisioningJobId);
  const good = await orderPlan(staff);
  await endOfJob(staff, good.provisioningJobId);
  const ids = async (filter: Parameters<Staff['provisioning']['list']>[0]) =>
    (await staff.provisioning.list({ limit: 500, ...filter })).items.map(({ id }) => id);
  const all = await ids({});
  expect(all).toEqual([...all].sort((a, b) => b - a));
  expect(await ids({ attention: true })).toEqual([failed.provisioningJobId]);
  expect(await ids({ status: 'failed' })).toEqual([failed.provisioningJobId]);
  expect(await ids({ q: `#${good.provisioningJobId}` })).toContain(good.provisioningJobId);
  expect(await ids({ q: 'john sm' })).toEqual(all);
  expect(await ids({ q: '100%' })).toEqual([]);
  expect(await ids({ customerId: JOHN_SMITH })).toEqual(all);
  const elsewhere = await central.asNew({ roles: ['sales'], storeId: 2 });
  expect((await elsewhere.provisioning.list({})).items).toEqual([]);
  expect((await elsewhere.provisioning.list({ storeId: 1 })).items.length).toBe(all.length);
  const page = await staff.provisioning.list({ limit: 2 });
  const next = await staff.provisioning.list({ limit: 2, cursor: page.nextCursor ?? '' });
  expect([...page.items, ...next.items].map(({ id }) => id)).toEqual(all.slice(0, 4));
});

test('a task says how long it usually takes once it has run often enough', async () => {
  let last = await orderPlan(staff);
  for (let count = 0; count < 5; count += 1) {
    await endOfJob(staff, last.provisioningJobId);
    last = await orderPlan(staff);
  }
  const job = await endOfJob(staff, last.provisioningJobId);
  const [task] = job.tasks;
  expect(task?.usualMs).toBeGreaterThanOrEqual(0);
  expect(task?.slowMs).toBeGreaterThanOrEqual(task?.usualMs ?? 0);
});

test('secrets never reach the log of a job', async () => {
  const order = await orderPlan(staff);
  await endOfJob(staff, order.provisioningJobId);
  const { items } = await staff.provisioning.logs({ id: order.provisioningJobId, limit: 500 });
  expect(JSON.stringify(items)).not.toMatch(/\b(ki|puk1|pin1)\b/i);
  const ids = items.map(({ id }) => id);
  expect(ids).toEqual([...ids].sort((a, b) => a - b));
});
