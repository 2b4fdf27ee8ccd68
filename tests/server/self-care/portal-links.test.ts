import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { centralContract } from '#core/contract/central.ts';
import { portalMeSchema } from '#core/domain/portal.ts';
import { routesOf } from '../../../src/server/http/openapi.ts';
import { type CentralClient, clientOf, rawCall, startTestCentral, type TestCentral } from '../../parts/central.ts';

const JOHN = 123;
const BUSINESS = 789;

let central: TestCentral;
let admin: CentralClient;
/** The operator's own web site: a program with this one right. */
let site: CentralClient;
let siteKey: string;
beforeAll(async () => {
  central = await startTestCentral({ demo: 'small' });
  admin = await central.asAdmin();
  siteKey = (await admin.apiKeys.create({ name: 'Web site', permissions: ['open_portal'] })).key;
  site = clientOf(central.url, { apiKey: siteKey });
});
afterAll(() => central.stop());

function open(url: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url, { redirect: 'manual', headers });
}

async function meOf(entered: Response) {
  const cookie = entered.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const answer = await rawCall(central.url, 'GET', '/portal/api/v1/me', { headers: { cookie } });
  return portalMeSchema.parse(answer.body);
}

function auditOf(customerId: number) {
  return central.db
    .selectFrom('auditEntries')
    .select(['action', 'actorKind', 'actorName', 'detail'])
    .where('customerId', '=', customerId)
    .orderBy('id', 'desc')
    .limit(5)
    .execute();
}

describe('an address for the operator’s own site', () => {
  test('lets a customer in with the primary contact, in the language and the section asked for', async () => {
    const { url, expiresAt } = await site.portal.createLink({ customerId: JOHN, language: 'fr', section: 'billing' });
    expect(url).toMatch(new RegExp(`^${central.url}/portal/enter\\?link=cpl_[\\w-]{20,}$`));
    const left = Date.parse(expiresAt) - central.central.deps.clock.now().getTime();
    expect(left).toBeGreaterThan(4.5 * 60_000);
    expect(left).toBeLessThanOrEqual(5 * 60_000);
    const entered = await open(url);
    expect([entered.status, entered.headers.get('location')]).toEqual([303, '/portal/billing']);
    expect(entered.headers.get('cache-control')).toBe('no-store');
    expect(entered.headers.get('referrer-policy')).toBe('no-referrer');
    expect(entered.headers.getSetCookie()[0]).toMatch(/HttpOnly; SameSite=Lax/);
    const me = await meOf(entered);
    expect(me).toMatchObject({ mode: 'link', language: 'fr', customer: { id: JOHN }, contact: { name: 'John Smith' } });
  });

  test('is told in the audit by whoever made it, and its opening too', async () => {
    const { url } = await site.portal.createLink({ customerId: JOHN, section: 'usage' });
    await open(url);
    const [entered, created] = await auditOf(JOHN);
    expect(created).toMatchObject({
      action: 'portal_link.created',
      actorKind: 'api_key',
      actorName: 'Web site',
      detail: { section: 'usage', contactId: expect.any(Number) },
    });
    expect(entered).toMatchObject({ action: 'portal.entered_by_link', detail: { ip: '127.0.0.1' } });
    expect(JSON.stringify([entered, created])).not.toContain('cpl_');
  });

  test('for a contact the session is that contact’s, whoever is primary', async () => {
    const contact = await admin.customers.createContact({ id: BUSINESS, name: 'Tina Tech', roles: ['technical'] });
    const { url } = await site.portal.createLink({ contactId: contact.id });
    const me = await meOf(await open(url));
    expect(me).toMatchObject({ account: null, contact: { id: contact.id }, customer: { id: BUSINESS } });
  });

  test('a customer without contacts gets in as the customer', async () => {
    const lonely = await admin.customers.create({ name: 'Lone Ranger', type: 'individual', allowDuplicate: true });
    await central.db.deleteFrom('contacts').where('customerId', '=', lonely.id).execute();
    const { url } = await site.portal.createLink({ customerId: lonely.id });
    expect(await meOf(await open(url))).toMatchObject({ account: null, contact: null, customer: { id: lonely.id } });
  });

  test('is made by an admin too, and by nobody else', async () => {
    expect((await admin.portal.createLink({ customerId: JOHN })).url).toContain('/portal/enter?link=');
    for (const someone of [await central.asSales(), await central.asSupport(), central.client()])
      await expect(someone.portal.createLink({ customerId: JOHN })).rejects.toMatchObject({
        code: expect.stringMatching(/^(forbidden|unauthorized)$/),
      });
  });
});

