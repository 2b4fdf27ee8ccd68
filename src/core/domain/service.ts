import { z } from 'zod';
import { balanceTypeSchema, destinationSchema } from './charging.ts';
import { idSchema, instantSchema } from './common.ts';
import { itemSchema } from './inventory.ts';
import { moneySchema } from './money.ts';
import { type Product, serviceTypeSchema } from './product.ts';

export const serviceStatusSchema = z.enum(['pending', 'active', 'suspended', 'expired', 'cancelled']);
export type ServiceStatus = z.infer<typeof serviceStatusSchema>;

/** A balance bucket, in the order of use: `order` 1 is consumed first (domain.md 8 (1)). */
export const balanceSchema = z.object({
  id: z.string(),
  type: balanceTypeSchema,
  name: z.string(),
  /** Bytes, seconds, messages or minor units, by type. */
  total: z.int(),
  used: z.int(),
  remaining: z.int(),
  unit: z.enum(['byte', 'second', 'message', 'minor_unit']),
  weight: z.int(),
  /** Among the living buckets of its type. */
  order: z.int().positive(),
  /** What it pays for; null for everything of its type. */
  destinations: z.array(destinationSchema).nullable(),
  expiresAt: instantSchema.nullable(),
});
export type Balance = z.infer<typeof balanceSchema>;

export const serviceSchema = z.object({
  id: idSchema,
  name: z.string(),
  status: serviceStatusSchema,
  serviceType: serviceTypeSchema,
  product: z.object({ id: idSchema, slug: z.string(), name: z.string() }),
  customerId: idSchema,
  customerName: z.string(),
  createdAt: instantSchema,
  activatedAt: instantSchema.nullable(),
  expiresAt: instantSchema.nullable(),
  autoRenew: z.boolean(),
  monthlyCost: moneySchema,
  siteId: idSchema.nullable(),
  items: z.array(itemSchema.pick({ id: true, template: true, templateName: true, label: true, identifiers: true })),
  balances: z.array(balanceSchema),
  /** Add-ons that were put on this service. */
  addons: z.array(z.object({ orderId: idSchema, productName: z.string(), at: instantSchema })),
  /** The job that last worked on it, for a pending service's Retry. */
  lastJobId: idSchema.nullable(),
});
export type Service = z.infer<typeof serviceSchema>;

const EXPIRING_SOON_MS = 7 * 24 * 60 * 60 * 1000;

/** Derived, never stored: active and it renews or expires in less than 7 days (domain.md 1.5). */
export function isExpiringSoon(service: Pick<Service, 'status' | 'expiresAt'>, now: Date): boolean {
  if (service.status !== 'active' || service.expiresAt === null) return false;
  const left = new Date(service.expiresAt).getTime() - now.getTime();
  return left >= 0 && left < EXPIRING_SOON_MS;
}

/** AO-1: an add-on fits services of its own type that are in use. */
export function addonTargets<S extends Pick<Service, 'status' | 'serviceType'>>(
  addon: Pick<Product, 'serviceType'>,
  services: readonly S[],
): S[] {
  return services.filter((service) => service.status === 'active' && service.serviceType === addon.serviceType);
}
