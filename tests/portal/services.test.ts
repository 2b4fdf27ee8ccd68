import { describe, expect, test } from 'vitest';
import type { PortalService } from '#core/contract/portal/services.ts';
import { contextOf, isOver, markOf } from '../../src/portal/features/services/marks.ts';
import { pickService } from '../../src/portal/features/services/picked-service.ts';
import { serviceLinks } from '../../src/portal/features/services/service-links.ts';

describe('what the services section shows', () => {
  test('none: the offers; one: that one at once; several: the list', () => {
    expect([0, 1, 2, 30].map(contextOf)).toEqual(['none', 'one', 'several', 'several']);
  });

  test('expiring soon is a mark of active services only', () => {
    expect(markOf({ status: 'active', expiringSoon: true })).toBe('expiring');
    expect(markOf({ status: 'active', expiringSoon: false })).toBe('active');
    expect(markOf({ status: 'suspended', expiringSoon: true })).toBe('suspended');
    expect(['expired', 'cancelled', 'active'].map((status) => isOver({ status } as PortalService))).toEqual([
      true,
      true,
      false,
    ]);
  });

  test('a card offers what central allows, without what the operator hides; details are always there, last', () => {
    const all: PortalService['actions'] = ['view_usage', 'top_up', 'add_ons', 'change_renewal', 'show_esim'];
    const keys = (...args: Parameters<typeof serviceLinks>) => serviceLinks(...args).map(({ key }) => key);
    expect(keys({ id: 7, actions: all }, [])).toEqual(['view_usage', 'top_up', 'add_ons', 'change', 'details']);
    expect(keys({ id: 7, actions: all }, ['usage', 'recharge'])).toEqual(['add_ons', 'change', 'details']);
    expect(keys({ id: 7, actions: [] }, [])).toEqual(['details']);
  });
});

describe('the service that usage and top-ups are shown of', () => {
  const services = [
    { id: 1, status: 'expired' },
    { id: 2, status: 'active' },
    { id: 3, status: 'active' },
  ];

  test('the one asked for, else the last one, else the first in use, else the first', () => {
    expect(pickService(services, 3, 1)?.id).toBe(3);
    expect(pickService(services, null, 1)?.id).toBe(1);
    expect(pickService(services, null, null)?.id).toBe(2);
    expect(pickService(services.slice(0, 1), null, null)?.id).toBe(1);
    expect(pickService([], 3, 1)).toBeUndefined();
  });

  test('one that is not the customer’s, or no number at all, is passed over', () => {
    expect(pickService(services, 99, 98)?.id).toBe(2);
    expect(pickService(services, Number.NaN, null)?.id).toBe(2);
  });
});