describe('what such an address is worth', () => {
  test('it works once: whoever opens it again is sent to sign in, and that is audited', async () => {
    const { url } = await site.portal.createLink({ customerId: JOHN });
    const first = await open(url);
    const again = await open(url);
    expect([again.status, again.headers.get('location')]).toEqual([303, '/portal/sign-in?notice=link_gone']);
    expect(again.headers.getSetCookie()).toEqual([]);
    expect((await auditOf(JOHN))[0]).toMatchObject({ action: 'portal.link_refused', detail: { refused: 'used' } });
    // The one who got in stays in.
    expect((await meOf(first)).customer.id).toBe(JOHN);
  });

  test('of twenty that open it at once, one gets in', async () => {
    const { url } = await site.portal.createLink({ customerId: JOHN });
    const answers = await Promise.all(Array.from({ length: 20 }, () => open(url)));
    expect(answers.filter((answer) => answer.headers.getSetCookie().length > 0)).toHaveLength(1);
  });

  test('it lapses after 5 minutes', async () => {
    const { url } = await site.portal.createLink({ customerId: JOHN });
    await central.advance(5 * 60);
    expect((await open(url)).headers.get('location')).toBe('/portal/sign-in?notice=link_gone');
    expect((await auditOf(JOHN))[0]).toMatchObject({ action: 'portal.link_refused', detail: { refused: 'lapsed' } });
  });

  test('a browser that only looks ahead does not use it up', async () => {
    const { url } = await site.portal.createLink({ customerId: JOHN });
    expect((await open(url, { 'sec-purpose': 'prefetch;prerender' })).status).toBe(503);
    expect((await open(url)).headers.get('location')).toBe('/portal/');
  });

  test.each(['', 'cpl_guess', 'x'.repeat(5_000), "' or 1=1 --", '%00', '\u0000'])(
    'one that was made up leads to the sign-in and leaves no trace: %j',
    async (link) => {
      const before = await auditOf(JOHN);
      const answer = await open(`${central.url}/portal/enter?link=${encodeURIComponent(link)}`);
      expect([answer.status, answer.headers.get('location')]).toEqual([303, '/portal/sign-in?notice=link_gone']);
      expect(await auditOf(JOHN)).toEqual(before);
    },
  );

  test.each([
    '&next=https://evil.example',
    '&section=//evil.example',
    '&redirect=%2F%2Fevil.example',
    '#//evil.example',
  ])('it never leads anywhere but to the portal, whatever is added: %s', async (added) => {
    const { url } = await site.portal.createLink({ customerId: JOHN, section: 'account' });
    expect((await open(`${url}${added}`)).headers.get('location')).toBe('/portal/account');
  });

  test('after a 1 hour session the cookie is worth nothing', async () => {
    const { url } = await site.portal.createLink({ customerId: JOHN });
    const entered = await open(url);
    await central.advance(60 * 60 + 1);
    const cookie = entered.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const answer = await rawCall(central.url, 'GET', '/portal/api/v1/me', { headers: { cookie } });
    expect([answer.status, answer.body.code]).toEqual([401, 'session_ended']);
  });

  test('in a frame of another site its cookie is that frame’s own, elsewhere the usual one', async () => {
    const framed = { 'sec-fetch-dest': 'iframe', 'sec-fetch-site': 'cross-site' };
    const { url } = await site.portal.createLink({ customerId: JOHN });
    expect((await open(url, framed)).headers.getSetCookie()[0]).toMatch(/HttpOnly; Secure; Partitioned; SameSite=None/);
    const other = await site.portal.createLink({ customerId: JOHN });
    const redirected = await open(other.url, { 'sec-fetch-dest': 'document', 'sec-fetch-site': 'cross-site' });
    expect(redirected.headers.getSetCookie()[0]).not.toMatch(/SameSite=None|Partitioned/i);
  });
});

