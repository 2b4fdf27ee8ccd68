import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultPreferences } from '#core/domain/portal.ts';
import { type AlertFacts, type AlertService, alertsOf, isLow } from '#core/portal/alerts.ts';
import { nextChargeOf } from '#core/portal/next-charge.ts';

const now = new Date('2026-11-26T10:00:00.000Z');
const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000).toISOString();

const service = (change: Partial<AlertService> = {}): AlertService => ({
  ...{
    id: 1,
    name: 'Mobile',
    status: 'active',
    expiresAt: inDays(20),
    autoRenew: false,
    recurringAmount: 1500,
    left: [],
  },
  ...change,
});
const card = { id: 5, kind: 'card', lastFour: '4242', expires: { month: 12, year: 2030 } } as const;
const facts = (change: Partial<AlertFacts> = {}): AlertFacts => ({
  ...{ services: [], unpaid: [], methods: [card], thresholds: defaultPreferences.thresholds, pendingEmail: null },
  ...change,
});
const kinds = (change: Partial<AlertFacts>) => alertsOf(facts(change), now).map(({ kind }) => kind);
const data = (remaining: number, total = 1000) => [{ type: 'data' as const, remaining, total }];

describe('what asks for attention', () => {
  test('nothing does when all is well', () => {
    expect(kinds({ services: [service({ left: data(900) })] })).toEqual([]);
  });

  test('the most pressing comes first', () => {
    const services = [
      service({ id: 1, expiresAt: inDays(3), autoRenew: true, left: data(50) }),
      service({ id: 2, status: 'suspended' }),
      service({ id: 3, expiresAt: inDays(5) }),
    ];
    const alerts = alertsOf(
      facts({
        ...{ services, pendingEmail: 'new@mail.test', methods: [{ ...card, expires: { month: 12, year: 2026 } }] },
        unpaid: [
          { id: 8, number: 'INV-8', dueOn: '2026-12-01' },
          { id: 7, number: 'INV-7', dueOn: '2026-11-20' },
        ],
      }),
      now,
    );
    expect(alerts).toMatchObject([
      { kind: 'invoice_unpaid', invoiceId: 7, overdue: true },
      { kind: 'invoice_unpaid', invoiceId: 8, overdue: false },
      { kind: 'service_suspended', serviceId: 2 },
      { kind: 'balance_low', serviceId: 1, percent: 5 },
      { kind: 'service_expiring', serviceId: 3, renews: false },
      { kind: 'service_expiring', serviceId: 1, renews: true },
      { kind: 'card_expiring', methodId: 5, lastFour: '4242', month: 12, year: 2026 },
      { kind: 'verify_email', email: 'new@mail.test' },
    ]);
  });

  test.each([
    [101, []],
    [100, ['balance_low']],
    [0, ['balance_low']],
  ])('%d of 1,000 left at a threshold of 10 percent: %j', (left, expected) => {
    expect(kinds({ services: [service({ left: data(left) })] })).toEqual(expected);
  });

  test('the customer’s own threshold counts', () => {
    const thresholds = { ...defaultPreferences.thresholds, data: 20 };
    expect(kinds({ thresholds, services: [service({ left: data(200) })] })).toEqual(['balance_low']);
  });

  test('a bucket of none is not low, and a suspended service is only that', () => {
    expect(kinds({ services: [service({ left: data(0, 0) })] })).toEqual([]);
    expect(kinds({ services: [service({ status: 'suspended', left: data(0) })] })).toEqual(['service_suspended']);
  });

  test.each([
    [6.99, ['service_expiring']],
    [7, []],
  ])('a service that ends in %d days: %j', (days, expected) => {
    expect(kinds({ services: [service({ expiresAt: inDays(days) })] })).toEqual(expected);
  });

  test('who renews and has nothing to pay with is asked once, for the service that renews next', () => {
    const services = [
      service({ id: 1, autoRenew: true, expiresAt: inDays(20) }),
      service({ id: 2, autoRenew: true, expiresAt: inDays(10) }),
    ];
    expect(alertsOf(facts({ services, methods: [] }), now)).toMatchObject([
      { kind: 'add_payment_method', serviceId: 2 },
    ]);
    const transfer = { id: 6, kind: 'transfer', lastFour: null, expires: null } as const;
    expect(kinds({ services, methods: [transfer] })).toEqual([]);
  });

  test('low is monotonous: what is low at a threshold is low at every higher one', () => {
    const amounts = fc.nat({ max: 1_000_000_000_000 });
    const percent = fc.integer({ min: 1, max: 90 });
    fc.assert(
      fc.property(amounts, amounts, percent, percent, (remaining, total, a, b) => {
        const [low, high] = a < b ? [a, b] : [b, a];
        if (isLow(remaining, total, low)) expect(isLow(remaining, total, high)).toBe(true);
      }),
    );
  });
});

describe('the next charge', () => {
  const charged = (day: string, amount: number, change = {}) => ({
    ...{ status: 'active' as const, autoRenew: true, expiresAt: `${day}T08:00:00.000Z` },
    monthlyCost: { amount, currency: 'GBP' },
    ...change,
  });

  test('is that of the first day on which anything renews, all of that day together', () => {
    const services = [charged('2026-12-05', 1500), charged('2026-12-01', 500), charged('2026-12-01', 700)];
    expect(nextChargeOf(services)).toEqual({ on: '2026-12-01', amount: { amount: 1200, currency: 'GBP' } });
  });

  test.each([
    ['nothing renews by itself', { autoRenew: false }],
    ['it is suspended', { status: 'suspended' as const }],
    ['it never ends', { expiresAt: null }],
    ['it costs nothing', { monthlyCost: { amount: 0, currency: 'GBP' } }],
  ])('is none where %s', (_, change) => {
    expect(nextChargeOf([charged('2026-12-01', 500, change)])).toBeNull();
  });
});
