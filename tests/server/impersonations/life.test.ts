import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sweepImpersonations } from '../../../src/server/impersonations/sweep.ts';
import { type CentralClient, rawCall, signInTo, startTestCentral, type TestCentral } from '../../parts/central.ts';
import { type MailServer, startMailServer } from '../../parts/smtp.ts';
import { waitUntil } from '../../parts/wait.ts';
import { addAccount, auditOf, openView } from './room.ts';

const reason = 'The bill does not show';
const minutes = (count: number) => count * 60;

let central: TestCentral;
let smtp: MailServer;
beforeAll(async () => {
  smtp = await startMailServer();
  central = await startTestCentral({ env: { SMTP_URL: smtp.url } });
});
afterAll(async () => {
  await central.stop();
  await smtp.stop();
});

/** Somebody of support who looks through a customer's eyes, in a view of their own. */
async function looking(staff?: CentralClient) {
  const client = staff ?? (await central.asNew({ roles: ['support'], name: 'Sue' }));
  const account = await addAccount(central);
  const view = openView(central);
  const begun = await client.impersonations.start({
    contactId: account.contactId,
    reason,
    viewKeyHash: view.keyHash,
  });
  expect(await view.enter(begun.portalUrl)).toBe('/portal/');
  const me = await view.me();
  return { client, account, view, begun, me };
}

