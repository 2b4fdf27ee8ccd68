import { describe, expect, test } from 'vitest';
import type { Offer } from '#core/contract/portal/services.ts';
import { redirectTo } from '../../src/portal/components/redirect-to.ts';
import { groupOffers } from '../../src/portal/features/recharge/groups.ts';

const offer = (id: number, fields: Partial<Offer>): Offer => ({
  ...{ id, name: `Offer ${id}`, description: '', serviceType: 'mobile', kind: 'top_up', gives: null, recurring: null },
  ...{ once: { amount: 500, currency: 'GBP' }, validDays: null },
  ...fields,
});

describe('the catalogue of a service', () => {
  test('top-ups stand by what they give, the smallest first, then add-ons; plans are no top-ups', () => {
    const groups = groupOffers([
      offer(1, { kind: 'plan' }),
      offer(2, { kind: 'add_on' }),
      offer(3, { gives: { type: 'data', quantity: 20 } }),
      offer(4, { gives: { type: 'data', quantity: 5 } }),
      offer(5, { gives: { type: 'monetary', quantity: 1_000 } }),
      offer(6, {}),
    ]);
    expect(groups.map(({ group, offers }) => [group, offers.map(({ id }) => id)])).toEqual([
      ['data', [4, 3]],
      ['monetary', [5]],
      ['other', [6]],
      ['add_on', [2]],
    ]);
  });

  test('what gives the same stands by price', () => {
    const gives = { type: 'data', quantity: 5 } as const;
    const dear = offer(1, { gives, once: { amount: 900, currency: 'GBP' } });
    expect(groupOffers([dear, offer(2, { gives })])[0]?.offers.map(({ id }) => id)).toEqual([2, 1]);
  });
});

describe('the way to the operator’s own page', () => {
  test('it says what it is about and keeps the address’s own query', () => {
    expect(redirectTo('https://shop.example/pay?from=portal', { invoice: 'INV-2026-000001' })).toBe(
      'https://shop.example/pay?from=portal&invoice=INV-2026-000001',
    );
    expect(redirectTo('https://shop.example/top-up', { service: 7, offer: 3 })).toBe(
      'https://shop.example/top-up?service=7&offer=3',
    );
    expect(redirectTo('https://shop.example/help', {})).toBe('https://shop.example/help');
  });

  test('whatever is put in stays a value', () => {
    expect(redirectTo('https://shop.example/', { invoice: 'a&b=https://evil.example/#' })).toBe(
      'https://shop.example/?invoice=a%26b%3Dhttps%3A%2F%2Fevil.example%2F%23',
    );
  });
});
