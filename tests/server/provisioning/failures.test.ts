import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startTestCentral, type TestCentral } from '../../parts/central.ts';
import { waitUntil } from '../../parts/wait.ts';
import { endOfJob, orderPlan, type Staff, statuses, traces } from './ordering.ts';

let central: TestCentral;
let staff: Staff;
let admin: Staff;
beforeAll(async () => {
  central = await startTestCentral({ demo: 'small' });
  staff = await central.asSales();
  admin = await central.asAdmin();
});
afterAll(() => central?.stop());
beforeEach(async () => {
  await central.db.deleteFrom('demoFaults').execute();
});

const fail = (action: string, times: number, error?: string, delaySeconds?: number) =>
  admin.demo.faults({ action, times, ...(error && { error }), ...(delaySeconds && { delaySeconds }) });

test('a refusal is not asked again: the job fails, the service stays pending and keeps its items', async () => {
  await fail('ocs.createAccount', 1, 'quota of accounts used up');
  const order = await orderPlan(staff);
  const job = await endOfJob(staff, order.provisioningJobId);
  expect(job.status).toBe('failed');
  const task = job.tasks.find(({ key }) => key === 'configure_ocs_account');
  expect(task).toMatchObject({ status: 'failed', attempts: 1 });
  expect(task?.error).toMatchObject({
    code: 'connector_refused',
    technical: 'quota of accounts used up',
    data: { connector: 'ocs' },
  });
  expect(job.progress).toEqual({ done: 3, total: 7 });
  expect((await staff.orders.get({ id: order.id })).status).toBe('failed');
  const { service, items, accounts } = await traces(central, order);
  expect(service.status).toBe('pending');
  expect(items.map(({ status }) => status)).toEqual(['assigned', 'assigned']);
  expect(accounts).toEqual([]);
});

test('Retry resumes at the failed task with the same service and items', async () => {
  await fail('ocs.createAccount', 1, 'not today');
  const order = await orderPlan(staff);
  const failed = await endOfJob(staff, order.provisioningJobId);
  const again = await staff.provisioning.retry({ id: failed.id });
  expect(again).toMatchObject({ status: 'queued', id: failed.id });
  const job = await endOfJob(staff, failed.id);
  expect(job.status).toBe('succeeded');
  expect(job.tasks.map(({ attempts }) => attempts)).toEqual([1, 1, 1, 2, 1, 1, 1]);
  expect(job.tasks.slice(0, 3).map(({ endedAt }) => endedAt)).toEqual(
    failed.tasks.slice(0, 3).map(({ endedAt }) => endedAt),
  );
  expect(job.serviceIds).toEqual([order.serviceId]);
  const { service, accounts, items } = await traces(central, order);
  expect(service.status).toBe('active');
  expect([accounts.length, items.length]).toEqual([1, 2]);
  await expect(staff.provisioning.retry({ id: job.id })).rejects.toMatchObject({ code: 'job_not_retryable' });
});

test('a connector that can not be reached is tried again by itself', async () => {
  await fail('hlr.activate', 2, 'connector_unreachable');
  const order = await orderPlan(staff);
  const job = await endOfJob(staff, order.provisioningJobId);
  expect(job.status).toBe('succeeded');
  expect(job.tasks.find(({ key }) => key === 'activate_in_hlr')?.attempts).toBe(3);
});

test('a connector that stays out of reach fails the job with a code for the shop', async () => {
  await fail('hlr.activate', 3, 'connector_unreachable');
  const order = await orderPlan(staff);
  const job = await endOfJob(staff, order.provisioningJobId);
  expect(job.tasks.find(({ key }) => key === 'activate_in_hlr')?.error?.code).toBe('connector_unreachable');
  const { service, accounts } = await traces(central, order);
  expect(service.status).toBe('pending');
  // What earlier tasks did stays for Retry.
  expect(accounts).toHaveLength(1);
});

test('an action that succeeded but whose answer was lost is not done twice', async () => {
  await fail('ocs.createAccount', 2, 'lost_answer');
  const order = await orderPlan(staff);
  const job = await endOfJob(staff, order.provisioningJobId);
  expect(job.status).toBe('succeeded');
  const { accounts, buckets } = await traces(central, order);
  expect(accounts).toHaveLength(1);
  expect(buckets.map(({ type }) => type).sort()).toEqual(['data', 'voice']);
});

test('an answer that stays lost fails the job and takes the account back; Retry makes one account', async () => {
  await fail('ocs.createAccount', 3, 'lost_answer');
  const order = await orderPlan(staff);
  const failed = await endOfJob(staff, order.provisioningJobId);
  expect(failed.status).toBe('failed');
  expect((await traces(central, order)).accounts).toEqual([]);
  await staff.provisioning.retry({ id: failed.id });
  expect((await endOfJob(staff, failed.id)).status).toBe('succeeded');
  const { accounts, buckets } = await traces(central, order);
  expect([accounts.length, buckets.length]).toEqual([1, 2]);
});