describe('looking through a customer’s eyes', () => {
  it('shows the contact’s own portal, reading only, with who really looks, why and how long', async () => {
    const { client, account, begun, me } = await looking();
    expect(begun.portalUrl.startsWith(`${central.url}/portal/enter?link=`)).toBe(true);
    expect(me).toMatchObject({
      mode: 'impersonation',
      customer: { id: account.customerId },
      contact: { id: account.contactId },
      account: { email: account.email },
      impersonation: { id: begun.id, staffName: 'Sue', reason, mayChange: false },
      may: { change: false, changeSecurity: false },
    });
    const state = await client.impersonations.get({ id: begun.id });
    expect(state).toMatchObject({ endedAt: null, endReason: null, mayChange: false, staffName: 'Sue' });
    expect(state.enteredAt).not.toBeNull();
    const lasts = new Date(state.expiresAt).getTime() - new Date(state.startedAt).getTime();
    expect(lasts).toBe(30 * 60_000);
  });

  it('is told to the customer by mail, with who, when and why', async () => {
    const { account } = await looking();
    const mine = () => smtp.received.filter(({ to }) => to.includes(account.email));
    await waitUntil(() => mine().length > 0, 'the mail');
    expect(mine()).toHaveLength(1);
    expect(mine()[0]?.raw).toContain('Sue');
    expect(mine()[0]?.raw).toContain(reason);
  });

  it('takes a second step for changes, and even then not for what protects the account', async () => {
    const { client, account, view, begun } = await looking();
    const before = await view.call('PATCH', '/services/1', { autoRenew: false });
    expect(before.body.code).not.toBe('not_while_impersonating');
    const allowed = await view.call('POST', '/impersonation/allow-changes', {});
    expect(allowed.body).toMatchObject({ impersonation: { mayChange: true }, may: { change: true } });
    expect(await client.impersonations.allowChanges({ id: begun.id })).toMatchObject({ mayChange: true });
    const lines = await auditOf(central, account);
    expect(lines.map(({ action }) => action)).toEqual([
      'impersonation.started',
      'impersonation.entered',
      'impersonation.changes_allowed',
    ]);
    expect(lines.map(({ actorName, effectiveName }) => [actorName, effectiveName])).toEqual(
      lines.map(() => ['Sue', account.name]),
    );
    expect(lines[0]?.detail).toMatchObject({ reason, impersonationId: begun.id });
  });

  it('ends by the page’s own button, and its cookie is dead at once', async () => {
    const { client, account, view, begun } = await looking();
    expect((await view.call('POST', '/impersonation/end', {})).status).toBe(204);
    expect(await view.call('GET', '/me')).toMatchObject({ status: 401, body: { data: { reason: 'ended' } } });
    expect(await client.impersonations.get({ id: begun.id })).toMatchObject({ endReason: 'ended' });
    expect((await auditOf(central, account)).at(-1)).toMatchObject({
      action: 'impersonation.ended',
      actorName: 'Sue',
      effectiveName: account.name,
    });
  });

  it('ends when the customer’s own sign-out is pressed in it', async () => {
    const { client, view, begun } = await looking();
    expect((await view.call('POST', '/auth/logout', {})).status).toBe(204);
    expect(await client.impersonations.get({ id: begun.id })).toMatchObject({ endReason: 'ended' });
  });

  it('two Ends at once, and a third later: it ends once, and all are content', async () => {
    const { client, account, view, begun } = await looking();
    await Promise.all([client.impersonations.end({ id: begun.id }), client.impersonations.end({ id: begun.id })]);
    await client.impersonations.end({ id: begun.id });
    const ends = (await auditOf(central, account)).filter(({ action }) => action === 'impersonation.ended');
    expect(ends).toHaveLength(1);
    expect((await view.call('GET', '/me')).status).toBe(401);
  });

  it('nothing can be allowed once it is over', async () => {
    const { client, begun } = await looking();
    await client.impersonations.end({ id: begun.id });
    await expect(client.impersonations.allowChanges({ id: begun.id })).rejects.toMatchObject({
      code: 'impersonation_over',
      data: { reason: 'ended' },
    });
  });

  it('is one at a time for each member of staff: two that begin at once leave one alive', async () => {
    const { client, view } = await looking();
    const others = await Promise.all([addAccount(central, 'Bo'), addAccount(central, 'Cy')]);
    const begun = await Promise.all(
      others.map(({ contactId }) => client.impersonations.start({ contactId, reason, viewKeyHash: view.keyHash })),
    );
    expect(await view.call('GET', '/me')).toMatchObject({ status: 401, body: { data: { reason: 'replaced' } } });
    const states = await Promise.all(begun.map(({ id }) => client.impersonations.get({ id })));
    expect(states.map(({ endReason }) => endReason).toSorted()).toEqual(['replaced', null].toSorted());
  });

  it('the same start sent twice under one key begins one', async () => {
    const client = await central.asNew({ roles: ['support'] });
    const { contactId, customerId } = await addAccount(central);
    const context = { idempotencyKey: uuid() };
    const [first, again] = [
      await client.impersonations.start({ contactId, reason }, { context }),
      await client.impersonations.start({ contactId, reason }, { context }),
    ];
    expect(again).toEqual(first);
    expect(await auditOf(central, { customerId })).toHaveLength(1);
  });

  it('keeps what the view refused, though a page that tries without end does not fill the audit', async () => {
    const { client, account, begun } = await looking();
    for (let tries = 0; tries < 53; tries++) {
      await client.impersonations.noteBlocked({
        id: begun.id,
        kind: 'navigation',
        target: 'https://elsewhere.example/',
      });
    }
    const kept = (await auditOf(central, account)).filter(({ action }) => action === 'impersonation.blocked');
    expect(kept).toHaveLength(50);
    expect(kept[0]).toMatchObject({
      actorName: 'Sue',
      effectiveName: account.name,
      detail: { kind: 'navigation', target: 'https://elsewhere.example/' },
    });
  });
});

