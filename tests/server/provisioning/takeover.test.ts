import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Connection, connect } from '../../../src/server/database/connection.ts';
import { readProvisioningSettings } from '../../../src/server/provisioning/settings.ts';
import { type SpawnedCentral, signInTo, spawnCentral } from '../../parts/central.ts';
import { waitUntil } from '../../parts/wait.ts';
import { draftOrder, endOfJob, type Staff } from './ordering.ts';
import { type Prepared, prepareDemo } from './prepared.ts';
import { overlaps, type RecordingServer, recordingServer } from './recording-server.ts';

let prepared: Prepared;
let connection: Connection;
let far: RecordingServer;
let env: Record<string, string>;
const centrals: SpawnedCentral[] = [];

beforeAll(async () => {
  prepared = await prepareDemo();
  connection = connect(prepared.databaseUrl, 4);
  far = await recordingServer();
  const playbooks = path.join(prepared.dataDir, 'playbooks');
  await mkdir(playbooks);
  await writeFile(path.join(playbooks, 'mobile-plan.yaml'), farPlaybook(far.host));
  env = {
    ...prepared.env,
    COMPTOIR_PLAYBOOKS: playbooks,
    COMPTOIR_HTTP_HOSTS: far.host,
    COMPTOIR_HEARTBEAT_MS: '200',
    COMPTOIR_SILENCE_MS: '1500',
    COMPTOIR_JOBS: '3',
  };
});
afterEach(async () => {
  for (const central of centrals.splice(0)) await central.kill();
});
afterAll(async () => {
  await far?.close();
  await connection?.close();
  await prepared?.drop();
});

/** The plan's playbook with tasks that all go to the far side, where their times are kept. */
function farPlaybook(host: string): string {
  const tasks = [1, 2, 3, 4].map(
    (number) => `  - key: task_${number}
    name: Task ${number}
    uses: http.request
    with:
      url: http://${host}/task/${number}
      body: { service: "{{ service.id }}", sim: "{{ inventory.sim_card.iccid }}", vars: "{{ vars.data_gigabytes }}" }
`,
  );
  return `vars: { data_gigabytes: 1, voice_minutes: 0 }\ntasks:\n${tasks.join('')}`;
}

async function start(): Promise<{ central: SpawnedCentral; staff: Staff }> {
  const central = await spawnCentral(env);
  centrals.push(central);
  return { central, staff: (await signInTo(central.url, 'sales@demo.comptoir.test')).client };
}

async function orderSome(staff: Staff, count: number): Promise<number[]> {
  const drafts = [];
  for (let index = 0; index < count; index += 1) drafts.push(await draftOrder(staff, 'mobile-20gb'));
  const orders = await Promise.all(drafts.map((draft) => staff.orders.create(draft)));
  return orders.map(({ provisioningJobId }) => provisioningJobId);
}

/** Executors that began a run of one of these jobs. */
async function workersOf(jobs: readonly number[]): Promise<Set<unknown>> {
  const rows = await connection.db
    .selectFrom('jobLogs')
    .select('detail')
    .where('jobId', 'in', [...jobs])
    .where('message', 'like', 'run % begins')
    .execute();
  return new Set(rows.map(({ detail }) => detail.executorId));
}

test('the jobs of a central that never comes back go to another within a minute, by the default settings', () => {
  const { heartbeatMs, silenceMs, queuePollMs } = readProvisioningSettings({});
  // Silence since the last beat, the other's next look, its way through the queue.
  expect(silenceMs + heartbeatMs + queuePollMs).toBeLessThanOrEqual(30_000);
});

test('two centrals share the jobs; when one is killed the other finishes them, and no task ran twice at once', async () => {
  const { central: first, staff } = await start();
  const { staff: other } = await start();
  const jobs = await orderSome(staff, 8);
  await waitUntil(async () => (await workersOf(jobs)).size === 2, 'both centrals to work');
  await waitUntil(() => far.open().length > 2, 'tasks in the middle');
  await first.kill();
  for (const id of jobs) {
    const job = await endOfJob(other, id);
    expect([id, job.status]).toEqual([id, 'succeeded']);
  }
  expect(overlaps(far.seen)).toEqual([]);
  const done = new Map<string, number>();
  for (const { key } of far.seen) done.set(key, (done.get(key) ?? 0) + 1);
  expect(done.size).toBe(jobs.length * 4);
});

test('a central that is frozen loses its jobs, and what it says when it wakes is not heard', async () => {
  const { central: first, staff } = await start();
  const [id = 0] = await orderSome(staff, 1);
  const before = far.seen.length;
  await waitUntil(() => far.seen.length > before, 'the first task to be asked for');
  first.child.kill('SIGSTOP');
  try {
    const { staff: other } = await start();
    const job = await endOfJob(other, id);
    expect(job.status).toBe('succeeded');
    const settled = job.revision;
    first.child.kill('SIGCONT');
    await waitUntil(
      () => /lease was lost|lets its jobs go|counted out/.test(first.output()),
      'the frozen one to notice',
    );
    // Awake again, it takes orders as before.
    const [next = 0] = await orderSome(staff, 1);
    expect((await endOfJob(other, next)).status).toBe('succeeded');
    const now = await other.provisioning.get({ id });
    expect([now.status, now.revision]).toEqual(['succeeded', settled]);
    expect((await workersOf([id])).size).toBe(2);
  } finally {
    first.child.kill('SIGCONT');
  }
});
