import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestCentral, type TestCentral } from '../../parts/central.ts';
import {
  draftOrder,
  endOfJob,
  JOHN_SMITH,
  JOHNSON_ENTERPRISES,
  orderPlan,
  productBySlug,
  type Staff,
  traces,
} from '../provisioning/ordering.ts';

let central: TestCentral;
let staff: Staff;
let admin: Staff;
beforeAll(async () => {
  central = await startTestCentral({ demo: 'small' });
  staff = await central.asSales();
  admin = await central.asAdmin();
});
afterAll(() => central?.stop());

const counts = async () => {
  const { db } = central;
  const count = async (table: 'orders' | 'jobs' | 'services') =>
    Number(
      (
        await db
          .selectFrom(table)
          .select((s) => s.fn.countAll().as('n'))
          .executeTakeFirstOrThrow()
      ).n,
    );
  return [await count('orders'), await count('jobs'), await count('services')];
};

const newCustomer = (type: 'individual' | 'business' = 'individual') =>
  staff.customers.create({ name: `Customer ${uuid()}`, type, allowDuplicate: true });

describe('one draft is one order (PA-15)', () => {
  test('ordering a draft twice in the same moment, with different keys, gives one order', async () => {
    const draft = await draftOrder(staff, 'mobile-20gb');
    const before = await counts();
    const orders = await Promise.all(Array.from({ length: 6 }, () => staff.orders.create(draft)));
    expect(new Set(orders.map(({ id }) => id)).size).toBe(1);
    expect((await counts()).map((count, index) => count - (before[index] ?? 0))).toEqual([1, 1, 1]);
    expect((await endOfJob(staff, orders[0]?.provisioningJobId ?? 0)).status).toBe('succeeded');
  });

  test('ordered again later it is still the first order, whatever is sent with it', async () => {
    const draft = await draftOrder(staff, 'mobile-20gb');
    const first = await staff.orders.create(draft);
    await endOfJob(staff, first.provisioningJobId);
    const again = await staff.orders.create({ ...draft, customerId: 456, items: [] });
    expect(again).toMatchObject({ id: first.id, customerId: JOHN_SMITH, status: 'active' });
  });

  test('one key with another order is refused', async () => {
    const idempotencyKey = uuid();
    const draft = await draftOrder(staff, 'mobile-20gb');
    await staff.orders.create(draft, { context: { idempotencyKey } });
    const other = await draftOrder(staff, 'mobile-20gb');
    await expect(staff.orders.create(other, { context: { idempotencyKey } })).rejects.toMatchObject({
      code: 'idempotency_key_reused',
    });
  });
});

