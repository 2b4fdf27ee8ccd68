import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startTestCentral, type TestCentral } from '../../parts/central.ts';
import { waitUntil } from '../../parts/wait.ts';
import { endOfJob, orderPlan, type Staff, statuses, traces } from './ordering.ts';
import { type RecordingServer, recordingServer, type Seen } from './recording-server.ts';

let central: TestCentral;
let staff: Staff;
let far: RecordingServer;
let folder: string;
/** What the far side does with the next requests; then it answers properly. */
const acts: ((request: Seen, response: ServerResponse) => void)[] = [];

const json = (response: ServerResponse, status: number, body: unknown) =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

beforeAll(async () => {
  far = await recordingServer((request, response) => {
    const act = acts.shift();
    if (act) act(request, response);
    else json(response, 200, { line: { id: 41 }, echo: request.body });
  });
  folder = await mkdtemp(path.join(os.tmpdir(), 'operator-'));
  await mkdir(path.join(folder, 'playbooks'));
  await writeFile(
    path.join(folder, 'playbooks', 'mobile-plan.yaml'),
    `description: The operator's own
vars: { data_gigabytes: 1, voice_minutes: 0 }
tasks:
  - key: order_line
    name: Order the line
    uses: http.request
    timeout: 1500ms
    retries: 2
    with:
      url: http://${far.host}/lines
      headers: { x-operator: "{{ customer.id }}" }
      body:
        gigabytes: "{{ vars.data_gigabytes }}"
        sim: "{{ inventory.sim_card.iccid }}"
        text: "{{ vars.data_gigabytes }} GB for {{ customer.name }}"
    rescue:
      - uses: http.request
        with:
          method: DELETE
          url: http://${far.host}/lines/{{ service.id }}
  - key: name_line
    name: Name the line
    uses: http.request
    when: tasks.order_line.json.line.id > 40
    with:
      method: PUT
      url: http://${far.host}/lines/{{ tasks.order_line.json.line.id }}
      body: { name: "{{ service.name }}" }
  - key: never
    name: Never
    uses: http.request
    when: tasks.order_line.json.line.id > 1000
    with: { url: "http://${far.host}/never" }
`,
  );
  process.env.COMPTOIR_HTTP_HOSTS = far.host;
  central = await startTestCentral({ demo: 'small', env: { COMPTOIR_PLAYBOOKS: path.join(folder, 'playbooks') } });
  staff = await central.asSales();
});
afterEach(() => {
  acts.length = 0;
});
afterAll(async () => {
  delete process.env.COMPTOIR_HTTP_HOSTS;
  await central?.stop();
  await far?.close();
  await rm(folder, { recursive: true, force: true });
});

const requestsOf = (jobId: number) => far.seen.filter(({ key }) => key.startsWith(`job-${jobId}-`));

test('values keep their types, answers feed later tasks, and what does not apply is left out', async () => {
  const order = await orderPlan(staff);
  const job = await endOfJob(staff, order.provisioningJobId);
  expect(statuses(job)).toEqual({ order_line: 'succeeded', name_line: 'succeeded', never: 'skipped' });
  const [first, second] = requestsOf(job.id);
  expect(first).toMatchObject({
    path: '/lines',
    key: `job-${job.id}-task-0`,
    body: { gigabytes: 20, text: '20 GB for John Smith' },
  });
  expect(second).toMatchObject({ path: '/lines/41', key: `job-${job.id}-task-1` });
  // A plan whose playbook makes no record of its own is in use once its tasks are done.
  expect((await traces(central, order)).service.status).toBe('active');
});

test('a far side that breaks the connection is asked again with the same key', async () => {
  acts.push((_, response) => response.destroy());
  const order = await orderPlan(staff);
  const job = await endOfJob(staff, order.provisioningJobId);
  expect(job.status).toBe('succeeded');
  const asked = requestsOf(job.id).filter(({ path: where }) => where === '/lines');
  expect(asked.map(({ key }) => key)).toEqual(Array(2).fill(`job-${job.id}-task-0`));
});

test.each<[string, (response: ServerResponse) => void, string]>([
  ['refuses', (response) => void json(response, 422, { error: 'no such SIM' }), 'connector_refused'],
  ['answers garbage', (response) => void response.writeHead(200).end('<html>'), 'connector_bad_answer'],
  [
    'sends elsewhere',
    (response) => void response.writeHead(302, { location: 'http://example.test/' }).end(),
    'connector_bad_answer',
  ],
])('a far side that %s fails the job, and the rescue is asked to undo it', async (_, answer, code) => {
  const misbehave = (request: Seen, response: ServerResponse) => {
    if (request.path === '/lines') answer(response);
    else json(response, 200, {});
  };
  acts.push(...Array(4).fill(misbehave));
  const order = await orderPlan(staff);
  const job = await endOfJob(staff, order.provisioningJobId);
  expect(job.status).toBe('failed');
  expect(job.tasks[0]?.error?.code).toBe(code);
  const undone = requestsOf(job.id).at(-1);
  expect(undone).toMatchObject({ path: `/lines/${order.serviceId}`, key: `job-${job.id}-task-0-rescue-0` });
});

test('a far side that hangs is given up at the task’s limit, and may be asked again', async () => {
  acts.push(() => undefined);
  const order = await orderPlan(staff);
  const failed = await endOfJob(staff, order.provisioningJobId);
  expect(failed.tasks[0]).toMatchObject({ status: 'failed', error: { code: 'timeout', data: { seconds: 1.5 } } });
  // The connection was let go, not left open.
  await waitUntil(() => far.open().length === 0, 'the hanging request to be closed');
  await staff.provisioning.retry({ id: failed.id });
  expect((await endOfJob(staff, failed.id)).status).toBe('succeeded');
});

test('a cancel waits for a hanging task only until its limit', async () => {
  acts.push(() => undefined);
  const order = await orderPlan(staff);
  const id = order.provisioningJobId;
  await waitUntil(() => requestsOf(id).length > 0, 'the request to hang');
  await staff.provisioning.cancel({ id });
  const job = await endOfJob(staff, id);
  expect(job.status).toBe('cancelled');
  expect(requestsOf(id).at(-1)?.key).toBe(`job-${id}-task-0-rescue-0`);
  expect((await traces(central, order)).items).toEqual([]);
});

test('a job keeps the playbook it was started with', async () => {
  acts.push((_, response) => void json(response, 422, {}));
  const order = await orderPlan(staff);
  const failed = await endOfJob(staff, order.provisioningJobId);
  const file = path.join(folder, 'playbooks', 'mobile-plan.yaml');
  await writeFile(file, 'tasks:\n  - key: other\n    name: Other\n    uses: crm.createServiceRecord\n');
  await staff.provisioning.retry({ id: failed.id });
  const job = await endOfJob(staff, failed.id);
  expect(job.tasks.map(({ key }) => key)).toEqual(['order_line', 'name_line', 'never']);
});

test('a central whose playbooks have a fault does not start, and says file and line', async () => {
  const file = path.join(folder, 'playbooks', 'mobile-plan.yaml');
  await writeFile(file, 'tasks:\n  - key: a\n    name: A\n    uses: crm.nothing\n');
  const start = startTestCentral({ demo: 'small', env: { COMPTOIR_PLAYBOOKS: path.join(folder, 'playbooks') } });
  await expect(start).rejects.toThrow(/mobile-plan\.yaml:4:11: unknown action crm\.nothing/);
});
