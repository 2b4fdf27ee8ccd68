import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultPreferences } from '#core/domain/portal.ts';
import { rawCall, startTestCentral, type TestCentral } from '../../parts/central.ts';
import { freshIccid } from '../inventory/central-stock.ts';
import { auditOf, impersonate, type PortalVisitor, visit } from './portal-room.ts';

const SMITH = 123;
const DOE = 456;
const JOHNSON = 789;

let central: TestCentral;
let smith: PortalVisitor;
let johnson: PortalVisitor;
beforeAll(async () => {
  central = await startTestCentral({ demo: 'small' });
  smith = await visit(central, { customerId: SMITH });
  johnson = await visit(central, { customerId: JOHNSON });
});
afterAll(() => central.stop());

const lastId = async (customerId: number) => (await auditOf(central, customerId)).at(-1)?.id ?? 0;

describe('the account', () => {
  test('a contact’s phone is theirs: the customer is found by the new one, not by the old', async () => {
    const before = await lastId(SMITH);
    const changed = await smith.call('PATCH', '/me', { phone: '+447700900777' });
    expect(changed.body).toMatchObject({ contact: { phone: '+447700900777' }, customer: { phone: '+1234567890' } });
    const sales = await central.asSales();
    expect((await sales.customers.list({ q: '+447700900777' })).items.map(({ id }) => id)).toEqual([SMITH]);
    expect(await auditOf(central, SMITH, before)).toMatchObject([{ action: 'contact.changed', actorKind: 'contact' }]);
  });

  test('where no contact is known, the phone is the customer’s, and its version counts up', async () => {
    const link = await visit(central, { customerId: DOE, mode: 'link', contactId: null });
    const sales = await central.asSales();
    const { version } = await sales.customers.get({ id: DOE });
    const { body } = await link.call('PATCH', '/me', { phone: null, language: 'pt' });
    expect(body).toMatchObject({ language: 'pt', contact: null, customer: { phone: null } });
    expect(await sales.customers.get({ id: DOE })).toMatchObject({ version: version + 1, language: 'pt', phone: null });
    expect((await link.get('/me')).body.language).toBe('pt');
  });

  test.each([{ phone: '07700' }, { phone: '' }, { phone: 5 }, { language: 'de' }, { language: null }])(
    '%j is refused',
    async (body) => {
      expect((await smith.call('PATCH', '/me', body)).body.code).toBe('invalid_input');
    },
  );

  test('people and places are shown, and nothing of who may sign in', async () => {
    const contacts = (await johnson.get('/account/contacts')).body.items;
    expect(contacts.map(({ name }: { name: string }) => name)).toEqual(['Jane Doe', 'Bob Smith', 'Mary Johnson']);
    expect(Object.keys(contacts[0]).sort()).toEqual(['email', 'id', 'name', 'phone', 'roles']);
    expect((await johnson.get('/account/sites')).body.items).toHaveLength(2);
  });
});

describe('what the customer wants to be told', () => {
  test('is the usual until it is changed, and each contact’s own', async () => {
    expect((await smith.get('/account/notifications')).body).toEqual(defaultPreferences);
    const wished = {
      ...defaultPreferences,
      frequency: 'weekly',
      thresholds: { ...defaultPreferences.thresholds, data: 25 },
    };
    expect((await smith.call('PUT', '/account/notifications', wished)).body).toEqual(wished);
    expect((await smith.get('/account/notifications')).body).toEqual(wished);
    const link = await visit(central, { customerId: SMITH, mode: 'link', contactId: null });
    expect((await link.get('/account/notifications')).body).toEqual(defaultPreferences);
  });

  test.each([0, 91, 10.5, '10', null])('a threshold of %j is refused', async (data) => {
    const wished = { ...defaultPreferences, thresholds: { ...defaultPreferences.thresholds, data } };
    expect((await smith.call('PUT', '/account/notifications', wished)).status).toBe(422);
  });
});

