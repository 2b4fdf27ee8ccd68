import { describe, expect, test } from 'vitest';
import type { Alert, PortalActivity } from '#core/domain/portal.ts';
import { groupByDay } from '../../src/portal/features/activity/days.ts';
import { textKey } from '../../src/portal/features/activity/text-key.ts';
import { actionOf, alertKey, toneOf } from '../../src/portal/features/alerts/alerts.ts';

const unpaid: Alert = {
  ...{ kind: 'invoice_unpaid', invoiceId: 4, number: 'INV-2026-000004', dueOn: '2026-11-20', overdue: false },
};
const low: Alert = {
  ...{ kind: 'balance_low', serviceId: 7, name: 'Mobile', type: 'data', remaining: 1, total: 20, percent: 5 },
};

describe('alerts', () => {
  test('what does not work or is owed too long is louder than what will soon', () => {
    expect(toneOf(unpaid)).toBe('warn');
    expect(toneOf({ ...unpaid, overdue: true })).toBe('bad');
    expect(toneOf(low)).toBe('warn');
    expect(toneOf({ ...low, remaining: 0 })).toBe('bad');
  });

  test('each has one thing to do about it, and says which of the operator’s elements that needs', () => {
    expect(actionOf(unpaid)).toEqual({
      ...{ key: 'invoice', href: '/billing/invoices/4', hiddenBy: ['billing', 'invoices'] },
    });
    expect(actionOf(low)).toEqual({ key: 'top_up', href: '/recharge/7', hiddenBy: ['recharge'] });
    expect(actionOf({ kind: 'verify_email', email: 'a@b.example' }).href).toBe('/account');
  });

  test('two alerts about one service are told apart', () => {
    expect(alertKey(low)).not.toBe(alertKey({ ...low, type: 'voice' }));
    expect(alertKey(low)).toBe(alertKey({ ...low, remaining: 0 }));
  });
});

const entry = (id: number, at: string): PortalActivity => ({
  ...{ id, at, action: 'portal.signed_in', actor: 'you', actorName: null, impersonated: false, detail: {} },
});

describe('activity', () => {
  test('entries stand by the reader’s own calendar day, in the order they come', () => {
    const entries = [
      entry(3, '2026-11-26T00:30:00.000Z'),
      entry(2, '2026-11-25T23:30:00.000Z'),
      entry(1, '2026-11-25T10:00:00.000Z'),
    ];
    const ids = (zone: string) => groupByDay(entries, zone).map((day) => day.entries.map(({ id }) => id));
    expect(ids('UTC')).toEqual([[3], [2, 1]]);
    expect(ids('Europe/Paris')).toEqual([[3, 2], [1]]);
    expect(ids('America/New_York')).toEqual([[3, 2, 1]]);
    expect(groupByDay([], 'UTC')).toEqual([]);
  });

  test('an action that went one way or the other has a sentence for each', () => {
    const key = (action: string, detail: PortalActivity['detail'] = {}) => textKey({ action, detail });
    expect(key('service.renewal_changed', { autoRenew: true })).toBe('service.renewal_changed_on');
    expect(key('service.renewal_changed', { autoRenew: false })).toBe('service.renewal_changed_off');
    expect(key('impersonation.started', { reason: 'Call 4711' })).toBe('impersonation.started_reason');
    expect(key('impersonation.started')).toBe('impersonation.started');
    expect(key('customer.changed', { fields: '' })).toBe('customer.changed');
    expect(key('payment_method.removed', { lastFour: '4242' })).toBe('payment_method.removed_card');
  });
});
