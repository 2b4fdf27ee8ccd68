import { z } from 'zod';
import { emailSchema, idSchema, instantSchema, languageSchema, nameSchema, phoneSchema } from './common.ts';

export const customerTypeSchema = z.enum(['individual', 'business']);
export type CustomerType = z.infer<typeof customerTypeSchema>;
/** domain.md 1.1. Only an `open` customer can be given a service. */
export const customerStatusSchema = z.enum(['open', 'suspended', 'closed', 'archived']);
export const paymentTypeSchema = z.enum(['prepaid', 'postpaid']);

export const customerSchema = z.object({
  id: idSchema,
  name: nameSchema,
  type: customerTypeSchema,
  status: customerStatusSchema,
  email: emailSchema.nullable(),
  phone: phoneSchema.nullable(),
  paymentType: paymentTypeSchema,
  taxIdentifier: z.string().nullable(),
  language: languageSchema,
  /** True when a default payment method is on file (PA-13). */
  hasPaymentMethod: z.boolean(),
  createdAt: instantSchema,
  /** Counts up at every change; send it back to detect a change made meanwhile. */
  version: z.int().positive(),
});
export type Customer = z.infer<typeof customerSchema>;

export const customerInputSchema = z.object({
  name: nameSchema,
  type: customerTypeSchema,
  email: emailSchema.nullish(),
  phone: phoneSchema.nullish(),
  paymentType: paymentTypeSchema.default('prepaid'),
  taxIdentifier: z.string().trim().max(40).nullish(),
  language: languageSchema.default('en'),
  /** Set once staff have seen the possible duplicates and still want a new customer. */
  allowDuplicate: z.boolean().default(false),
});

export const contactRoleSchema = z.enum(['primary', 'billing', 'technical', 'other']);
export const contactSchema = z.object({
  id: idSchema,
  customerId: idSchema,
  name: nameSchema,
  email: emailSchema.nullable(),
  phone: phoneSchema.nullable(),
  roles: z.array(contactRoleSchema),
  hasLogin: z.boolean(),
});
export type Contact = z.infer<typeof contactSchema>;
export const contactInputSchema = z.object({
  name: nameSchema,
  email: emailSchema.nullish(),
  phone: phoneSchema.nullish(),
  roles: z.array(contactRoleSchema).default([]),
});

export const siteSchema = z.object({
  id: idSchema,
  customerId: idSchema,
  name: nameSchema,
  address: z.string().trim().min(1).max(500),
});
export type Site = z.infer<typeof siteSchema>;
export const siteInputSchema = siteSchema.pick({ name: true, address: true });

/** One line of a customer's history: who did what, when (domain.md 1.14). */
export const activitySchema = z.object({
  id: idSchema,
  at: instantSchema,
  action: z.string(),
  actorName: z.string(),
  /** The user in whose name it was done, when it is not the actor. */
  effectiveName: z.string().nullable(),
  subject: z.object({ type: z.string(), id: z.string() }),
  detail: z.record(z.string(), z.unknown()),
  /** The desk where it was done, with that desk's own time, when it came from a desk's work. */
  desk: z.object({ name: z.string(), madeAt: instantSchema }).nullish(),
});
export type Activity = z.infer<typeof activitySchema>;
