import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '#core/domain/user.ts';
import { clientOf, PASSWORD } from '../../parts/central.ts';
import { type AccountRoom, codeOf, openAccountRoom, tokenIn } from './account-room.ts';

const NEW = 'Brand!New7';
let room: AccountRoom;
beforeAll(async () => {
  room = await openAccountRoom();
});
afterAll(() => room.stop());

let made = 0;
async function colleague(roles: Role[] = ['sales']) {
  const admin = await room.central.asAdmin();
  const email = `colleague.${++made}@test.comptoir.test`;
  return admin.users.create({ name: 'Col League', email, password: PASSWORD, roles });
}
const signIn = (email: string, otp?: string, password = PASSWORD) =>
  room.central.client().auth.login({ email, password, ...(otp === undefined ? {} : { otp }) });
const clientAs = async (email: string, otp?: string) => {
  const { accessToken } = await signIn(email, otp);
  return clientOf(room.central.url, { token: accessToken });
};

describe('staff', () => {
  test('who forgot their password get a link, which ends their sign-ins; strangers get the same answer', async () => {
    const { email } = await colleague();
    const before = await clientAs(email);
    const { auth } = room.central.client();
    expect(await auth.forgot({ email, language: 'pt' })).toEqual(await auth.forgot({ email: 'nobody@x.test' }));
    const token = tokenIn(await room.letter(email, /Escolher uma nova palavra-passe/));
    const { portal } = room.browser();
    expect(await portal.auth.checkReset({ token })).toEqual({ kind: 'staff', purpose: 'reset', email });
    await portal.auth.reset({ token, password: NEW });
    expect(await codeOf(before.me())).toBe('unauthorized');
    expect(await codeOf(signIn(email))).toBe('invalid_credentials');
    expect(await codeOf(signIn(email, undefined, NEW))).toBe('no error');
  });

  test('whose address is locked get the link and the notice too', async () => {
    const { email } = await colleague();
    for (let attempt = 0; attempt < 5; attempt++)
      expect(await codeOf(signIn(email, undefined, 'wrong'))).toBe('invalid_credentials');
    expect(await codeOf(signIn(email))).toBe('account_locked');
    await room.letter(email, /is locked/);
    const token = tokenIn(await room.letter(email, /Set a new password/));
    await room.browser().portal.auth.reset({ token, password: NEW });
    expect(await codeOf(signIn(email, undefined, NEW))).toBe('no error');
  });

  test('change their password with the current one; their other sign-ins end', async () => {
    const { email } = await colleague();
    const [here, there] = [await clientAs(email), await clientAs(email)];
    expect(await codeOf(here.ownAccess.changePassword({ password: 'wrong', newPassword: NEW }))).toBe('password_wrong');
    await here.ownAccess.changePassword({ password: PASSWORD, newPassword: NEW });
    expect(await codeOf(here.me())).toBe('no error');
    expect(await codeOf(there.me())).toBe('unauthorized');
  });

  test('protect their sign-in with a code, and a backup code when the device is lost', async () => {
    const { email } = await colleague();
    const { ownAccess } = await clientAs(email);
    const { secret } = await ownAccess.beginTwoFactor({ password: PASSWORD });
    const { backupCodes } = await ownAccess.confirmTwoFactor({ code: room.code(secret) });
    expect(await ownAccess.twoFactor()).toMatchObject({ enabled: true, forced: false, backupCodesLeft: 10 });
    expect(await codeOf(signIn(email))).toBe('otp_required');
    expect(await codeOf(signIn(email, '000000'))).toBe('otp_invalid');
    await room.central.advance(60);
    expect(await codeOf(signIn(email, room.code(secret)))).toBe('no error');
    expect(await codeOf(signIn(email, backupCodes[3]))).toBe('no error');
    expect(await codeOf(signIn(email, backupCodes[3]))).toBe('otp_invalid');
    await ownAccess.disableTwoFactor({ password: PASSWORD, code: backupCodes[4] ?? '' });
    expect(await codeOf(signIn(email))).toBe('no error');
  });

  test('a program has no second step of its own', async () => {
    const admin = await room.central.asAdmin();
    const { key } = await admin.apiKeys.create({ name: 'Program', permissions: ['admin'] });
    expect(await codeOf(clientOf(room.central.url, { apiKey: key }).ownAccess.twoFactor())).toBe('forbidden');
  });
});