describe('its end comes by itself', () => {
  it('after 30 minutes, whatever is done in it', async () => {
    const { account, view } = await looking();
    for (let passed = 0; passed < 27; passed += 9) {
      await central.advance(minutes(9));
      expect((await view.call('GET', '/me')).status).toBe(200);
    }
    await central.advance(minutes(3));
    expect(await view.call('GET', '/me')).toMatchObject({ status: 401, body: { data: { reason: 'expired' } } });
    expect((await auditOf(central, account)).at(-1)?.detail).toMatchObject({ reason: 'expired' });
  });

  it('after 10 idle minutes; what the page asks by itself is no act', async () => {
    const { account, view } = await looking();
    await central.advance(minutes(6));
    expect((await view.call('GET', '/me', undefined, { 'x-comptoir-background': '1' })).status).toBe(200);
    await central.advance(minutes(5));
    expect(await view.call('GET', '/me')).toMatchObject({ status: 401, body: { data: { reason: 'idle' } } });
    expect((await auditOf(central, account)).at(-1)).toMatchObject({
      action: 'impersonation.ended',
      actorKind: 'system',
      effectiveName: account.name,
      detail: { reason: 'idle' },
    });
  });

  it('also where nobody asks any more: the audit has its end', async () => {
    const { account, client, begun } = await looking();
    await central.advance(minutes(11));
    expect(await client.impersonations.get({ id: begun.id })).toMatchObject({ endReason: 'idle' });
    await sweepImpersonations(central.central.deps);
    await sweepImpersonations(central.central.deps);
    const ends = (await auditOf(central, account)).filter(({ action }) => action === 'impersonation.ended');
    expect(ends).toHaveLength(1);
  });

  it('when the member of staff signs out', async () => {
    const email = `${uuid()}@test.comptoir.test`;
    const admin = await central.asAdmin();
    await admin.users.create({ name: 'Lea', email, password: 'Comptoir!2026', roles: ['support'] });
    const session = await signInTo(central.url, email);
    const { account, view } = await looking(session.client);
    await session.client.auth.logout({ refreshToken: session.refreshToken });
    expect(await view.call('GET', '/me')).toMatchObject({
      status: 401,
      body: { data: { reason: 'staff_signed_out' } },
    });
    expect((await auditOf(central, account)).at(-1)).toMatchObject({
      action: 'impersonation.ended',
      actorName: 'Lea',
      detail: { reason: 'staff_signed_out' },
    });
  });

  it('when the right to it is taken away', async () => {
    const { client, account, view } = await looking();
    await (await central.asAdmin()).users.change({ id: (await client.me()).id, roles: ['sales'] });
    expect(await view.call('GET', '/me')).toMatchObject({ body: { data: { reason: 'permission_revoked' } } });
    expect((await auditOf(central, account)).at(-1)).toMatchObject({
      actorName: 'Ada Admin',
      detail: { reason: 'permission_revoked' },
    });
  });

  it('when the member of staff is disabled', async () => {
    const { client, view } = await looking();
    await (await central.asAdmin()).users.change({ id: (await client.me()).id, enabled: false });
    expect(await view.call('GET', '/me')).toMatchObject({ body: { data: { reason: 'staff_disabled' } } });
  });

  it('when the contact’s account is disabled', async () => {
    const { client, account, view, begun } = await looking();
    await central.db
      .updateTable('portalAccounts')
      .set({ enabled: false })
      .where('id', '=', account.accountId)
      .execute();
    expect(await view.call('GET', '/me')).toMatchObject({ body: { data: { reason: 'account_disabled' } } });
    expect(await client.impersonations.get({ id: begun.id })).toMatchObject({ endReason: 'account_disabled' });
  });

  it('when the contact is gone', async () => {
    const { client, account, view, begun } = await looking();
    await central.db.deleteFrom('contacts').where('id', '=', account.contactId).execute();
    expect((await view.call('GET', '/me')).status).toBe(401);
    await expect(client.impersonations.get({ id: begun.id })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('when its portal session is ended from elsewhere', async () => {
    const { client, account, view, begun } = await looking();
    await central.db
      .updateTable('portalSessions')
      .set({ endedAt: new Date(), endReason: 'signed_out' })
      .where('accountId', '=', account.accountId)
      .execute();
    expect((await view.call('GET', '/me')).status).toBe(401);
    expect(await client.impersonations.get({ id: begun.id })).toMatchObject({ endReason: 'signed_out' });
  });
});

describe('what is stolen is worth nothing', () => {
  it('cookies that left the view: the session is over at once, and the audit says from where they came', async () => {
    const { account, view } = await looking();
    const stolen = await rawCall(central.url, 'GET', '/portal/api/v1/me', {
      headers: { cookie: view.cookie(), 'user-agent': 'thief' },
    });
    expect(stolen).toMatchObject({ status: 401, body: { code: 'session_ended', data: { reason: 'copied' } } });
    expect(await view.call('GET', '/me')).toMatchObject({ status: 401, body: { data: { reason: 'copied' } } });
    const lines = await auditOf(central, account);
    expect(lines.slice(-2).map(({ action }) => action)).toEqual(['impersonation.ended', 'impersonation.copied']);
    expect(lines.at(-1)?.detail).toMatchObject({ device: 'thief' });
  });

  it('cookies that left the tab: the same, known by the browser', async () => {
    const client = await central.asNew({ roles: ['support'] });
    const account = await addAccount(central);
    const tab = openView(central, false);
    const begun = await client.impersonations.start({ contactId: account.contactId, reason });
    await tab.enter(begun.portalUrl);
    expect((await tab.call('GET', '/me')).status).toBe(200);
    const stolen = await tab.call('GET', '/me', undefined, { 'user-agent': 'thief' });
    expect(stolen).toMatchObject({ status: 401, body: { code: 'session_ended', data: { reason: 'copied' } } });
    expect(await tab.call('GET', '/me')).toMatchObject({ status: 401, body: { data: { reason: 'copied' } } });
    expect(await client.impersonations.get({ id: begun.id })).toMatchObject({ endReason: 'copied' });
    expect((await auditOf(central, account)).at(-1)?.detail).toMatchObject({ device: 'thief' });
  });

  it('cookies with another view’s key are no better', async () => {
    const { view } = await looking();
    const stolen = await rawCall(central.url, 'GET', '/portal/api/v1/me', {
      headers: { cookie: view.cookie(), 'x-comptoir-view': 'x'.repeat(43) },
    });
    expect(stolen.body).toMatchObject({ data: { reason: 'copied' } });
  });

  it('an address that was used opens nothing a second time, and that is kept', async () => {
    const { account, view, begun } = await looking();
    expect(await view.enter(begun.portalUrl)).toContain('notice=link_gone');
    expect((await auditOf(central, account)).at(-1)).toMatchObject({
      action: 'impersonation.link_refused',
      effectiveName: account.name,
      detail: { refused: 'used' },
    });
  });

  it('an address in another browser than the desk’s view opens nothing, and the view still can', async () => {
    const client = await central.asNew({ roles: ['support'] });
    const account = await addAccount(central);
    const view = openView(central);
    const { portalUrl } = await client.impersonations.start({
      contactId: account.contactId,
      reason,
      viewKeyHash: view.keyHash,
    });
    expect(await openView(central, false).enter(portalUrl)).toContain('notice=link_gone');
    expect(await openView(central).enter(portalUrl)).toContain('notice=link_gone');
    const refused = (await auditOf(central, account)).slice(-2);
    expect(refused.map(({ detail }) => detail.refused)).toEqual(['other_view', 'other_view']);
    expect(await view.enter(portalUrl)).toBe('/portal/');
  });

  it('an address that two open at once lets one in', async () => {
    const client = await central.asNew({ roles: ['support'] });
    const { contactId } = await addAccount(central);
    const { portalUrl } = await client.impersonations.start({ contactId, reason });
    const ways = await Promise.all([1, 2, 3].map(() => openView(central, false).enter(portalUrl)));
    expect(ways.filter((way) => way === '/portal/')).toHaveLength(1);
  });

  it.each([
    ['after five minutes', async () => central.advance(minutes(6)), 'lapsed'],
    ['once the impersonation is over', async (end: () => Promise<void>) => end(), 'used'],
  ])('an address %s opens nothing', async (_when, happen, refused) => {
    const client = await central.asNew({ roles: ['support'] });
    const account = await addAccount(central);
    const { id, portalUrl } = await client.impersonations.start({ contactId: account.contactId, reason });
    await happen(() => client.impersonations.end({ id }));
    expect(await openView(central, false).enter(portalUrl)).toContain('notice=link_gone');
    expect((await auditOf(central, account)).at(-1)?.detail).toMatchObject({ refused });
  });

  it('an address that is not used yet dies with the right to it', async () => {
    const client = await central.asNew({ roles: ['support'] });
    const { contactId } = await addAccount(central);
    const { portalUrl } = await client.impersonations.start({ contactId, reason });
    const { id } = await client.me();
    await central.db
      .updateTable('users')
      .set({ roles: ['sales'] })
      .where('id', '=', id)
      .execute();
    expect(await openView(central, false).enter(portalUrl)).toContain('notice=link_gone');
  });
});
