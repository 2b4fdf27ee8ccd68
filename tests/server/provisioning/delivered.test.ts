import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { setFault } from '../../../src/server/demo/faults.ts';
import { osmocomHlr } from '../../../src/server/hlr/osmocom.ts';
import { osmoHlr } from '../../parts/available.ts';
import { startTestCentral, type TestCentral } from '../../parts/central.ts';
import { type OsmoHlr, startOsmoHlr } from '../../parts/osmo-hlr.ts';
import { type MailServer, startMailServer } from '../../parts/smtp.ts';
import { draftOrder, endOfJob, JOHN_SMITH, orderPlan, type Staff, statuses, traces } from './ordering.ts';

// The playbooks as delivered, over a real mail server, and a real HLR where there is one.
let central: TestCentral;
let staff: Staff;
let mail: MailServer;
let hlr: OsmoHlr | undefined;
beforeAll(async () => {
  mail = await startMailServer();
  if (osmoHlr.available) hlr = await startOsmoHlr();
  const env = { SMTP_URL: mail.url, COMPTOIR_MAIL_FROM: 'Shop <shop@operator.test>' };
  central = await startTestCentral({ demo: 'small', env: { ...env, ...(hlr && { COMPTOIR_HLR_URL: hlr.url }) } });
  staff = await central.asSales();
});
afterAll(async () => {
  await central?.stop();
  await mail?.stop();
  await hlr?.stop();
});

const mailsTo = (address: string) => mail.received.filter(({ to }) => to.includes(address));

async function customerIn(language: 'en' | 'fr' | 'es' | 'pt', name: string) {
  const email = `${language}-${Math.random().toString(36).slice(2)}@example.test`;
  const { id } = await staff.customers.create({ name, type: 'individual', email, language, allowDuplicate: true });
  return { id, email };
}

test('a mobile plan: the seed’s six tasks in its order, and the network', async () => {
  const { id, email } = await customerIn('fr', 'Zoë O’Brien 📱 שלום');
  const order = await orderPlan(staff, 'mobile-20gb', { customerId: id });
  const job = await endOfJob(staff, order.provisioningJobId);
  expect(job.tasks.map(({ key, status }) => [key, status])).toEqual([
    ['validate_customer', 'succeeded'],
    ['assign_sim_card', 'succeeded'],
    ['assign_mobile_number', 'succeeded'],
    ['configure_ocs_account', 'succeeded'],
    ['activate_in_hlr', 'succeeded'],
    ['create_service_record', 'succeeded'],
    ['send_welcome_email', 'succeeded'],
  ]);
  const { service, items } = await traces(central, order);
  expect(service).toMatchObject({ status: 'active', name: expect.stringMatching(/^Mobile - \+44 7700 9\d{5}$/) });
  expect(service.expiresAt?.getTime()).toBeGreaterThan(service.activatedAt?.getTime() ?? 0);
  expect(job.tasks[1]?.subject).toBe(items.find(({ template }) => template === 'sim_card')?.iccid);
  const [letter] = mailsTo(email);
  expect(letter?.from).toBe('shop@operator.test');
  expect(letter?.raw).toContain(`Message-ID: <job-${job.id}-task-6@operator.test>`);
});

test.skipIf(!osmoHlr.available)(`the real HLR knows the card with its number ${osmoHlr.reason}`, async () => {
  const order = await orderPlan(staff);
  expect((await endOfJob(staff, order.provisioningJobId)).status).toBe('succeeded');
  const { items } = await traces(central, order);
  const imsi = items.find((item) => item.imsi)?.imsi ?? '';
  const msisdn = items.find((item) => item.msisdn)?.msisdn?.slice(1);
  const real = osmocomHlr(new URL(hlr?.url ?? ''));
  const signal = AbortSignal.timeout(10_000);
  expect(await real.find(imsi, signal)).toEqual({ imsi, msisdn, csEnabled: true, psEnabled: true });
});

test.skipIf(!osmoHlr.available)(
  'an HLR that is down fails the job; preflight warned; Retry after its return ends well',
  async () => {
    await hlr?.kill();
    const draft = await draftOrder(staff, 'mobile-20gb');
    const { checks } = await staff.orders.preflight(draft);
    expect(checks.find(({ key }) => key === 'connectors_reachable')).toEqual({
      key: 'connectors_reachable',
      state: 'failed',
      data: { connectors: ['hlr'] },
    });
    const { items: states } = await staff.system.connectors({});
    expect(states.find(({ name }) => name === 'hlr')).toMatchObject({ reachable: false });
    const order = await staff.orders.create(draft);
    const failed = await endOfJob(staff, order.provisioningJobId);
    expect(statuses(failed).activate_in_hlr).toBe('failed');
    expect(failed.tasks[4]?.error?.code).toBe('connector_unreachable');
    await hlr?.restart();
    await staff.provisioning.retry({ id: failed.id });
    expect((await endOfJob(staff, failed.id)).status).toBe('succeeded');
  },
);