describe('a role that forces two-factor sign-in', () => {
  test('lets its people do nothing but set it up, from their next request on', async () => {
    const admin = await room.central.asAdmin();
    const { id, email } = await colleague(['finance']);
    const client = await clientAs(email);
    expect(await codeOf(client.customers.list({}))).toBe('no error');
    expect(await codeOf(client.accessPolicy.get())).toBe('forbidden');
    const without = async () => (await admin.accessPolicy.get()).withoutTwoFactor.finance;
    const before = await without();
    await admin.accessPolicy.change({ twoFactorRoles: ['finance'] });
    expect(await codeOf(client.customers.list({}))).toBe('two_factor_needed');
    expect(await codeOf(client.stores.list())).toBe('two_factor_needed');
    expect(await client.me()).toMatchObject({ id, mustEnrolTwoFactor: true });
    const again = await signIn(email);
    expect(again.user.mustEnrolTwoFactor).toBe(true);
    const newcomer = clientOf(room.central.url, { token: again.accessToken });
    const { ownAccess } = newcomer;
    expect(await ownAccess.twoFactor()).toMatchObject({ enabled: false, forced: true });
    const { secret } = await ownAccess.beginTwoFactor({ password: PASSWORD });
    await ownAccess.confirmTwoFactor({ code: room.code(secret) });
    expect(await codeOf(newcomer.customers.list({}))).toBe('no error');
    expect((await newcomer.me()).mustEnrolTwoFactor).toBeUndefined();
    expect(await without()).toBe(before - 1);
    const next = await colleague(['finance', 'sales']);
    expect(await without()).toBe(before);
    await room.central.db.updateTable('users').set({ enabled: false }).where('id', '=', next.id).execute();
    expect(await without()).toBe(before - 1);
    await admin.accessPolicy.change({ twoFactorRoles: [] });
  });

  test('is for who manages staff to change, and leaves other roles alone', async () => {
    const admin = await room.central.asAdmin();
    await admin.accessPolicy.change({ twoFactorRoles: ['manager', 'manager'] });
    expect(await admin.accessPolicy.get()).toMatchObject({ twoFactorRoles: ['manager'] });
    const sales = await room.central.asSales();
    expect(await codeOf(sales.customers.list({}))).toBe('no error');
    expect(await codeOf(sales.accessPolicy.change({ twoFactorRoles: [] }))).toBe('forbidden');
    await admin.accessPolicy.change({ twoFactorRoles: [] });
  });
});

describe('a colleague who lost their device (AU-8)', () => {
  test('gets the second step taken off by who manages staff, audited and told by mail; never one’s own', async () => {
    const admin = await room.central.asAdmin();
    const { id, email } = await colleague();
    const { ownAccess } = await clientAs(email);
    const { secret } = await ownAccess.beginTwoFactor({ password: PASSWORD });
    await ownAccess.confirmTwoFactor({ code: room.code(secret) });
    const { items } = await admin.users.list({ limit: 500 });
    expect(items.find((user) => user.id === id)?.twoFactor).toBe(true);
    const sales = await room.central.asSales();
    expect(await codeOf(sales.users.change({ id, resetTwoFactor: true }))).toBe('forbidden');
    expect(await admin.users.change({ id, resetTwoFactor: true })).toMatchObject({ twoFactor: false });
    expect(await codeOf(signIn(email))).toBe('no error');
    await room.letter(email, /Two-factor sign-in is off/);
    const entries = await room.central.db.selectFrom('auditEntries').select('action').execute();
    expect(entries.map(({ action }) => action)).toContain('account.two_factor_reset');
    const me = await admin.me();
    expect(await codeOf(admin.users.change({ id: me.id, resetTwoFactor: true }))).toBe('forbidden');
  });
});

