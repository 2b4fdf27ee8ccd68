import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasLuhnDigit } from '#core/scan/check-digits.ts';
import { PASSWORD, startTestCentral, type TestCentral } from '../../parts/central.ts';

let central: TestCentral;
beforeAll(async () => {
  central = await startTestCentral({ demo: 'small' });
});
afterAll(() => central.stop());

describe('the demo operator', () => {
  test('its three logins work; sales and support belong to store 1', async () => {
    for (const [name, store] of [
      ['admin', null],
      ['sales', 'Paris 2'],
      ['support', 'Paris 2'],
    ] as const) {
      const { user } = await central.client().auth.login({ email: `${name}@demo.comptoir.test`, password: PASSWORD });
      expect(user.roles).toEqual([name]);
      expect(user.store?.name ?? null).toBe(store);
    }
  });

  test('typing John lists exactly the three of the seed', async () => {
    const sales = await central.asSales();
    const { items } = await sales.customers.list({ q: 'John' });
    expect(items.map(({ id, name }) => [id, name]).sort()).toEqual([
      [123, 'John Smith'],
      [456, 'John Doe'],
      [789, 'Johnson Enterprises'],
    ]);
  });

  test('John Smith is found by his phone as the seed types it, and has a payment method; John Doe has none', async () => {
    const sales = await central.asSales();
    const { items } = await sales.customers.list({ q: '+1234567890' });
    expect(items).toMatchObject([{ id: 123, hasPaymentMethod: true, type: 'individual', status: 'open' }]);
    expect(await sales.customers.get({ id: 456 })).toMatchObject({ hasPaymentMethod: false });
  });

  test('Johnson Enterprises has the site and the contacts of the seed', async () => {
    const sales = await central.asSales();
    const { items: sites } = await sales.customers.sites({ id: 789 });
    expect(sites).toContainEqual(expect.objectContaining({ name: 'London office', address: '123 Main St' }));
    const { items: contacts } = await sales.customers.contacts({ id: 789 });
    expect(contacts.map(({ email, roles }) => [email, roles[0]])).toEqual(
      expect.arrayContaining([
        ['jane@acme.com', 'billing'],
        ['bob@acme.com', 'technical'],
      ]),
    );
  });

  test('the plan costs 15.00 a month and nothing once, and asks for a SIM card and a number', async () => {
    const sales = await central.asSales();
    const { items } = await sales.products.list({
      customerType: 'individual',
      category: 'plan',
      serviceType: 'mobile',
    });
    const plan = items.find(({ name }) => name === 'Mobile - 20 GB plan');
    expect(plan).toMatchObject({
      recurring: { price: { amount: 1500, currency: 'GBP' }, period: 'month' },
      setup: { amount: 0, currency: 'GBP' },
      autoRenewPrompt: true,
      inventoryTemplates: [
        { template: 'sim_card', templateName: 'SIM Card', required: true },
        { template: 'mobile_number', templateName: 'Mobile Number', required: true },
      ],
    });
  });

  test('SIM-00123 to SIM-00125 and the numbers 900123 to 900125 are free in store 1', async () => {
    const sales = await central.asSales();
    for (const [index, label] of ['SIM-00123', 'SIM-00124', 'SIM-00125'].entries()) {
      const { item } = await sales.inventory.lookup({ code: label });
      expect(item).toMatchObject({ status: 'new', storeId: 1, template: 'sim_card' });
      const { iccid = '' } = item?.identifiers ?? {};
      expect(iccid).toMatch(new RegExp(`^8944\\d+000${index + 1}$`));
      expect(hasLuhnDigit(iccid)).toBe(true);
    }
    for (const number of ['+447700900123', '07700 900124', '+44 7700 900125']) {
      const { item } = await sales.inventory.lookup({ code: number });
      expect(item).toMatchObject({ status: 'in_stock', storeId: 1, template: 'mobile_number' });
    }
  });

  test('whoever has a number or a SIM card is found by it', async () => {
    const sales = await central.asSales();
    const { items: held } = await sales.customers.items({ id: 456 });
    const { iccid = '' } = held.find(({ template }) => template === 'sim_card')?.identifiers ?? {};
    for (const q of ['07700 900456', '+447700900456', iccid, iccid.replace(/(.{4})/g, '$1 ')]) {
      expect((await sales.customers.list({ q })).items.map(({ id }) => id)).toEqual([456]);
    }
  });

  test('its customers use their services: every balance is the sum of what was recorded', async () => {
    const { rows } = await sql<{ used: number; taken: number }>`
      select b.used, coalesce(sum(c.quantity), 0)::bigint as taken
      from charging_buckets b left join usage_consumptions c on c.bucket_id = b.id group by b.id`.execute(central.db);
    expect(rows.some(({ used }) => used > 0)).toBe(true);
    for (const { used, taken } of rows) expect(used).toBe(taken);
    const admin = await central.asAdmin();
    const { items } = await admin.customers.services({ id: 789 });
    const shown = items.find(({ balances }) => balances.length > 3);
    const data = shown?.balances.filter(({ type }) => type === 'data').map(({ order, weight }) => [order, weight]);
    expect(data?.at(-1)).toEqual([data?.length, 30]);
    const abroad = shown?.balances.find(({ destinations }) => destinations !== null);
    expect(abroad).toMatchObject({ type: 'voice', order: 1, destinations: ['international'] });
    const { types } = await admin.usage.ofService({ id: shown?.id ?? 0 });
    expect(types.map(({ type }) => type)).toEqual(['data', 'voice', 'sms', 'monetary']);
    expect(types[0]?.days.filter(({ quantity }) => quantity > 0).length).toBeGreaterThan(0);
  });
});
