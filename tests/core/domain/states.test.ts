import { describe, expect, it } from 'vitest';
import { hasPermission } from '#core/domain/granted.ts';
import { progressOf } from '#core/domain/job-progress.ts';
import { autoRenewDefault, isOffered, type Product } from '#core/domain/product.ts';
import { addonTargets, isExpiringSoon } from '#core/domain/service.ts';
import * as machines from '#core/domain/state-machine.ts';
import { permissionSchema, permissionsOf, rolePermissions } from '#core/domain/user.ts';

const tables = Object.entries(machines).filter(([name]) => name.endsWith('Transitions')) as [
  string,
  Record<string, readonly string[]>,
][];

describe('state machines', () => {
  it.each(tables)('%s only names states it declares, and none leads to itself', (_, table) => {
    for (const [from, exits] of Object.entries(table)) {
      for (const to of exits) expect(Object.keys(table)).toContain(to);
      expect(exits).not.toContain(from);
    }
  });

  it('a move that is not in the table throws', () => {
    expect(() => machines.assertMove(machines.itemTransitions, 'retired', 'in_stock')).toThrow(/retired to in_stock/);
    expect(() => machines.assertMove(machines.itemTransitions, 'reserved', 'assigned')).not.toThrow();
  });

  it('an ended order, job, task or cancelled service goes nowhere', () => {
    expect(machines.orderTransitions.active).toEqual([]);
    expect(machines.jobTransitions.succeeded).toEqual([]);
    expect(machines.taskTransitions.succeeded).toEqual([]);
    expect(machines.serviceTransitions.cancelled).toEqual([]);
  });
});

describe('services', () => {
  const now = new Date('2026-11-22T10:00:00.000Z');
  const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000).toISOString();

  it('expiring soon is active with less than 7 days left', () => {
    expect(isExpiringSoon({ status: 'active', expiresAt: inDays(6.99) }, now)).toBe(true);
    expect(isExpiringSoon({ status: 'active', expiresAt: inDays(7) }, now)).toBe(false);
    expect(isExpiringSoon({ status: 'active', expiresAt: inDays(-1) }, now)).toBe(false);
    expect(isExpiringSoon({ status: 'suspended', expiresAt: inDays(1) }, now)).toBe(false);
    expect(isExpiringSoon({ status: 'active', expiresAt: null }, now)).toBe(false);
  });

  it('an add-on fits active services of its own type only (AO-1)', () => {
    const services = [
      { id: 1, status: 'active' as const, serviceType: 'mobile' as const },
      { id: 2, status: 'active' as const, serviceType: 'internet' as const },
      { id: 3, status: 'pending' as const, serviceType: 'mobile' as const },
    ];
    expect(addonTargets({ serviceType: 'mobile' }, services).map(({ id }) => id)).toEqual([1]);
  });

  it('progress counts ignored failures and skipped tasks as done, and a failed one not (PA-16)', () => {
    const statuses = ['succeeded', 'failed_ignored', 'skipped', 'failed', 'running', 'pending'] as const;
    expect(progressOf(statuses.map((status) => ({ status })))).toEqual({ done: 3, total: 6 });
  });
});

describe('products', () => {
  const product = {
    enabled: true,
    customerTypes: ['individual'],
    recurring: { period: 'month' },
  } as unknown as Product;

  it('a disabled product and one for the other customer type are not offered (PA-3)', () => {
    expect(isOffered(product, 'individual')).toBe(true);
    expect(isOffered(product, 'business')).toBe(false);
    expect(isOffered({ ...product, enabled: false }, 'individual')).toBe(false);
  });

  it('auto-renew is suggested to consumers for what recurs, else not (PA-12)', () => {
    expect(autoRenewDefault(product, 'individual')).toBe(true);
    expect(autoRenewDefault(product, 'business')).toBe(false);
    expect(autoRenewDefault({ ...product, recurring: null }, 'individual')).toBe(false);
  });
});

describe('permissions', () => {
  it('roles add up, and admin implies everything', () => {
    expect(permissionsOf(['sales', 'finance'])).toEqual(
      permissionSchema.options.filter((p) => rolePermissions.sales.includes(p) || rolePermissions.finance.includes(p)),
    );
    for (const permission of permissionSchema.options) expect(hasPermission(['admin'], permission)).toBe(true);
    expect(hasPermission(rolePermissions.sales, 'can_impersonate')).toBe(false);
    expect(hasPermission([], 'view_customer')).toBe(false);
  });
});