describe('accounts of contacts', () => {
  async function contact(email: string | null = `contact.${++made}@customers.test`) {
    const admin = await room.central.asAdmin();
    const { id } = await admin.customers.create({ name: `Customer number ${++made} of these`, type: 'individual' });
    const created = await admin.customers.createContact({ id, name: 'Odile Petit', roles: ['primary'], email });
    return { of: { id, contactId: created.id }, email: email ?? '' };
  }
  const hasLogin = async (contactId: number) =>
    (
      await room.central.db
        .selectFrom('contacts')
        .select('hasLogin')
        .where('id', '=', contactId)
        .executeTakeFirstOrThrow()
    ).hasLogin;

  test('begin with an invitation, whose link sets the first password', async () => {
    const { contactAccounts } = await room.central.asSales();
    const { of, email } = await contact();
    expect(await contactAccounts.get(of)).toEqual({ account: null });
    expect(await contactAccounts.create(of)).toMatchObject({ email, status: 'invited', twoFactor: false });
    expect(await hasLogin(of.contactId)).toBe(true);
    expect(await codeOf(contactAccounts.create(of))).toBe('account_exists');
    const { customers } = await room.central.asSales();
    expect(await codeOf(customers.changeContact({ ...of, email: 'other@mail.test' }))).toBe('email_is_login');
    expect(await codeOf(customers.changeContact({ ...of, email, name: 'Renamed' }))).toBe('no error');
    const token = tokenIn(await room.letter(email, /Your customer account is ready/));
    const { portal } = room.browser();
    expect(await portal.auth.checkReset({ token })).toEqual({ kind: 'customer', purpose: 'invitation', email });
    await portal.auth.reset({ token, password: NEW });
    expect(await codeOf(room.browser().signIn(email, NEW))).toBe('no error');
    expect(await contactAccounts.get(of)).toMatchObject({ account: { status: 'active' } });
    await room.settled();
    expect(room.mailTo(email)).toHaveLength(1);
  });

  test('are invited again: the first link dies', async () => {
    const { contactAccounts } = await room.central.asSales();
    const { of, email } = await contact();
    await contactAccounts.create(of);
    const first = tokenIn(await room.letter(email, /Your customer account is ready/));
    await contactAccounts.invite(of);
    const second = tokenIn(await room.letter(email, /Your customer account is ready/, 2));
    const { portal } = room.browser();
    expect(await codeOf(portal.auth.reset({ token: first, password: NEW }))).toBe('link_gone');
    await room.central.advance(6 * 86_400);
    expect(await codeOf(portal.auth.reset({ token: second, password: NEW }))).toBe('no error');
  });

  test('need an address that nobody else signs in with', async () => {
    const { contactAccounts } = await room.central.asSales();
    const [one, same, none] = [
      await contact('same@customers.test'),
      await contact('SAME@customers.test'),
      await contact(null),
    ];
    await contactAccounts.create(one.of);
    expect(await codeOf(contactAccounts.create(same.of))).toBe('email_taken');
    expect(await codeOf(contactAccounts.create(none.of))).toBe('email_missing');
    expect(await hasLogin(same.of.contactId)).toBe(false);
  });

  test('taken away end their sessions at once, and begin anew when they are given again', async () => {
    const { contactAccounts } = await room.central.asSupport();
    const account = await room.account();
    const of = { id: account.customerId, contactId: account.contactId };
    const browser = room.browser();
    await browser.signIn(account.email);
    await room.browser().portal.auth.forgot({ email: account.email });
    const token = tokenIn(await room.letter(account.email, /Set a new password/));
    await contactAccounts.disable(of);
    expect((await browser.raw('GET', '/me')).body).toMatchObject({ data: { reason: 'account_disabled' } });
    expect(await codeOf(room.browser().signIn(account.email))).toBe('invalid_credentials');
    expect(await codeOf(room.browser().portal.auth.reset({ token, password: NEW }))).toBe('link_gone');
    expect(await hasLogin(of.contactId)).toBe(false);
    expect(await codeOf(contactAccounts.disable(of))).toBe('no_account');
    expect(await contactAccounts.create(of)).toMatchObject({ status: 'invited' });
    expect(await codeOf(room.browser().signIn(account.email))).toBe('invalid_credentials');
  });

  test('are unlocked, and lose a second step whose device is lost, by who may edit customers', async () => {
    const { contactAccounts } = await room.central.asSales();
    const account = await room.account();
    const of = { id: account.customerId, contactId: account.contactId };
    const browser = room.browser();
    await browser.signIn(account.email);
    const { secret } = await browser.portal.account.twoFactor.begin({ password: PASSWORD });
    await browser.portal.account.twoFactor.confirm({ code: room.code(secret) });
    for (let attempt = 0; attempt < 5; attempt++) await codeOf(room.browser().signIn(account.email, 'wrong'));
    expect((await contactAccounts.get(of)).account?.lockedUntil).not.toBeNull();
    expect(await contactAccounts.unlock(of)).toMatchObject({ lockedUntil: null, twoFactor: true });
    expect(await codeOf(room.browser().signIn(account.email))).toBe('otp_required');
    const finance = await room.central.asNew({ roles: ['finance'] });
    expect(await codeOf(finance.contactAccounts.resetTwoFactor(of))).toBe('forbidden');
    expect(await contactAccounts.resetTwoFactor(of)).toMatchObject({ twoFactor: false });
    expect(await codeOf(room.browser().signIn(account.email))).toBe('no error');
    await room.letter(account.email, /Two-factor sign-in is off/);
  });

  test('of another customer’s contact are not found', async () => {
    const { contactAccounts } = await room.central.asSales();
    const [one, other] = [await contact(), await contact()];
    const mixed = { id: one.of.id, contactId: other.of.contactId };
    for (const act of [contactAccounts.get, contactAccounts.create, contactAccounts.disable, contactAccounts.invite])
      expect(await codeOf((act as (of: typeof mixed) => Promise<unknown>)(mixed))).toBe('not_found');
  });

  test('given twice at once are given once', async () => {
    const { contactAccounts } = await room.central.asSales();
    const { of } = await contact();
    const answers = await Promise.all([codeOf(contactAccounts.create(of)), codeOf(contactAccounts.create(of))]);
    expect(answers.sort()).toEqual(['account_exists', 'no error']);
  });
});
