import { z } from 'zod';
import { idSchema, instantSchema } from './common.ts';

/** What a bucket or a usage record is about (domain.md 1.12). */
export const balanceTypeSchema = z.enum(['data', 'voice', 'sms', 'monetary']);
export type BalanceType = z.infer<typeof balanceTypeSchema>;

/** Where usage went: within the network, to other national networks, abroad, or to numbers at a premium (domain.md 1.12). */
export const destinationSchema = z.enum(['on_net', 'off_net', 'international', 'premium']);
export type Destination = z.infer<typeof destinationSchema>;

/** What was used on one calendar day in UTC. */
export const usageDaySchema = z.object({ day: z.iso.date(), quantity: z.int().nonnegative() });

/** One type's use of a service since its last renewal, for people to read. */
export const usageOfTypeSchema = z.object({
  type: balanceTypeSchema,
  unit: z.enum(['byte', 'second', 'message', 'minor_unit']),
  /** Of the buckets that live now. */
  total: z.int().nonnegative(),
  remaining: z.int().nonnegative(),
  /** Since the period began, also from buckets that are gone, and what no bucket covered. */
  usedThisPeriod: z.int().nonnegative(),
  /** What was used while no bucket covered it, since the period began. */
  uncovered: z.int().nonnegative(),
  byDestination: z.array(z.object({ destination: destinationSchema, quantity: z.int().nonnegative() })),
  /** The last 30 days, oldest first, without gaps. */
  days: z.array(usageDaySchema),
});
export type UsageOfType = z.infer<typeof usageOfTypeSchema>;

export const serviceUsageSchema = z.object({
  serviceId: idSchema,
  /** When the running period began and, for a recurring service, when it ends. */
  period: z.object({ startsAt: instantSchema, endsAt: instantSchema.nullable() }),
  types: z.array(usageOfTypeSchema),
  /** Monetary credit's last top-up, when there was one. */
  lastTopUp: z.object({ amount: z.int(), currency: z.string(), at: instantSchema }).nullable(),
});
export type ServiceUsage = z.infer<typeof serviceUsageSchema>;

/** One piece of usage as the network counted it: a call, a session, a message. */
export const usageEntrySchema = z.object({
  id: z.string(),
  at: instantSchema,
  type: balanceTypeSchema,
  destination: destinationSchema,
  quantity: z.int().nonnegative(),
  /** The other party's number, partly hidden; null for data. */
  peer: z.string().nullable(),
});
export type UsageEntry = z.infer<typeof usageEntrySchema>;