test('garbage for an answer fails the job at once and is undone outside', async () => {
  await fail('ocs.createAccount', 1, 'garbage');
  const order = await orderPlan(staff);
  const job = await endOfJob(staff, order.provisioningJobId);
  expect(job.tasks[3]).toMatchObject({ status: 'failed', attempts: 1, error: { code: 'connector_bad_answer' } });
  expect((await traces(central, order)).accounts).toEqual([]);
});

test('mail that can not be sent does not stop the service', async () => {
  await fail('mail.send', 1, 'mailbox unavailable');
  const order = await orderPlan(staff);
  const job = await endOfJob(staff, order.provisioningJobId);
  expect(job.status).toBe('succeeded');
  expect(statuses(job).send_welcome_email).toBe('failed_ignored');
  expect(job.progress).toEqual({ done: 7, total: 7 });
  expect((await traces(central, order)).service.status).toBe('active');
});

test('a customer without an address gets no mail, and the task says it was left out', async () => {
  const { id } = await staff.customers.create({ name: 'No Mail', type: 'individual', phone: '+447700900999' });
  const order = await orderPlan(staff, 'mobile-20gb', { customerId: id });
  const job = await endOfJob(staff, order.provisioningJobId);
  expect(job.status).toBe('succeeded');
  expect(statuses(job).send_welcome_email).toBe('skipped');
});

test('Cancel of a failed job undoes everything and frees the items', async () => {
  await fail('hlr.activate', 1, 'no');
  const order = await orderPlan(staff);
  const failed = await endOfJob(staff, order.provisioningJobId);
  const before = await traces(central, order);
  const cancelling = await staff.provisioning.cancel({ id: failed.id });
  expect(cancelling).toMatchObject({ status: 'queued', cancelling: true });
  const job = await endOfJob(staff, failed.id);
  expect(job.status).toBe('cancelled');
  expect((await staff.orders.get({ id: order.id })).status).toBe('cancelled');
  const after = await traces(central, order);
  expect(after.service.status).toBe('cancelled');
  expect([after.accounts, after.items]).toEqual([[], []]);
  const freed = await central.db
    .selectFrom('items')
    .select(['status', 'serviceId'])
    .where(
      'id',
      'in',
      before.items.map(({ id }) => id),
    )
    .execute();
  expect(freed).toEqual([
    { status: 'in_stock', serviceId: null },
    { status: 'in_stock', serviceId: null },
  ]);
  await expect(staff.provisioning.cancel({ id: job.id })).rejects.toMatchObject({ code: 'job_not_cancellable' });
});

test('Cancel of a job that failed before anything was done outside is done at once', async () => {
  await fail('crm.validateCustomer', 1, 'no');
  const order = await orderPlan(staff);
  await endOfJob(staff, order.provisioningJobId);
  const job = await staff.provisioning.cancel({ id: order.provisioningJobId });
  expect(job.status).toBe('cancelled');
  expect((await traces(central, order)).service.status).toBe('cancelled');
});

test('Cancel while a task runs takes effect at its end', async () => {
  await fail('ocs.createAccount', 1, undefined, 1.5);
  const order = await orderPlan(staff);
  const id = order.provisioningJobId;
  await waitUntil(
    async () => statuses(await staff.provisioning.get({ id })).configure_ocs_account === 'running',
    'the charging task to run',
  );
  const asked = await staff.provisioning.cancel({ id });
  expect(asked).toMatchObject({ status: 'running', cancelling: true });
  // Asking twice is one cancel.
  expect((await staff.provisioning.cancel({ id })).cancelling).toBe(true);
  const job = await endOfJob(staff, id);
  expect(job.status).toBe('cancelled');
  expect(statuses(job)).toMatchObject({ configure_ocs_account: 'succeeded', activate_in_hlr: 'pending' });
  const { accounts, items } = await traces(central, order);
  expect([accounts, items]).toEqual([[], []]);
});

test('a succeeded job can not be cancelled', async () => {
  const order = await orderPlan(staff);
  await endOfJob(staff, order.provisioningJobId);
  await expect(staff.provisioning.cancel({ id: order.provisioningJobId })).rejects.toMatchObject({
    code: 'job_not_cancellable',
    data: { status: 'succeeded' },
  });
});