describe('what is refused', () => {
  // The clock went on since the last sign-in.
  beforeAll(async () => {
    admin = await central.asAdmin();
  });

  test.each(['closed', 'archived'] as const)(
    'a customer who is %s, also when that happened after it was made',
    async (status) => {
      const customer = await admin.customers.create({
        name: `Gone ${status}`,
        type: 'individual',
        allowDuplicate: true,
      });
      const { url } = await site.portal.createLink({ customerId: customer.id });
      await central.db.updateTable('customers').set({ status }).where('id', '=', customer.id).execute();
      await expect(site.portal.createLink({ customerId: customer.id })).rejects.toMatchObject({
        code: 'customer_not_open',
        data: { status },
      });
      expect((await open(url)).headers.get('location')).toBe('/portal/sign-in?notice=link_gone');
    },
  );

  test('one who is suspended gets in, for they have to pay', async () => {
    const customer = await admin.customers.create({ name: 'Late Payer', type: 'individual', allowDuplicate: true });
    await central.db.updateTable('customers').set({ status: 'suspended' }).where('id', '=', customer.id).execute();
    expect((await site.portal.createLink({ customerId: customer.id })).url).toContain('cpl_');
  });

  test('an unknown customer or contact, also by a desk’s own number', async () => {
    for (const customerId of [99_999_999, -5])
      await expect(site.portal.createLink({ customerId })).rejects.toMatchObject({
        code: 'not_found',
        data: { what: 'customer' },
      });
    await expect(site.portal.createLink({ contactId: 99_999_999 })).rejects.toMatchObject({
      code: 'not_found',
      data: { what: 'contact' },
    });
  });

  test.each([
    {},
    { customerId: JOHN, contactId: 1 },
    { customerId: 'x' },
    { customerId: JOHN, section: 'https://evil.example' },
    { customerId: JOHN, section: '../../api' },
    { customerId: JOHN, language: 'de' },
  ])('input that is none: %j', async (body) => {
    const headers = { 'x-api-key': siteKey, 'idempotency-key': crypto.randomUUID() };
    const answer = await rawCall(central.url, 'POST', '/api/v1/portal-links', { headers, body });
    expect([answer.status, answer.body.code]).toEqual([422, 'invalid_input']);
  });

  test('the same Idempotency-Key gives the same address, not a second one', async () => {
    const idempotencyKey = crypto.randomUUID();
    const made = await Promise.all(
      [1, 2, 3].map(() => site.portal.createLink({ customerId: JOHN }, { context: { idempotencyKey } })),
    );
    expect(new Set(made.map(({ url }) => url)).size).toBe(1);
  });
});

describe('the key of the operator’s site', () => {
  const guarded = routesOf(centralContract).filter(
    ({ meta }) => !['public', 'desk', 'signed_in', 'open_portal'].includes(meta.access ?? ''),
  );
  test.each(guarded.map(({ route }) => [route.method ?? '', (route.path ?? '').replace(/\{\w+\}/g, '1')]))(
    'may not %s %s',
    async (method, path) => {
      const answer = await rawCall(central.url, method, `/api/v1${path}`, {
        headers: { 'x-api-key': siteKey, 'idempotency-key': crypto.randomUUID() },
        body: method === 'GET' ? undefined : {},
      });
      expect([answer.status, answer.body.code]).toEqual([403, 'forbidden']);
    },
  );

  test('opens nothing of the portal’s own API', async () => {
    for (const path of ['/me', '/services', '/dashboard', '/account/contacts']) {
      const answer = await rawCall(central.url, 'GET', `/portal/api/v1${path}`, { headers: { 'x-api-key': siteKey } });
      expect([401, 404]).toContain(answer.status);
    }
  });
});
