import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestCentral, type TestCentral } from '../../parts/central.ts';
import { draftOrder, endOfJob, orderPlan, type Staff, statuses } from '../provisioning/ordering.ts';
import { type PortalVisitor, visit } from './portal-room.ts';

// What the portal shows can be sold: the demo's top-ups and add-ons are done by the delivered playbooks.
const DOE = 456;
let central: TestCentral;
let staff: Staff;
let doe: PortalVisitor;
let serviceId: number;
beforeAll(async () => {
  central = await startTestCentral({ demo: 'small' });
  staff = await central.asSales();
  doe = await visit(central, { customerId: DOE });
  serviceId = (await doe.get('/services')).body.items[0].id;
});
afterAll(() => central.stop());

interface Shown {
  type: string;
  name: string;
  remaining: number;
  order: number;
}

test.each([
  ['data-boost-50gb', { type: 'data', name: 'Data boost', remaining: 50_000_000_000 }],
  ['minutes-100', { type: 'voice', name: 'Extra minutes', remaining: 6_000 }],
  ['texts-100', { type: 'sms', name: 'Extra texts', remaining: 100 }],
  ['credit-20', { type: 'monetary', name: 'Credit', remaining: 2_000 }],
])('%s is on the balance at once, before the plan’s own', async (slug, expected) => {
  const order = await orderPlan(staff, slug, { customerId: DOE, serviceId });
  const job = await endOfJob(staff, order.provisioningJobId);
  expect([job.status, statuses(job).verify_balance]).toEqual(['succeeded', 'succeeded']);
  const balances: Shown[] = (await doe.get(`/services/${serviceId}/balances`)).body.items;
  expect(balances.find(({ type, order: place }) => type === expected.type && place === 1)).toMatchObject(expected);
});

test('what each top-up says that it gives is what it gives', async () => {
  const { items } = (await doe.get(`/services/${serviceId}/offers`)).body;
  const given = items.filter(({ kind }: { kind: string }) => kind === 'top_up');
  const sizes = (type: string) =>
    given
      .filter(({ gives }: { gives: Shown }) => gives.type === type)
      .map(({ gives }: { gives: { quantity: number } }) => gives.quantity)
      .sort((a: number, b: number) => a - b);
  expect(sizes('data')).toEqual([1, 5, 10, 20, 50].map((gigabytes) => gigabytes * 1_000_000_000));
  expect(sizes('monetary')).toEqual([5, 10, 20, 50, 100].map((pounds) => pounds * 100));
  expect(sizes('voice')).toEqual([6_000, 30_000]);
  expect(sizes('sms')).toEqual([100, 500]);
  const roaming = items.find(({ name }: { name: string }) => name === 'International roaming');
  expect(roaming).toMatchObject({
    kind: 'add_on',
    gives: null,
    recurring: { price: { amount: 800 }, period: 'month' },
  });
});

test('an add-on that people switch on opens their work order, and shows on the service', async () => {
  const order = await orderPlan(staff, 'international-roaming', { customerId: DOE, serviceId });
  expect((await endOfJob(staff, order.provisioningJobId)).status).toBe('succeeded');
  const ticket = await central.db.selectFrom('tickets').selectAll().where('orderId', '=', order.id).executeTakeFirst();
  expect(ticket).toMatchObject({ kind: 'add_on', body: expect.stringContaining('Switch international roaming on') });
  const { addOns } = (await doe.get(`/services/${serviceId}`)).body;
  expect(addOns[0]).toMatchObject({ name: 'International roaming' });
});

test('a rented device goes to the customer with its add-on', async () => {
  const plan = await orderPlan(staff, 'iptv-family', { customerId: DOE });
  expect((await endOfJob(staff, plan.provisioningJobId)).status).toBe('succeeded');
  const draft = await draftOrder(staff, 'set-top-box-rental', { customerId: DOE, serviceId: plan.serviceId ?? 0 });
  const order = await staff.orders.create(draft);
  expect((await endOfJob(staff, order.provisioningJobId)).status).toBe('succeeded');
  const { items, actions } = (await doe.get(`/services/${plan.serviceId}`)).body;
  expect(items).toHaveLength(2);
  expect(actions).not.toContain('top_up');
});
