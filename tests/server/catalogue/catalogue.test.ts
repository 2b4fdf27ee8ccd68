import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Product } from '#core/domain/product.ts';
import { type CentralClient, startTestCentral, type TestCentral } from '../../parts/central.ts';

let central: TestCentral;
let admin: CentralClient;
let sales: CentralClient;
beforeAll(async () => {
  central = await startTestCentral();
  admin = await central.asAdmin();
  sales = await central.asSales();
});
afterAll(() => central.stop());

const hidden = {
  site: 'hidden',
  billingContact: 'hidden',
  technicalContact: 'hidden',
  purchaseOrder: 'hidden',
  costCentre: 'hidden',
} as const;
function product(slug: string, rest: Partial<Product> = {}) {
  return {
    ...{
      slug,
      name: `Plan ${slug}`,
      description: '',
      category: 'plan' as const,
      serviceType: 'mobile' as const,
      enabled: true,
    },
    customerTypes: ['individual' as const],
    recurring: { price: { amount: 1500, currency: 'GBP' }, period: 'month' as const },
    setup: { amount: 0, currency: 'GBP' },
    inventoryTemplates: [{ template: 'sim_card', templateName: 'SIM Card', required: true }],
    ...{
      autoRenewPrompt: true,
      businessFields: hidden,
      asksInstallationDate: false,
      playbook: 'mobile-plan',
      terms: '',
    },
    ...rest,
  };
}

describe('the catalogue (PA-3)', () => {
  test('lists what is on offer to the customer’s type, in the category and service type asked for', async () => {
    await admin.products.create(product('one'));
    await admin.products.create(product('both', { customerTypes: ['individual', 'business'] }));
    await admin.products.create(product('off', { enabled: false }));
    await admin.products.create(product('boost', { category: 'addon', recurring: null }));
    await admin.products.create(product('fibre', { serviceType: 'internet' }));
    const slugs = async (filter: object) => (await sales.products.list(filter)).items.map(({ slug }) => slug);
    expect(await slugs({ customerType: 'individual' })).toEqual(['one', 'both', 'boost', 'fibre']);
    expect(await slugs({ customerType: 'business' })).toEqual(['both']);
    expect(await slugs({ category: 'addon' })).toEqual(['boost']);
    expect(await slugs({ serviceType: 'internet' })).toEqual(['fibre']);
    expect(await slugs({ all: false })).not.toContain('off');
  });

  test('shows disabled products to who manages the catalogue only', async () => {
    const { items } = await admin.products.list({ all: true });
    expect(items.map(({ slug }) => slug)).toContain('off');
    await expect(sales.products.list({ all: true })).rejects.toMatchObject({
      code: 'forbidden',
      data: { permission: 'manage_catalogue' },
    });
    await expect(sales.products.create(product('mine'))).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('a product reads back as it was written, and a change touches only what it names', async () => {
    const created = await admin.products.create({ ...product('whole'), vars: { data_gigabytes: 7 } });
    expect(await sales.products.get({ id: created.id })).toEqual({ id: created.id, ...product('whole') });
    const changed = await admin.products.change({ id: created.id, enabled: false });
    expect(changed).toEqual({ ...created, enabled: false });
    const { vars } = await central.db
      .selectFrom('products')
      .select('vars')
      .where('id', '=', created.id)
      .executeTakeFirstOrThrow();
    expect(vars).toEqual({ data_gigabytes: 7 });
  });

  test('a slug is one product’s', async () => {
    await admin.products.create(product('taken'));
    await expect(admin.products.create(product('taken'))).rejects.toMatchObject({
      code: 'invalid_input',
      data: { issues: [{ path: 'slug', message: expect.any(String) }] },
    });
  });

  test('prices in two currencies and unknown products are refused', async () => {
    const mixed = product('mixed', { setup: { amount: 100, currency: 'EUR' } });
    await expect(admin.products.create(mixed)).rejects.toMatchObject({ code: 'invalid_input' });
    await expect(sales.products.get({ id: 999_999 })).rejects.toMatchObject({ code: 'not_found' });
    await expect(admin.products.change({ id: 999_999, enabled: true })).rejects.toMatchObject({ code: 'not_found' });
  });
});