describe('keys of the customer’s own programs', () => {
  const make = (body: object) => johnson.call('POST', '/api-keys', body);
  const withKey = (key: string, method: string, path: string, body?: unknown) =>
    rawCall(central.url, method, `/portal/api/v1${path}`, { headers: { 'x-api-key': key }, body });

  test('AK-1: are for business customers', async () => {
    for (const [method, path, body] of [
      ['GET', '/api-keys', undefined],
      ['POST', '/api-keys', { name: 'Meter', access: 'read' }],
      ['DELETE', '/api-keys/1', undefined],
    ] as const) {
      expect((await smith.call(method, path, body)).body.code).toBe('forbidden');
    }
    expect((await smith.get('/me')).body.may.useApiKeys).toBe(false);
  });

  test('one is shown once, kept as a hash, and does what it may', async () => {
    const { status, body } = await make({ name: 'Meter', access: 'read' });
    expect(status).toBe(201);
    expect(body).toMatchObject({ name: 'Meter', access: 'read', status: 'active', lastUsedAt: null });
    expect(body.hint).toBe(`${body.key.slice(0, 6)}…${body.key.slice(-4)}`);
    expect((await johnson.get('/api-keys')).text).not.toContain(body.key);
    const rows = await central.db.selectFrom('portalApiKeys').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(body.key);

    const { items } = (await withKey(body.key, 'GET', '/services')).body;
    expect(items).toHaveLength(2);
    expect((await withKey(body.key, 'PATCH', `/services/${items[0].id}`, { autoRenew: true })).body.code).toBe(
      'forbidden',
    );
    expect((await withKey(body.key, 'GET', '/account/notifications')).body.code).toBe('forbidden');
    const [listed] = (await johnson.get('/api-keys')).body.items;
    expect(listed.lastUsedAt).not.toBeNull();
  });

  test('one that may write changes a renewal, and the audit names it', async () => {
    const { key } = (await make({ name: 'Robot', access: 'read_write' })).body;
    const [{ id, autoRenew }] = (await withKey(key, 'GET', '/services')).body.items;
    const before = await lastId(JOHNSON);
    const changed = await withKey(key, 'PATCH', `/services/${id}`, { autoRenew: !autoRenew });
    expect(changed.body).toMatchObject({ autoRenew: !autoRenew });
    expect(changed.body.actions).not.toContain('show_esim');
    expect(await auditOf(central, JOHNSON, before)).toMatchObject([{ actorKind: 'portal_key', actorName: 'Robot' }]);
    const { items } = (await johnson.get('/activity')).body;
    expect(items[0]).toMatchObject({ action: 'service.renewal_changed', actor: 'program', actorName: 'Robot' });
  });

  test('revoked is refused at once; revoking it again is harmless', async () => {
    const { key, id } = (await make({ name: 'Gone', access: 'read' })).body;
    expect((await johnson.call('DELETE', `/api-keys/${id}`)).status).toBe(204);
    expect((await johnson.call('DELETE', `/api-keys/${id}`)).status).toBe(204);
    expect((await withKey(key, 'GET', '/services')).body.code).toBe('unauthorized');
    const { items } = (await johnson.get('/api-keys')).body;
    expect(items.find((item: { id: number }) => item.id === id).status).toBe('revoked');
  });

  test('an end that is past is refused', async () => {
    const expiresAt = '2020-01-01T00:00:00.000Z';
    expect((await make({ name: 'Late', access: 'read', expiresAt })).body.code).toBe('invalid_input');
  });
});

