import { describe, expect, test } from 'vitest';
import { normaliseActivationCode } from '#core/inventory/esim.ts';
import { actionsOf, refuseRenewal } from '#core/portal/actions.ts';
import { givesOf, validDaysOf } from '#core/portal/offers.ts';

const mobile = { status: 'active', serviceType: 'mobile', period: 'month', hasBalances: true, hasEsim: true } as const;
const offered = { topUps: true, addOns: true };
const own = { mayChange: true, isCustomers: true };

describe('what can be done with a service', () => {
  test('in use, by its customer: everything', () => {
    expect(actionsOf(mobile, offered, own)).toEqual(['view_usage', 'top_up', 'add_ons', 'change_renewal', 'show_esim']);
  });

  test.each([
    ['pending', ['change_renewal', 'show_esim']],
    ['suspended', ['view_usage', 'change_renewal']],
    ['expired', ['view_usage']],
    ['cancelled', ['view_usage']],
  ] as const)('%s: %j', (status, expected) => {
    expect(actionsOf({ ...mobile, status }, offered, own)).toEqual(expected);
  });

  test('staff who look through the customer’s eyes never see the eSIM’s code, and change only when they may', () => {
    const reading = actionsOf(mobile, offered, { mayChange: false, isCustomers: false });
    expect(reading).toEqual(['view_usage', 'top_up', 'add_ons']);
    expect(actionsOf(mobile, offered, { mayChange: true, isCustomers: false })).not.toContain('show_esim');
  });

  test('only what the catalogue has for it is offered, and television is not counted', () => {
    const iptv = { ...mobile, serviceType: 'iptv', hasBalances: false, hasEsim: false } as const;
    expect(actionsOf(iptv, { topUps: false, addOns: true }, own)).toEqual(['add_ons', 'change_renewal']);
  });

  test.each([
    ['active', 'month', null],
    ['suspended', 'year', null],
    ['active', null, 'one_off'],
    ['expired', 'month', 'expired'],
    ['cancelled', null, 'cancelled'],
  ] as const)('renewal of %s, by %s: %s', (status, period, expected) => {
    expect(refuseRenewal({ status, period })).toBe(expected);
  });
});

describe('an offer', () => {
  const addon = { category: 'addon', recurring: null } as const;
  test.each([
    [{ data_gigabytes: 5 }, { type: 'data', quantity: 5_000_000_000 }],
    [{ data_gigabytes: 0.5 }, { type: 'data', quantity: 500_000_000 }],
    [{ voice_minutes: 100 }, { type: 'voice', quantity: 6_000 }],
    [{ sms_messages: '100' }, { type: 'sms', quantity: 100 }],
    [{ credit_minor: 500 }, { type: 'monetary', quantity: 500 }],
    [{ data_gigabytes: 5, voice_minutes: 10 }, null],
    [{ data_gigabytes: 5, offer: 'add_on' }, null],
    [{ data_gigabytes: -5 }, null],
    [{ data_gigabytes: 'many' }, null],
    [{}, null],
  ])('with %j gives %j', (vars, gives) => {
    expect(givesOf(addon, vars)).toEqual(gives);
  });

  test('a plan and what recurs are no top-ups', () => {
    const recurring = { price: { amount: 100, currency: 'GBP' }, period: 'month' } as const;
    expect(givesOf({ category: 'plan', recurring: null }, { data_gigabytes: 5 })).toBeNull();
    expect(givesOf({ category: 'addon', recurring }, { data_gigabytes: 5 })).toBeNull();
  });

  test.each([
    ['30d', 30],
    ['36h', 2],
    ['week', 7],
    ['month', 30],
    [undefined, null],
    [null, null],
    ['soon', null],
  ])('valid for %j lasts %j days', (validity, days) => {
    expect(validDaysOf({ validity })).toBe(days);
  });
});

describe('the activation code of an eSIM', () => {
  test.each([
    ['LPA:1$smdp.example$ABC-123', 'LPA:1$smdp.example$ABC-123'],
    ['  lpa:1$SMDP.example$abc ', 'LPA:1$SMDP.example$abc'],
    ['1$smdp.example$', 'LPA:1$smdp.example$'],
    ['LPA:1$smdp.example$ID$1.3.6.1$1', 'LPA:1$smdp.example$ID$1.3.6.1$1'],
    ['LPA:2$smdp.example$ID', null],
    ['LPA:1$smdp example$ID', null],
    ['LPA:1$$ID', null],
    ['<script>', null],
    [`LPA:1$smdp.example$${'A'.repeat(300)}`, null],
    ['', null],
  ])('%j reads %j', (text, code) => {
    expect(normaliseActivationCode(text)).toBe(code);
  });
});
