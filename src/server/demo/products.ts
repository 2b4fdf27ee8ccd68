import { z } from 'zod';
import { askSchema, type Product } from '#core/domain/product.ts';
import file from '../../../resources/demo/products.json' with { type: 'json' };
import { productRow } from '../catalogue/products.ts';
import type { Tx } from '../database/connection.ts';

/** A product as the demo's file has it: only what differs from the usual. A `?` marks an item that is not required. */
const demoProductSchema = z.strictObject({
  slug: z.string(),
  name: z.string(),
  description: z.string(),
  category: z.enum(['plan', 'addon']),
  serviceType: z.enum(['mobile', 'internet', 'iptv', 'voip']),
  customerTypes: z.array(z.enum(['individual', 'business'])),
  enabled: z.boolean().default(true),
  monthly: z.int().optional(),
  setup: z.int().default(0),
  inventory: z.array(z.string()),
  playbook: z.string(),
  vars: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
  asksInstallationDate: z.boolean().default(false),
  businessFields: z.record(z.string(), askSchema).default({}),
});

const noFields = {
  site: 'hidden',
  billingContact: 'hidden',
  technicalContact: 'hidden',
  purchaseOrder: 'hidden',
  costCentre: 'hidden',
} as const;

const TERMS = 'The service renews or ends at the end of its period. Prices include VAT.';

export async function insertDemoProducts(tx: Tx, currency: string): Promise<void> {
  const templates = await tx.selectFrom('inventoryTemplates').select(['slug', 'name']).execute();
  const nameOf = new Map(templates.map(({ slug, name }) => [slug, name]));
  const rows = demoProductSchema
    .array()
    .parse(file)
    .map(({ monthly, setup, inventory, vars, businessFields, ...rest }) => {
      const product: Omit<Product, 'id'> = {
        ...rest,
        recurring: monthly === undefined ? null : { price: { amount: monthly, currency }, period: 'month' },
        setup: { amount: setup, currency },
        inventoryTemplates: inventory.map((entry) => {
          const template = entry.replace('?', '');
          return { template, templateName: nameOf.get(template) ?? template, required: !entry.endsWith('?') };
        }),
        autoRenewPrompt: monthly !== undefined,
        businessFields: { ...noFields, ...businessFields },
        terms: TERMS,
      };
      return { ...productRow(product), vars: JSON.stringify(vars) };
    });
  await tx.insertInto('products').values(rows).execute();
}