test('an undo that can not be finished frees nothing; the order may be cancelled again', async () => {
  await fail('hlr.activate', 1, 'no');
  const order = await orderPlan(staff);
  const id = order.provisioningJobId;
  await endOfJob(staff, id);
  // The account is in the way of its own removal.
  await central.db.schema
    .createTable('charging_guard')
    .addColumn('service_uuid', 'uuid', (column) => column.references('charging_accounts.service_uuid'))
    .execute();
  const { service } = await traces(central, order);
  await central.db
    .insertInto('chargingGuard' as 'chargingAccounts')
    .values({ serviceUuid: service.uuid } as never)
    .execute();
  await staff.provisioning.cancel({ id });
  const stuck = await endOfJob(staff, id);
  expect(stuck.status).toBe('failed');
  expect(stuck.cancelling).toBeUndefined();
  expect((await traces(central, order)).items).toHaveLength(2);
  const { items: logs } = await staff.provisioning.logs({ id, limit: 500 });
  expect(logs.at(-1)?.message).toContain('could not be cancelled');
  await central.db.schema.dropTable('charging_guard').execute();
  await staff.provisioning.cancel({ id });
  expect((await endOfJob(staff, id)).status).toBe('cancelled');
  expect((await traces(central, order)).items).toEqual([]);
});

test('each order’s welcome mail is written once', async () => {
  await fail('mail.send', 1, 'lost_answer');
  const folder = path.join(central.config.dataDir, 'mail');
  const before = (await readdir(folder)).length;
  const order = await orderPlan(staff);
  await endOfJob(staff, order.provisioningJobId);
  expect((await readdir(folder)).length).toBe(before + 1);
});

test('a job that central itself can not go on with fails, instead of hanging for ever', async () => {
  await fail('ocs.createAccount', 1, undefined, 1);
  const order = await orderPlan(staff);
  const id = order.provisioningJobId;
  await waitUntil(
    async () => statuses(await staff.provisioning.get({ id })).configure_ocs_account === 'running',
    'the charging task to run',
  );
  await central.db.deleteFrom('jobTasks').where('jobId', '=', id).where('key', '=', 'create_service_record').execute();
  expect((await endOfJob(staff, id)).status).toBe('failed');
  const { items: logs } = await staff.provisioning.logs({ id, limit: 500 });
  expect(logs.at(-1)?.message).toContain('central can not go on');
});

test('an execution that was followed by another can write nothing any more', async () => {
  const { db, deps } = { db: central.db, deps: central.central.deps };
  await fail('ocs.createAccount', 1, undefined, 1);
  const order = await orderPlan(staff);
  const id = order.provisioningJobId;
  await waitUntil(
    async () => statuses(await staff.provisioning.get({ id })).configure_ocs_account === 'running',
    'the charging task to run',
  );
  const executorId = randomUUID();
  const away = { boot: executorId, machine: 'elsewhere', pid: 1, beatAt: new Date(Date.now() + 3_600_000) };
  await db
    .insertInto('executors')
    .values({ id: executorId, ...away })
    .execute();
  await db.updateTable('jobs').set({ run: 2, executorId }).where('id', '=', id).execute();
  const before = await staff.provisioning.get({ id });
  const record = `select status from dbos.workflow_status where workflow_uuid = 'job-${id}-run-1'`;
  const isOver = async () => (await deps.connection.pool.query(record)).rows[0]?.status === 'SUCCESS';
  await waitUntil(isOver, 'the old execution to give up');
  expect(await staff.provisioning.get({ id })).toEqual(before);
  // Its effect outside was done under the task's key: the execution that followed finds it there.
  expect((await traces(central, order)).accounts).toHaveLength(1);
  await db.deleteFrom('executors').where('id', '=', executorId).execute();
  expect((await endOfJob(staff, id)).status).toBe('succeeded');
  expect((await traces(central, order)).buckets).toHaveLength(2);
});

test('staff of another store may look at a job, and neither retry nor cancel it', async () => {
  await fail('ocs.createAccount', 1, 'no');
  const order = await orderPlan(staff);
  const { id } = await endOfJob(staff, order.provisioningJobId);
  const elsewhere = await central.asNew({ roles: ['sales'], storeId: 2 });
  expect((await elsewhere.provisioning.get({ id })).status).toBe('failed');
  await expect(elsewhere.provisioning.retry({ id })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(elsewhere.provisioning.cancel({ id })).rejects.toMatchObject({ code: 'forbidden' });
  const finance = await central.asNew({ roles: ['finance'], storeId: 1 });
  await expect(finance.provisioning.retry({ id })).rejects.toMatchObject({ code: 'forbidden' });
  expect((await staff.provisioning.get({ id })).status).toBe('failed');
});

test('Retry pressed twice starts one execution', async () => {
  await fail('ocs.createAccount', 1, 'no');
  const order = await orderPlan(staff);
  const { id } = await endOfJob(staff, order.provisioningJobId);
  const outcomes = await Promise.allSettled([staff.provisioning.retry({ id }), staff.provisioning.retry({ id })]);
  const refusals = outcomes.filter((outcome) => outcome.status === 'rejected');
  expect(refusals.map(({ reason }) => reason.code)).toEqual(['job_not_retryable']);
  expect((await endOfJob(staff, id)).status).toBe('succeeded');
  const { items: logs } = await staff.provisioning.logs({ id, limit: 500 });
  expect(logs.filter(({ message }) => / begins$/.test(message) && message.startsWith('run'))).toHaveLength(2);
});