describe('the activity', () => {
  test('IM-7: shows that staff came, who and why; other staff stay without a name', async () => {
    const staff = await impersonate(central, { customerId: SMITH, mayChange: true, reason: 'Ticket 77' });
    await staff.call('PUT', '/account/notifications', defaultPreferences);
    await (await central.asSales()).customers.createContact({ id: SMITH, name: 'Ann Smith', roles: ['other'] });
    expect((await staff.call('POST', '/api-keys', { name: 'x', access: 'read' })).body.code).toBe(
      'not_while_impersonating',
    );
    const { items } = (await smith.get('/activity')).body;
    expect(items.slice(0, 3)).toMatchObject([
      {
        action: 'impersonation.refused',
        actor: 'staff',
        actorName: staff.staffName,
        impersonated: true,
        detail: { reason: 'Ticket 77' },
      },
      {
        action: 'contact.created',
        actor: 'staff',
        actorName: null,
        impersonated: false,
        detail: { name: 'Ann Smith' },
      },
      { action: 'notifications.changed', actor: 'staff', actorName: staff.staffName, impersonated: true },
    ]);
    expect((await smith.get('/activity')).text).not.toContain('Sofia Marin');
  });

  test('pages follow each other without gaps', async () => {
    const all = (await smith.get('/activity')).body.items.map(({ id }: { id: number }) => id);
    const seen: number[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { body } = await smith.get(`/activity?limit=1&cursor=${cursor}`);
      seen.push(...body.items.map(({ id }: { id: number }) => id));
      cursor = body.nextCursor;
    }
    expect(seen).toEqual(all);
  });
});

describe('an eSIM', () => {
  const CODE = /^LPA:1\$smdp\.comptoir\.test\$[0-9A-F]{16}$/;
  const mobileOf = async (visitor: PortalVisitor) => (await visitor.get('/services')).body.items[0];

  test('shows its code to its customer, each look in the audit; a list never does', async () => {
    const doe = await visit(central, { customerId: DOE });
    const { id, actions } = await mobileOf(doe);
    expect(actions).toContain('show_esim');
    const before = await lastId(DOE);
    const shown = await doe.get(`/services/${id}/esim`);
    expect([shown.status, shown.body]).toEqual([
      200,
      { iccid: expect.stringMatching(/^89\d+$/), activationCode: expect.stringMatching(CODE) },
    ]);
    const entries = await auditOf(central, DOE, before);
    expect(entries).toMatchObject([{ action: 'service.esim_shown', actorKind: 'contact' }]);
    expect(JSON.stringify(entries)).not.toContain('LPA:');
    for (const path of ['/services', `/services/${id}`, '/dashboard', '/activity'])
      expect((await doe.get(path)).text).not.toContain('LPA:');
  });

  test('is for nobody but the customer, and only while the service is in use', async () => {
    const staff = await impersonate(central, { customerId: DOE, mayChange: true });
    const { id } = await mobileOf(staff);
    expect((await staff.get(`/services/${id}/esim`)).body.code).toBe('not_while_impersonating');
    await central.db.updateTable('services').set({ status: 'suspended' }).where('id', '=', id).execute();
    const doe = await visit(central, { customerId: DOE });
    expect((await doe.get(`/services/${id}/esim`)).status).toBe(404);
    await central.db.updateTable('services').set({ status: 'active' }).where('id', '=', id).execute();
  });

  test('is received one by one or by a file, sealed, and shown to no member of staff', async () => {
    const admin = await central.asAdmin();
    const iccid = freshIccid();
    const code = 'LPA:1$smdp.test$SECRET-ONE';
    const item = await admin.inventory.createItem({
      template: 'sim_card',
      identifiers: { iccid },
      storeId: 1,
      esimActivationCode: code,
    });
    expect(JSON.stringify(item)).not.toContain('SECRET-ONE');
    const content = `iccid,esim_activation_code\n${freshIccid()},LPA:1$smdp.test$SECRET-TWO\n${freshIccid()},LPA:nonsense\n`;
    const { rows, counts } = await admin.inventory.createImport({ content, storeId: 1 });
    expect(counts).toMatchObject({ created: 1, failed: 1 });
    expect(JSON.stringify(rows)).not.toMatch(/SECRET|nonsense/);
    const { rows: sealed } = await central.central.deps.connection.pool.query(
      'select has_esim, sealed::text from item_secrets',
    );
    expect(sealed.filter(({ has_esim }) => has_esim).length).toBeGreaterThan(2);
    expect(JSON.stringify(sealed)).not.toContain('SECRET');
    const bad = admin.inventory.createItem({
      template: 'sim_card',
      identifiers: { iccid: freshIccid() },
      storeId: 1,
      esimActivationCode: 'x',
    });
    await expect(bad).rejects.toMatchObject({ code: 'invalid_input' });
  });
});