describe('what changed between choosing and Confirm is refused, and nothing is kept', () => {
  async function refused(order: () => Promise<unknown>, error: object) {
    const before = await counts();
    await expect(order()).rejects.toMatchObject(error);
    expect(await counts()).toEqual(before);
  }

  test('a customer closed meanwhile', async () => {
    const { id } = await newCustomer();
    const draft = await draftOrder(staff, 'mobile-20gb', { customerId: id });
    await staff.customers.change({ id, status: 'closed' });
    await refused(() => staff.orders.create(draft), { code: 'customer_not_open', data: { status: 'closed' } });
    // The items are still held for this draft, not lost.
    const held = await central.db.selectFrom('reservations').selectAll().where('draftId', '=', draft.draftId).execute();
    expect(held.map(({ orderId, endedAt }) => [orderId, endedAt])).toEqual([
      [null, null],
      [null, null],
    ]);
  });

  test('a product disabled meanwhile', async () => {
    const draft = await draftOrder(staff, 'mobile-20gb');
    await admin.products.change({ id: draft.productId, enabled: false });
    try {
      await refused(() => staff.orders.create(draft), {
        code: 'product_not_offered',
        data: { productId: draft.productId },
      });
    } finally {
      await admin.products.change({ id: draft.productId, enabled: true });
    }
  });

  test('an item retired meanwhile', async () => {
    const draft = await draftOrder(staff, 'mobile-20gb');
    const itemId = draft.items[0]?.itemId ?? 0;
    await admin.inventory.changeItem({ id: itemId, status: 'retired', reason: 'broken' });
    await refused(() => staff.orders.create(draft), {
      code: 'item_not_available',
      data: { itemId, reason: 'not_available' },
    });
  });

  test('a product for businesses, and a consumer', async () => {
    const { items: offered } = await staff.products.list({ customerType: 'business', limit: 200 });
    const product = offered.find(
      ({ customerTypes, category }) => !customerTypes.includes('individual') && category === 'plan',
    );
    const draft = await draftOrder(staff, product?.slug ?? '');
    await refused(() => staff.orders.create(draft), { code: 'not_eligible', data: { customerType: 'individual' } });
  });

  test('a SIM that another draft holds', async () => {
    const mine = await draftOrder(staff, 'mobile-20gb');
    const theirs = await draftOrder(staff, 'mobile-20gb');
    const items = [...theirs.items.slice(0, 1), ...mine.items.slice(1)];
    await refused(() => staff.orders.create({ ...mine, items }), {
      code: 'item_not_available',
      data: { itemId: items[0]?.itemId, reason: 'held_by_other' },
    });
  });

  test('a number where the SIM should be', async () => {
    const draft = await draftOrder(staff, 'mobile-20gb');
    const [sim, number] = draft.items;
    const items = [
      { template: 'sim_card', itemId: number?.itemId ?? 0 },
      { template: 'mobile_number', itemId: sim?.itemId ?? 0 },
    ];
    await refused(() => staff.orders.create({ ...draft, items }), {
      code: 'item_not_available',
      data: { reason: 'wrong_template' },
    });
  });

  test('an item that the product has no place for', async () => {
    const draft = await draftOrder(staff, 'mobile-20gb');
    const more = [...draft.items, { template: 'sim_card', itemId: 1 }];
    await refused(() => staff.orders.create({ ...draft, items: more }), {
      code: 'item_not_available',
      data: { reason: 'wrong_template' },
    });
  });

  test('a required item left out', async () => {
    const draft = await draftOrder(staff, 'mobile-20gb');
    await refused(() => staff.orders.create({ ...draft, items: draft.items.slice(0, 1) }), {
      code: 'order_incomplete',
      data: { missing: ['item:mobile_number'] },
    });
  });

  test('a site or contact of somebody else', async () => {
    const other = await newCustomer('business');
    const site = await staff.customers.createSite({ id: other.id, name: 'Elsewhere', address: '1 High St' });
    const contact = await staff.customers.createContact({ id: other.id, name: 'Someone', roles: ['billing'] });
    const draft = await draftOrder(staff, 'mobile-20gb', { siteId: site.id, billingContactId: contact.id });
    await refused(() => staff.orders.create(draft), {
      code: 'order_incomplete',
      data: { missing: ['site', 'billingContact'] },
    });
  });

  test('an unknown customer or product', async () => {
    const draft = await draftOrder(staff, 'mobile-20gb');
    await refused(() => staff.orders.create({ ...draft, customerId: 2_000_000_000 }), {
      code: 'not_found',
      data: { what: 'customer' },
    });
    await refused(() => staff.orders.create({ ...draft, productId: 2_000_000_000 }), {
      code: 'not_found',
      data: { what: 'product' },
    });
  });

  test('a member of staff who may not provision', async () => {
    const finance = await central.asNew({ roles: ['finance'], storeId: 1 });
    const draft = await draftOrder(staff, 'mobile-20gb');
    await refused(() => finance.orders.create(draft), { code: 'forbidden', data: { permission: 'provision' } });
  });

  test('an item of another store', async () => {
    const elsewhere = await central.asNew({ roles: ['sales'], storeId: 2 });
    const draft = await draftOrder(staff, 'mobile-20gb');
    await refused(() => elsewhere.orders.create({ ...draft, draftId: uuid() }), { code: 'item_not_available' });
  });
});

