import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PASSWORD, signInTo, startTestCentral, type TestCentral } from '../../parts/central.ts';
import { type Account, addAccount, auditOf, openView } from './room.ts';

const reason = 'Asked for help';
let central: TestCentral;
beforeAll(async () => {
  central = await startTestCentral();
});
afterAll(() => central.stop());

const refusal = (why: string) => ({ code: 'impersonation_refused', status: 409, data: { reason: why } });

describe('nobody looks through the eyes of', () => {
  it('a contact without an account', async () => {
    const support = await central.asSupport();
    const customer = await support.customers.create({ name: 'No Account', type: 'individual' });
    const { id } = await support.customers.createContact({ id: customer.id, name: 'No Account', roles: [] });
    await expect(support.impersonations.start({ contactId: id, reason })).rejects.toMatchObject(refusal('no_account'));
  });

  it('a contact that does not exist', async () => {
    const support = await central.asSupport();
    await expect(support.impersonations.start({ contactId: 999_999, reason })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('an account that is disabled, or locked after failed sign-ins', async () => {
    const support = await central.asSupport();
    const disabled = await addAccount(central);
    await central.db
      .updateTable('portalAccounts')
      .set({ enabled: false })
      .where('id', '=', disabled.accountId)
      .execute();
    const start = ({ contactId }: Account) => support.impersonations.start({ contactId, reason });
    await expect(start(disabled)).rejects.toMatchObject(refusal('account_disabled'));
    const locked = await addAccount(central);
    const now = central.central.deps.clock.now();
    await central.db
      .insertInto('signInFailures')
      .values({
        door: 'customer',
        email: locked.email,
        failures: 5,
        lockedUntil: new Date(now.getTime() + 60_000),
        lastAt: now,
      })
      .execute();
    await expect(start(locked)).rejects.toMatchObject(refusal('account_locked'));
  });

  it('themselves, or another member of staff; the attempt is kept', async () => {
    const email = `${uuid()}@test.comptoir.test`;
    await (await central.asAdmin()).users.create({ name: 'Max', email, password: PASSWORD, roles: ['support'] });
    const { client } = await signInTo(central.url, email);
    const account = await addAccount(central, 'Max', email);
    const { contactId } = account;
    await expect(client.impersonations.start({ contactId, reason })).rejects.toMatchObject(refusal('yourself'));
    const admin = await central.asAdmin();
    await expect(admin.impersonations.start({ contactId, reason })).rejects.toMatchObject(refusal('staff'));
    expect(
      (await auditOf(central, account)).map(({ action, actorName, detail }) => [action, actorName, detail.refusal]),
    ).toEqual([
      ['impersonation.start_refused', 'Max', 'yourself'],
      ['impersonation.start_refused', 'Ada Admin', 'staff'],
    ]);
  });
});

describe('only the right people', () => {
  it('may begin: sales, finance and programs may not, support of any store and admins may', async () => {
    const { contactId } = await addAccount(central);
    const sales = await central.asSales();
    await expect(sales.impersonations.start({ contactId, reason })).rejects.toMatchObject({ code: 'forbidden' });
    const admin = await central.asAdmin();
    const { key } = await admin.apiKeys.create({ name: 'Robot', permissions: ['can_impersonate'] });
    await expect(central.client({ apiKey: key }).impersonations.start({ contactId, reason })).rejects.toMatchObject({
      code: 'forbidden',
    });
    const elsewhere = await central.asNew({ roles: ['support'], storeId: 3 });
    expect((await elsewhere.impersonations.start({ contactId, reason })).endedAt).toBeNull();
    expect((await admin.impersonations.start({ contactId, reason })).endedAt).toBeNull();
  });

  it('see, change or end it: another’s answers as one that never was', async () => {
    const { contactId } = await addAccount(central);
    const mine = await central.asNew({ roles: ['support'] });
    const { id } = await mine.impersonations.start({ contactId, reason });
    const other = await central.asNew({ roles: ['support'] });
    await expect(other.impersonations.get({ id })).rejects.toMatchObject({ code: 'not_found' });
    await expect(other.impersonations.allowChanges({ id })).rejects.toMatchObject({ code: 'not_found' });
    await expect(
      other.impersonations.noteBlocked({ id, kind: 'window', target: 'https://x.example/' }),
    ).rejects.toMatchObject({ code: 'not_found' });
    await other.impersonations.end({ id });
    expect(await mine.impersonations.get({ id })).toMatchObject({ endedAt: null });
  });

  it.each(['', 'ab', '   x ', 'x'.repeat(501)])('with a reason of 3 to 500 characters, not “%s”', async (bad) => {
    const { contactId } = await addAccount(central);
    const support = await central.asSupport();
    await expect(support.impersonations.start({ contactId, reason: bad })).rejects.toMatchObject({
      code: 'invalid_input',
    });
  });
});

describe('whatever may be changed', () => {
  it('what protects the account may not, by any route that is marked so; each attempt is kept with both names', async () => {
    const client = await central.asNew({ roles: ['support'], name: 'Sue' });
    const account = await addAccount(central);
    const view = openView(central);
    const { portalUrl } = await client.impersonations.start({
      contactId: account.contactId,
      reason,
      viewKeyHash: view.keyHash,
    });
    await view.enter(portalUrl);
    await view.me();
    await view.call('POST', '/impersonation/allow-changes', {});
    const attempts: [string, string, unknown][] = [
      ['POST', '/account/password', { current: 'Aaaaaaa1!', next: 'Bbbbbbb1!' }],
      ['POST', '/account/email', { email: 'thief@mail.example', password: 'Aaaaaaa1!' }],
      ['POST', '/account/two-factor', {}],
      ['POST', '/api-keys', { name: 'Key', access: 'read' }],
      ['DELETE', '/payment-methods/1', undefined],
    ];
    for (const [method, path, body] of attempts) {
      const answer = await view.call(method, path, body, { 'idempotency-key': uuid() });
      expect(answer).toMatchObject({ status: 403, body: { code: 'not_while_impersonating' } });
    }
    const refused = (await auditOf(central, account)).filter(({ action }) => action === 'impersonation.refused');
    expect(refused).toHaveLength(attempts.length);
    for (const line of refused) expect(line).toMatchObject({ actorName: 'Sue', effectiveName: account.name });
  });
});
