import { z } from 'zod';
import { idSchema, nameSchema } from './common.ts';
import { type CustomerType, customerTypeSchema } from './customer.ts';
import { moneySchema } from './money.ts';

export const productCategorySchema = z.enum(['plan', 'addon']);
export const serviceTypeSchema = z.enum(['mobile', 'internet', 'iptv', 'voip']);
export type ServiceType = z.infer<typeof serviceTypeSchema>;
export const periodSchema = z.enum(['day', 'week', 'month', 'year']);

/** How much of the business step a product asks for (BZ-4: configurable). */
export const askSchema = z.enum(['hidden', 'optional', 'required']);
export type Ask = z.infer<typeof askSchema>;
export const businessFieldsSchema = z.object({
  site: askSchema,
  billingContact: askSchema,
  technicalContact: askSchema,
  purchaseOrder: askSchema,
  costCentre: askSchema,
});

export const productSchema = z.object({
  id: idSchema,
  slug: z.string(),
  name: nameSchema,
  description: z.string(),
  category: productCategorySchema,
  serviceType: serviceTypeSchema,
  enabled: z.boolean(),
  customerTypes: z.array(customerTypeSchema),
  /** Null when nothing recurs (a one-off add-on). */
  recurring: z.object({ price: moneySchema, period: periodSchema }).nullable(),
  setup: moneySchema,
  inventoryTemplates: z.array(z.object({ template: z.string(), templateName: z.string(), required: z.boolean() })),
  /** Whether staff are asked yes or no (PA-12); otherwise `autoRenewDefault` applies silently. */
  autoRenewPrompt: z.boolean(),
  businessFields: businessFieldsSchema,
  /** True when the playbook takes an installation date (PA-26). */
  asksInstallationDate: z.boolean(),
  playbook: z.string(),
  terms: z.string(),
});
export type Product = z.infer<typeof productSchema>;

/** PA-3: only enabled products that the customer type may have. */
export function isOffered(product: Product, customerType?: CustomerType): boolean {
  return product.enabled && (customerType === undefined || product.customerTypes.includes(customerType));
}

/** PA-12: suggested answer. Yes for a consumer's recurring service, No for one-off products and businesses' requests. */
export function autoRenewDefault(product: Product, customerType: CustomerType): boolean {
  return product.recurring !== null && customerType === 'individual';
}