test('two drafts that want one SIM: one gets it, the other is told so', async () => {
  const first = await draftOrder(staff, 'mobile-20gb');
  const second = await draftOrder(staff, 'mobile-20gb');
  const { db } = central;
  await db
    .updateTable('reservations')
    .set({ endedAt: new Date(), endReason: 'released' })
    .where('draftId', '=', first.draftId)
    .execute();
  const items = [...first.items.slice(0, 1), ...second.items.slice(1)];
  const outcomes = await Promise.allSettled([staff.orders.create(first), staff.orders.create({ ...second, items })]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const rejected = outcomes.find((outcome) => outcome.status === 'rejected');
  expect(rejected?.reason).toMatchObject({ code: 'item_not_available' });
});

describe('add-ons (AO)', () => {
  test('a boost changes the balance of the service at once, and is used before the plan', async () => {
    const plan = await orderPlan(staff);
    await endOfJob(staff, plan.provisioningJobId);
    const serviceId = plan.serviceId ?? 0;
    const data = async () =>
      (await staff.services.balances({ id: serviceId })).items.filter(({ type }) => type === 'data');
    expect((await data()).map(({ total }) => total)).toEqual([20_000_000_000]);
    const order = await orderPlan(staff, 'data-boost-5gb', { serviceId });
    expect(order.serviceId).toBe(serviceId);
    const job = await endOfJob(staff, order.provisioningJobId);
    expect(job.status).toBe('succeeded');
    expect(job.tasks.map(({ key }) => key)).toEqual([
      'validate_customer',
      'add_data',
      'verify_balance',
      'send_confirmation_email',
    ]);
    expect((await data()).map(({ total, weight }) => [total, weight])).toEqual([
      [5_000_000_000, 20],
      [20_000_000_000, 30],
    ]);
    const service = await staff.services.get({ id: serviceId });
    expect(service.addons.map(({ orderId }) => orderId)).toEqual([order.id]);
    expect(service.lastJobId).toBe(job.id);
    expect(service.status).toBe('active');
  });

  test('cancelling a boost takes the data back and leaves the service in use', async () => {
    const plan = await orderPlan(staff);
    await endOfJob(staff, plan.provisioningJobId);
    await admin.demo.faults({ action: 'ocs.verifyBalance', times: 1, error: 'does not match' });
    const order = await orderPlan(staff, 'data-boost-5gb', { serviceId: plan.serviceId });
    expect((await endOfJob(staff, order.provisioningJobId)).status).toBe('failed');
    await staff.provisioning.cancel({ id: order.provisioningJobId });
    expect((await endOfJob(staff, order.provisioningJobId)).status).toBe('cancelled');
    const { service, buckets, items } = await traces(central, plan);
    expect(service.status).toBe('active');
    expect(buckets.filter(({ type }) => type === 'data')).toHaveLength(1);
    expect(items).toHaveLength(2);
  });

  test.each([
    ['no service named', () => undefined, 'order_incomplete'],
    [
      'a service of another customer',
      async () =>
        (await central.db.selectFrom('services').select('id').where('customerId', '=', 456).executeTakeFirstOrThrow())
          .id,
      'no_matching_service',
    ],
    ['a service that is not in use yet', pendingService, 'no_matching_service'],
  ])('%s is refused', async (_, service, code) => {
    const draft = await draftOrder(staff, 'data-boost-5gb', { serviceId: await service() });
    await expect(staff.orders.create(draft)).rejects.toMatchObject({ code });
  });

  async function pendingService(): Promise<number> {
    await admin.demo.faults({ action: 'crm.validateCustomer', times: 1, error: 'no' });
    const order = await orderPlan(staff);
    await endOfJob(staff, order.provisioningJobId);
    return order.serviceId ?? 0;
  }
});

describe('preflight', () => {
  const stateOf = async (draft: Awaited<ReturnType<typeof draftOrder>>) => {
    const { checks } = await staff.orders.preflight(draft);
    return Object.fromEntries(checks.map(({ key, state }) => [key, state]));
  };
  const good = {
    customer_open: 'ok',
    product_offered: 'ok',
    eligible: 'ok',
    complete: 'ok',
    items_held: 'ok',
    service_matches: 'ok',
    connectors_reachable: 'ok',
    payment_method: 'ok',
  };

  test('a complete draft of a customer with a card has nothing against it', async () => {
    expect(await stateOf(await draftOrder(staff, 'mobile-20gb'))).toEqual(good);
  });

  test('renewal without anything to charge is a warning (PA-13); without renewal it is none', async () => {
    const { id } = await newCustomer();
    const draft = await draftOrder(staff, 'mobile-20gb', { customerId: id, autoRenew: true });
    expect(await stateOf(draft)).toEqual({ ...good, payment_method: 'warning' });
    expect(await stateOf({ ...draft, autoRenew: false })).toEqual(good);
  });

  test('a hold that lapsed is a warning while the item is free, and a failure once it is someone’s', async () => {
    const draft = await draftOrder(staff, 'mobile-20gb');
    const { db } = central;
    await db
      .updateTable('reservations')
      .set({ endedAt: new Date(), endReason: 'lapsed' })
      .where('draftId', '=', draft.draftId)
      .execute();
    expect((await stateOf(draft)).items_held).toBe('warning');
    await staff.inventory.reserve({ itemId: draft.items[0]?.itemId ?? 0, draftId: uuid() });
    const { checks } = await staff.orders.preflight(draft);
    const items = checks.find(({ key }) => key === 'items_held');
    expect(items).toMatchObject({
      state: 'failed',
      data: { items: [{ reason: 'held_by_other' }, { reason: 'not_held' }] },
    });
  });

  test('all that is wrong is told at once', async () => {
    const { id } = await newCustomer();
    await staff.customers.change({ id, status: 'suspended' });
    const boost = await productBySlug(staff, 'data-boost-5gb');
    const draft = {
      draftId: uuid(),
      customerId: id,
      productId: boost.id,
      items: [{ template: 'sim_card', itemId: 2_000_000_000 }],
    };
    expect(await stateOf(draft)).toEqual({
      ...good,
      customer_open: 'failed',
      complete: 'failed',
      items_held: 'failed',
      service_matches: 'failed',
    });
  });

  test('it changes nothing', async () => {
    const before = await counts();
    await stateOf(await draftOrder(staff, 'mobile-20gb'));
    expect(await counts()).toEqual(before);
  });
});

test('a business order keeps its site, contacts, purchase order and cost centre', async () => {
  const { items: sites } = await staff.customers.sites({ id: JOHNSON_ENTERPRISES });
  const { items: contacts } = await staff.customers.contacts({ id: JOHNSON_ENTERPRISES });
  const product = (await staff.products.list({ customerType: 'business', limit: 200 })).items.find(
    ({ serviceType, category }) => serviceType === 'mobile' && category === 'plan',
  );
  const order = await orderPlan(staff, product?.slug ?? '', {
    customerId: JOHNSON_ENTERPRISES,
    siteId: sites[0]?.id,
    billingContactId: contacts[0]?.id,
    technicalContactId: contacts[0]?.id,
    purchaseOrder: 'PO-2025-001234',
    costCentre: 'CC-7',
  });
  const row = await central.db.selectFrom('orders').selectAll().where('id', '=', order.id).executeTakeFirstOrThrow();
  expect(row).toMatchObject({
    siteId: sites[0]?.id,
    billingContactId: contacts[0]?.id,
    purchaseOrder: 'PO-2025-001234',
    costCentre: 'CC-7',
  });
  expect((await endOfJob(staff, order.provisioningJobId)).status).toBe('succeeded');
});

test('orders are listed newest first, by customer, status and draft, page by page', async () => {
  const { id } = await newCustomer();
  const placed: number[] = [];
  for (let count = 0; count < 3; count += 1) {
    const order = await orderPlan(staff, 'mobile-20gb', { customerId: id });
    await endOfJob(staff, order.provisioningJobId);
    placed.unshift(order.id);
  }
  const page = await staff.orders.list({ customerId: id, limit: 2 });
  expect(page.items.map((order) => order.id)).toEqual(placed.slice(0, 2));
  const rest = await staff.orders.list({ customerId: id, limit: 2, cursor: page.nextCursor ?? '' });
  expect([rest.items.map((order) => order.id), rest.nextCursor]).toEqual([placed.slice(2), null]);
  expect((await staff.orders.list({ customerId: id, status: 'failed' })).items).toEqual([]);
  const [newest] = page.items;
  expect((await staff.orders.list({ draftId: newest?.draftId })).items.map((order) => order.id)).toEqual([newest?.id]);
  const { items: activity } = await staff.customers.activity({ id });
  expect(activity.map(({ action }) => action)).toContain('service.activated');
  expect(activity.filter(({ action }) => action === 'order.placed')).toHaveLength(3);
});