test('cancelling takes the card out of the network', async () => {
  await setFault(central.db, { action: 'crm.createServiceRecord', times: 1, error: 'no' });
  const order = await orderPlan(staff);
  expect((await endOfJob(staff, order.provisioningJobId)).status).toBe('failed');
  const { items } = await traces(central, order);
  const imsi = items.find((item) => item.imsi)?.imsi ?? '';
  await staff.provisioning.cancel({ id: order.provisioningJobId });
  expect((await endOfJob(staff, order.provisioningJobId)).status).toBe('cancelled');
  if (!hlr) return;
  const found = await osmocomHlr(new URL(hlr.url)).find(imsi, AbortSignal.timeout(10_000));
  expect(found).toEqual({ imsi, msisdn: null, csEnabled: false, psEnabled: false });
});

test('fibre: site, modem, installation date and ticket (PA-26)', async () => {
  const { id } = await customerIn('en', 'Fibre Person');
  const site = await staff.customers.createSite({ id, name: 'Home', address: '1 High Street, London' });
  const { items: products } = await staff.products.list({ serviceType: 'internet', limit: 100 });
  const fibre = products.find(
    ({ customerTypes, category }) => customerTypes.includes('individual') && category === 'plan',
  );
  const order = await orderPlan(staff, fibre?.slug ?? '', {
    customerId: id,
    siteId: site.id,
    installationDate: '2026-12-01',
  });
  const job = await endOfJob(staff, order.provisioningJobId);
  expect(job.status).toBe('succeeded');
  expect(statuses(job)).toMatchObject({
    confirm_site: 'succeeded',
    assign_modem: 'succeeded',
    schedule_installation: 'succeeded',
    create_installation_ticket: 'succeeded',
  });
  const { service } = await traces(central, order);
  expect(service.siteId).toBe(site.id);
  expect(service.name).toMatch(/ - Home$/);
  const { db } = central;
  const ticket = await db.selectFrom('tickets').selectAll().where('orderId', '=', order.id).executeTakeFirstOrThrow();
  expect(ticket).toMatchObject({ kind: 'installation', status: 'open', siteId: site.id });
  expect(ticket.body).toContain('1 High Street, London');
  const visit = await db
    .selectFrom('installations')
    .selectAll()
    .where('serviceId', '=', service.id)
    .executeTakeFirstOrThrow();
  expect(visit).toMatchObject({ status: 'booked', siteId: site.id });
});

test('a cancelled fibre order has no open ticket and no visit', async () => {
  const { id } = await customerIn('en', 'Fibre Cancelled');
  const site = await staff.customers.createSite({ id, name: 'Home', address: '2 High Street, London' });
  const { items: products } = await staff.products.list({ serviceType: 'internet', limit: 100 });
  const fibre = products.find(
    ({ customerTypes, category }) => customerTypes.includes('individual') && category === 'plan',
  );
  await setFault(central.db, { action: 'crm.createServiceRecord', times: 1, error: 'no' });
  const order = await orderPlan(staff, fibre?.slug ?? '', { customerId: id, siteId: site.id });
  await endOfJob(staff, order.provisioningJobId);
  await staff.provisioning.cancel({ id: order.provisioningJobId });
  expect((await endOfJob(staff, order.provisioningJobId)).status).toBe('cancelled');
  const visits = await central.db
    .selectFrom('installations')
    .select('status')
    .where('serviceId', '=', order.serviceId ?? 0)
    .execute();
  expect(visits).toEqual([{ status: 'cancelled' }]);
});

test.each(['iptv', 'voip'] as const)('%s plans end in use, with an account', async (serviceType) => {
  const { items: products } = await staff.products.list({ serviceType, limit: 100 });
  const plan = products.find(({ category }) => category === 'plan');
  const customerId = plan?.customerTypes.includes('individual') ? JOHN_SMITH : 789;
  const order = await orderPlan(staff, plan?.slug ?? '', { customerId });
  expect((await endOfJob(staff, order.provisioningJobId)).status).toBe('succeeded');
  const { service, accounts } = await traces(central, order);
  expect([service.status, accounts.length]).toEqual(['active', 1]);
});

test('every product of the demo can be ordered: its playbook is there', async () => {
  const { items } = await staff.products.list({ limit: 500 });
  for (const { id, playbook } of items) {
    const draft = { draftId: uuid(), customerId: JOHN_SMITH, productId: id, items: [] };
    const { checks } = await staff.orders.preflight(draft);
    expect([playbook, checks.find(({ key }) => key === 'product_offered')?.state]).toEqual([playbook, 'ok']);
  }
});
