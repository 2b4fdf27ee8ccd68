import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestCentral, type TestCentral } from '../../parts/central.ts';
import { auditOf, type PortalVisitor, visit } from './portal-room.ts';

const SMITH = 123;
const DOE = 456;
const JOHNSON = 789;

let central: TestCentral;
let smith: PortalVisitor;
beforeAll(async () => {
  central = await startTestCentral({ demo: 'small' });
  smith = await visit(central, { customerId: SMITH });
});
afterAll(() => central.stop());

interface Line {
  amount: { amount: number };
}
const sum = (lines: readonly Line[]) => lines.reduce((total, { amount }) => total + amount.amount, 0);

describe('invoices', () => {
  test('the demo has paid, unpaid and overdue ones, the newest first', async () => {
    const { items } = (await smith.get('/invoices')).body;
    expect(items.map(({ status }: { status: string }) => status)).toEqual(['unpaid', 'overdue', 'paid']);
    expect(items[0]).toMatchObject({ number: expect.stringMatching(/^INV-20\d\d-\d{6}$/), total: { amount: 2490 } });
  });

  test('an invoice is the sum of its lines; its payment is none of them', async () => {
    const { items } = (await smith.get('/invoices')).body;
    for (const { id, total } of items) {
      const { lines } = (await smith.get(`/invoices/${id}`)).body;
      expect(sum(lines)).toBe(total.amount);
    }
    const { items: transactions } = (await smith.get('/transactions')).body;
    const payment = transactions.find(({ amount }: Line) => amount.amount < -2000);
    expect(payment.invoice).toEqual({ id: items[2].id, number: items[2].number });
    expect(transactions.filter(({ invoice }: { invoice: unknown }) => invoice === null)).toHaveLength(2);
  });

  test('what is owed is what the unpaid ones sum to', async () => {
    expect((await smith.get('/billing')).body).toEqual({
      ...{ paymentKind: 'automatic', owed: [{ amount: 4980, currency: 'GBP' }], overdueCount: 1, nextCharge: null },
    });
  });

  test('transactions are kept as they are, and of one invoice at most', async () => {
    const { db } = central;
    const { id } = await db
      .selectFrom('transactions')
      .select('id')
      .where('customerId', '=', SMITH)
      .where('invoiceId', 'is not', null)
      .executeTakeFirstOrThrow();
    const one = db.updateTable('transactions').where('id', '=', id);
    await expect(one.set({ amount: 1 }).execute()).rejects.toThrow(/kept as it is/);
    await expect(one.set({ invoiceId: 1 }).execute()).rejects.toThrow(/kept as it is/);
    await expect(db.deleteFrom('transactions').where('id', '=', id).execute()).rejects.toThrow(/kept as it is/);
  });

  test('an invoice takes only transactions of its own customer', async () => {
    const { db } = central;
    const foreign = await db.selectFrom('invoices').select('id').where('customerId', '=', DOE).executeTakeFirst();
    const invoice = foreign ?? { id: 999_999 };
    const free = db.updateTable('transactions').where('customerId', '=', SMITH).where('invoiceId', 'is', null);
    await expect(free.set({ invoiceId: invoice.id }).execute()).rejects.toThrow(/foreign key/);
  });
});

describe('payment methods', () => {
  const methods = async (visitor: PortalVisitor) => (await visitor.get('/payment-methods')).body.items;

  test('the default is first; the provider’s reference stays inside', async () => {
    const items = await methods(smith);
    expect(items).toMatchObject([
      { brand: 'Visa', lastFour: '4242', holder: 'John Smith', isDefault: true },
      { brand: 'Mastercard', lastFour: '5100', isDefault: false },
    ]);
    expect((await smith.get('/payment-methods')).text).not.toContain('reference');
  });

  test('PY-2: made the default at once from all sides, exactly one is', async () => {
    const items = await methods(smith);
    const before = (await auditOf(central, SMITH)).at(-1)?.id ?? 0;
    const wishes = Array.from({ length: 10 }, (_, n) => items[n % 2].id);
    const answers = await Promise.all(wishes.map((id) => smith.call('POST', `/payment-methods/${id}/default`)));
    expect(answers.map(({ status }) => status)).toEqual(wishes.map(() => 200));
    const after = await methods(smith);
    expect(after.filter(({ isDefault }: { isDefault: boolean }) => isDefault)).toHaveLength(1);
    for (const { action } of await auditOf(central, SMITH, before))
      expect(action).toBe('payment_method.default_changed');
  });

  test('when the default goes, another one is it; when all have gone, the desk knows', async () => {
    const visitor = await visit(central, { customerId: JOHNSON });
    const [only] = await methods(visitor);
    const alerts = (await visitor.get('/alerts')).body.items;
    expect(alerts.map(({ kind }: { kind: string }) => kind)).toContain('card_expiring');
    await central.db.updateTable('services').set({ autoRenew: true }).where('customerId', '=', JOHNSON).execute();
    expect((await visitor.call('DELETE', `/payment-methods/${only.id}`)).status).toBe(204);
    expect(await methods(visitor)).toEqual([]);
    const now = (await visitor.get('/alerts')).body.items.map(({ kind }: { kind: string }) => kind);
    expect(now).toContain('add_payment_method');
    expect(now).not.toContain('card_expiring');
    expect(await (await central.asSales()).customers.get({ id: JOHNSON })).toMatchObject({ hasPaymentMethod: false });

    const [first, second] = await methods(smith);
    expect((await smith.call('DELETE', `/payment-methods/${first.id}`)).status).toBe(204);
    expect(await methods(smith)).toMatchObject([{ id: second.id, isDefault: true }]);
    expect((await smith.call('DELETE', `/payment-methods/${first.id}`)).status).toBe(404);
  });

  test('a company that pays by transfer is an offline payer', async () => {
    const { customerId } = await central.db
      .selectFrom('paymentMethods')
      .select('customerId')
      .where('kind', '=', 'transfer')
      .executeTakeFirstOrThrow();
    const visitor = await visit(central, { customerId });
    expect((await visitor.get('/billing')).body).toMatchObject({ paymentKind: 'offline' });
    expect(await methods(visitor)).toMatchObject([{ kind: 'transfer', brand: null, lastFour: null, expires: null }]);
  });
});

// Last, for it moves the clock.
test('an unpaid invoice is overdue from the day after it was due', async () => {
  await central.advance(60 * 86_400);
  expect((await smith.get('/invoices')).body.code).toBe('session_ended');
  const later = await visit(central, { customerId: SMITH });
  const { items } = (await later.get('/invoices')).body;
  expect(items.map(({ status }: { status: string }) => status)).toEqual(['overdue', 'overdue', 'paid']);
});
