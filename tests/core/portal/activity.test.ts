import { describe, expect, test } from 'vitest';
import { type AuditFact, activityOf } from '#core/portal/activity.ts';

const fact = (change: Partial<AuditFact>): AuditFact => ({
  ...{ id: 1, at: '2026-11-26T10:00:00.000Z', action: 'service.renewal_changed', actorKind: 'contact', actorId: 3 },
  ...{ actorName: 'Mary', effectiveId: null, detail: { name: 'Mobile', autoRenew: true, secret: 'PUK 1234' } },
  ...change,
});
const mary = { contactId: 3 };

describe('what a customer sees of the audit', () => {
  test('who did it: oneself, one’s own people by name, staff without one', () => {
    const actorOf = (change: Partial<AuditFact>) => {
      const { actor, actorName } = activityOf(fact(change), mary) ?? {};
      return [actor, actorName];
    };
    expect(actorOf({})).toEqual(['you', null]);
    expect(actorOf({ actorId: 4, actorName: 'Bob' })).toEqual(['contact', 'Bob']);
    expect(actorOf({ actorKind: 'user', actorName: 'Sofia' })).toEqual(['staff', null]);
    expect(actorOf({ actorKind: 'desk', actorName: 'Till 2' })).toEqual(['staff', null]);
    expect(actorOf({ actorKind: 'api_key', actorName: 'CRM' })).toEqual(['staff', null]);
    expect(actorOf({ actorKind: 'portal_key', actorName: 'Meter' })).toEqual(['program', 'Meter']);
    expect(actorOf({ actorKind: 'system', actorName: 'Comptoir' })).toEqual(['system', null]);
  });

  test('IM-7: what staff did through the customer’s eyes names them', () => {
    const done = activityOf(fact({ actorKind: 'user', actorName: 'Sofia Marin', effectiveId: 3 }), mary);
    expect(done).toMatchObject({ actor: 'staff', actorName: 'Sofia Marin', impersonated: true });
  });

  test('IM-7: that staff came, with the reason, whoever wrote the entry', () => {
    const entered = fact({
      action: 'impersonation.entered',
      actorKind: 'system',
      actorName: 'Comptoir',
      detail: { ip: '::1' },
    });
    const fact7 = { staffName: 'Sofia Marin', reason: 'Bill not understood' };
    expect(activityOf(entered, mary, fact7)).toMatchObject({
      ...{ actor: 'staff', actorName: 'Sofia Marin', impersonated: true, detail: { reason: 'Bill not understood' } },
    });
  });

  test('only the facts that are listed leave', () => {
    expect(activityOf(fact({}), mary)?.detail).toEqual({ name: 'Mobile', autoRenew: true });
    const changed = fact({ action: 'customer.changed', detail: { phone: { from: '1', to: '2' }, taxIdentifier: {} } });
    expect(activityOf(changed, mary)?.detail).toEqual({ fields: 'phone' });
  });

  test.each(['item.secrets_revealed', 'order.failed', 'job.retried', 'user.signed_in', 'constructor', '__proto__'])(
    '%s stays inside',
    (action) => {
      expect(activityOf(fact({ action }), mary)).toBeNull();
    },
  );
});
