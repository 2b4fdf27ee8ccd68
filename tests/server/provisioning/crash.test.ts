import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Connection, connect } from '../../../src/server/database/connection.ts';
import { setFault } from '../../../src/server/demo/faults.ts';
import { type SpawnedCentral, signInTo, spawnCentral } from '../../parts/central.ts';
import { waitUntil } from '../../parts/wait.ts';
import { draftOrder, endOfJob, type Staff, traces } from './ordering.ts';
import { type Prepared, prepareDemo } from './prepared.ts';

let prepared: Prepared;
let connection: Connection;
const centrals: SpawnedCentral[] = [];
beforeAll(async () => {
  prepared = await prepareDemo();
  connection = connect(prepared.databaseUrl, 4);
});
afterEach(async () => {
  for (const central of centrals.splice(0)) await central.kill();
});
afterAll(async () => {
  await connection?.close();
  await prepared?.drop();
});

async function start(): Promise<{ central: SpawnedCentral; staff: Staff }> {
  const central = await spawnCentral(prepared.env);
  centrals.push(central);
  return { central, staff: (await signInTo(central.url, 'sales@demo.comptoir.test')).client };
}

const ordered = async (staff: Staff) => staff.orders.create(await draftOrder(staff, 'mobile-20gb'));

function isRunning(jobId: number, key: string) {
  const running = connection.db
    .selectFrom('jobTasks')
    .select('status')
    .where('jobId', '=', jobId)
    .where('key', '=', key)
    .where('status', '=', 'running');
  return waitUntil(() => running.executeTakeFirst(), `task ${key} of job ${jobId} to run`);
}

/** An order whose job hangs inside the action of one task. */
async function hangIn(staff: Staff, action: string, key: string) {
  const { db } = connection;
  await setFault(db, { action, times: 1, delaySeconds: 250 });
  const order = await ordered(staff);
  await isRunning(order.provisioningJobId, key);
  await waitUntil(
    () =>
      db
        .selectFrom('demoFaults')
        .select('times')
        .where('action', '=', action)
        .where('times', '=', 0)
        .executeTakeFirst(),
    `${action} to hang`,
  );
  return { order, key };
}

/** An order whose job waits for the row of its number, which is locked here. */
async function hangAtNumber(staff: Staff) {
  const draft = await draftOrder(staff, 'mobile-20gb');
  const number = draft.items.find(({ template }) => template === 'mobile_number')?.itemId ?? 0;
  const order = await staff.orders.create(draft);
  let free = () => {};
  const freed = new Promise<void>((resolve) => {
    free = resolve;
  });
  const locked = connection.db.transaction().execute(async (tx) => {
    await tx.selectFrom('items').select('id').where('id', '=', number).forUpdate().execute();
    await freed;
  });
  return {
    order,
    key: 'assign_mobile_number',
    free: () => {
      free();
      return locked;
    },
  };
}

test('central killed in each task: the next one finishes every job exactly once', async () => {
  const { central: first, staff } = await start();
  await setFault(connection.db, { action: 'crm.assignItem', times: 0 });
  const hanging = [
    await hangIn(staff, 'crm.validateCustomer', 'validate_customer'),
    await hangIn(staff, 'crm.assignItem', 'assign_sim_card'),
    await hangIn(staff, 'ocs.createAccount', 'configure_ocs_account'),
    await hangIn(staff, 'hlr.activate', 'activate_in_hlr'),
    await hangIn(staff, 'crm.createServiceRecord', 'create_service_record'),
    await hangIn(staff, 'mail.send', 'send_welcome_email'),
  ];
  const locked = await hangAtNumber(staff);
  await isRunning(locked.order.provisioningJobId, locked.key);
  await first.kill();
  await locked.free();

  const { staff: again } = await start();
  for (const { order, key } of [...hanging, locked]) {
    const job = await endOfJob(again, order.provisioningJobId);
    expect([key, job.status]).toEqual([key, 'succeeded']);
    expect(job.tasks.map(({ status }) => status)).toEqual(Array(7).fill('succeeded'));
    const attempts = job.tasks.filter((task) => task.attempts !== 1).map((task) => [task.key, task.attempts]);
    expect(attempts).toEqual([[key, 2]]);
    const { service, accounts, buckets, items, subscribers } = await traces(connection, order);
    expect(service.status).toBe('active');
    expect([accounts.length, buckets.length, items.length, subscribers.length]).toEqual([1, 2, 2, 1]);
  }
  expect(await readdir(path.join(prepared.dataDir, 'mail'))).toHaveLength(hanging.length + 1);
});

test('an order that was accepted but never came onto the queue is found at the next start', async () => {
  const { central, staff } = await start();
  const order = await ordered(staff);
  await endOfJob(staff, order.provisioningJobId);
  await central.kill();
  const { db } = connection;
  await db.deleteFrom('jobLogs').where('jobId', '=', order.provisioningJobId).execute();
  await db
    .updateTable('jobs')
    .set({ status: 'queued', run: 99, executorId: null, endedAt: null })
    .where('id', '=', order.provisioningJobId)
    .execute();
  await db.updateTable('orders').set({ status: 'accepted' }).where('id', '=', order.id).execute();
  const { staff: again } = await start();
  expect((await endOfJob(again, order.provisioningJobId)).status).toBe('succeeded');
});

test('a central that is told to stop ends its task, and the next one goes on', async () => {
  const { central, staff } = await start();
  await setFault(connection.db, { action: 'ocs.createAccount', times: 1, delaySeconds: 2 });
  const order = await ordered(staff);
  await isRunning(order.provisioningJobId, 'configure_ocs_account');
  expect(await central.stop()).toBe(0);
  const task = await connection.db
    .selectFrom('jobTasks')
    .select(['status', 'attempts'])
    .where('jobId', '=', order.provisioningJobId)
    .where('key', '=', 'configure_ocs_account')
    .executeTakeFirst();
  expect(task).toEqual({ status: 'succeeded', attempts: 1 });
  const { staff: again } = await start();
  const job = await endOfJob(again, order.provisioningJobId);
  expect(job.status).toBe('succeeded');
  expect(job.tasks.map(({ attempts }) => attempts)).toEqual([1, 1, 1, 1, 1, 1, 1]);
});

test('the queue forgets executions that ended more than a day ago, and only those', async () => {
  const { staff, central } = await start();
  const order = await ordered(staff);
  await endOfJob(staff, order.provisioningJobId);
  const records = async () => {
    const { rows } = await connection.pool.query('select workflow_uuid as id from dbos.workflow_status');
    return rows.map(({ id }) => id);
  };
  await waitUntil(async () => (await records()).includes(`job-${order.provisioningJobId}-run-1`), 'the record');
  await connection.pool.query(
    `update dbos.workflow_status set completed_at = completed_at - 90000000,
      started_at_epoch_ms = started_at_epoch_ms - 90000000 where workflow_uuid <> $1`,
    [`job-${order.provisioningJobId}-run-1`],
  );
  await central.kill();
  await start();
  await waitUntil(async () => (await records()).length === 1, 'the old ones to be forgotten');
  expect(await records()).toEqual([`job-${order.provisioningJobId}-run-1`]);
});
