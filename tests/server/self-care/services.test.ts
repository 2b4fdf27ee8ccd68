import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestCentral, type TestCentral } from '../../parts/central.ts';
import { auditOf, impersonate, type PortalVisitor, visit } from './portal-room.ts';

/** John Doe has a mobile service, Johnson Enterprises two, John Smith none. */
const DOE = 456;
const JOHNSON = 789;
const SMITH = 123;

let central: TestCentral;
let doe: PortalVisitor;
let johnson: PortalVisitor;
let smith: PortalVisitor;
beforeAll(async () => {
  central = await startTestCentral({ demo: 'small' });
  doe = await visit(central, { customerId: DOE });
  johnson = await visit(central, { customerId: JOHNSON });
  smith = await visit(central, { customerId: SMITH });
});
afterAll(() => central.stop());

const serviceOf = async (visitor: PortalVisitor) => (await visitor.get('/services')).body.items[0];

describe('services', () => {
  test('the card has what the seed lists, the number and the balances in their order', async () => {
    const answer = await doe.get('/services');
    expect(answer.status).toBe(200);
    const [service] = answer.body.items;
    expect(service).toMatchObject({
      name: 'Mobile - +44 7700 900456',
      product: { name: 'Mobile - 20 GB plan' },
      serviceType: 'mobile',
      msisdn: '+447700900456',
      monthlyCost: { amount: 1500, currency: 'GBP' },
      period: 'month',
    });
    expect(service.balances.map(({ type, order }: { type: string; order: number }) => [type, order])).toEqual([
      ['data', 1],
      ['voice', 1],
    ]);
  });

  test('no weight, IMSI, uuid or store leaves', async () => {
    const { id } = await serviceOf(doe);
    for (const path of ['/services', `/services/${id}`, `/services/${id}/balances`, '/dashboard']) {
      const { status, text } = await doe.get(path);
      expect(status).toBe(200);
      expect(text).not.toMatch(/weight|imsi|uuid|"store|puk|"ki"/i);
      expect(text).not.toContain('23415');
    }
  });

  test('the details name what it works with', async () => {
    const { id } = await serviceOf(doe);
    const { body } = await doe.get(`/services/${id}`);
    expect(body.items.map(({ templateName }: { templateName: string }) => templateName).sort()).toEqual([
      'Mobile Number',
      'SIM Card',
    ]);
    expect(
      body.items.find(({ templateName }: { templateName: string }) => templateName === 'SIM Card').identifier,
    ).toMatch(/^89/);
    expect(body).toMatchObject({ addOns: [], site: null });
  });

  test('pages follow each other without gaps', async () => {
    const first = await johnson.get('/services?limit=1');
    const second = await johnson.get(`/services?limit=1&cursor=${first.body.nextCursor}`);
    const all = await johnson.get('/services');
    expect([...first.body.items, ...second.body.items].map(({ id }) => id)).toEqual(
      all.body.items.map(({ id }: { id: number }) => id),
    );
    expect(second.body.nextCursor).toBeNull();
  });

  test.each(['x', 'eyJpZCI6InggJyJ9', 'eyJpZCI6LTF9', 'bnVsbA'])('cursor %s is refused', async (cursor) => {
    for (const path of ['/services', '/activity', '/invoices', '/transactions']) {
      const { status, body } = await doe.get(`${path}?cursor=${cursor}`);
      expect([status, body.code]).toEqual([422, 'invalid_input']);
    }
  });

  test('somebody without services has none, and an offer of plans', async () => {
    expect((await smith.get('/services')).body).toEqual({ items: [], nextCursor: null });
    expect((await smith.get('/dashboard')).body).toMatchObject({ services: [], serviceCount: 0 });
    const { items } = (await smith.get('/offers')).body;
    expect(items.map(({ kind }: { kind: string }) => kind)).not.toContain('add_on');
    expect(items.map(({ name }: { name: string }) => name)).toContain('Mobile - 20 GB plan');
    expect(items.map(({ name }: { name: string }) => name)).not.toContain('Mobile - 1 GB plan');
    expect(items.map(({ name }: { name: string }) => name)).not.toContain('Business Mobile - 50 GB plan');
  });

  test('what fits a service is offered for it: top-ups with what they give, and add-ons', async () => {
    const { id } = await serviceOf(doe);
    const { items } = (await doe.get(`/services/${id}/offers`)).body;
    expect(items.every(({ serviceType }: { serviceType: string }) => serviceType === 'mobile')).toBe(true);
    const boost = items.find(({ name }: { name: string }) => name === '5 GB data boost');
    expect(boost).toMatchObject({ kind: 'top_up', gives: { type: 'data', quantity: 5_000_000_000 }, recurring: null });
  });
});

describe('renewal', () => {
  test('is switched by the customer, once, and kept in the audit as theirs', async () => {
    const { id, autoRenew, name } = await serviceOf(doe);
    const before = (await auditOf(central, DOE)).at(-1)?.id ?? 0;
    const changed = await doe.call('PATCH', `/services/${id}`, { autoRenew: !autoRenew });
    expect([changed.status, changed.body.autoRenew]).toEqual([200, !autoRenew]);
    await doe.call('PATCH', `/services/${id}`, { autoRenew: !autoRenew });
    expect(await auditOf(central, DOE, before)).toMatchObject([
      {
        action: 'service.renewal_changed',
        actorKind: 'contact',
        effectiveId: null,
        detail: { name, autoRenew: !autoRenew },
      },
    ]);
  });

  test('switched by staff who may change through the customer’s eyes names both', async () => {
    const staff = await impersonate(central, { customerId: DOE, mayChange: true });
    const { id, autoRenew } = await serviceOf(staff);
    const before = (await auditOf(central, DOE)).at(-1)?.id ?? 0;
    expect((await staff.call('PATCH', `/services/${id}`, { autoRenew: !autoRenew })).status).toBe(200);
    expect(await auditOf(central, DOE, before)).toMatchObject([
      { actorKind: 'user', actorName: staff.staffName, effectiveName: 'John Doe' },
    ]);
  });

  test.each([
    ['expired', { status: 'expired' }],
    ['cancelled', { status: 'cancelled' }],
    ['one_off', { period: null }],
  ] as const)('of what is %s is refused, and says why', async (reason, change) => {
    const { id } = (await johnson.get('/services')).body.items[1];
    const row = await central.db.selectFrom('services').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
    await central.db.updateTable('services').set(change).where('id', '=', id).execute();
    try {
      const answer = await johnson.call('PATCH', `/services/${id}`, { autoRenew: true });
      expect([answer.status, answer.body.code, answer.body.data]).toEqual([409, 'renewal_fixed', { reason }]);
      expect((await johnson.get(`/services/${id}`)).body.actions).not.toContain('change_renewal');
    } finally {
      await central.db
        .updateTable('services')
        .set({ status: row.status, period: row.period })
        .where('id', '=', id)
        .execute();
    }
  });
});
