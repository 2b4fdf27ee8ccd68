import { z } from 'zod';
import { serviceUsageSchema, usageEntrySchema } from '../../domain/charging.ts';
import { idSchema, instantSchema, pageInputSchema, pageOf } from '../../domain/common.ts';
import { moneySchema } from '../../domain/money.ts';
import { alertSchema, portalActivitySchema } from '../../domain/portal.ts';
import { periodSchema, serviceTypeSchema } from '../../domain/product.ts';
import { balanceSchema, serviceStatusSchema } from '../../domain/service.ts';
import { portalCommand, portalQuery } from './base.ts';

/** What a customer sees of a balance: its place in the order of use, not its weight (domain.md 1.12). */
export const portalBalanceSchema = balanceSchema.omit({ weight: true }).extend({
  /** 1 is used first, within its type. */
  order: z.int().positive(),
  /** What it can be used for; null for everything of its type. */
  destinations: z.array(z.enum(['on_net', 'off_net', 'international', 'premium'])).nullable(),
});
export type PortalBalance = z.infer<typeof portalBalanceSchema>;

export const portalActionSchema = z.enum(['view_usage', 'top_up', 'add_ons', 'change_renewal', 'show_esim']);

/** The card that the seed lists, and no more. */
export const portalServiceSchema = z.object({
  id: idSchema,
  name: z.string(),
  product: z.object({ name: z.string(), description: z.string() }),
  serviceType: serviceTypeSchema,
  status: serviceStatusSchema,
  /** Active and less than 7 days left. */
  expiringSoon: z.boolean(),
  createdAt: instantSchema,
  activatedAt: instantSchema.nullable(),
  expiresAt: instantSchema.nullable(),
  monthlyCost: moneySchema,
  period: periodSchema.nullable(),
  autoRenew: z.boolean(),
  /** The number, or null. E.164. */
  msisdn: z.string().nullable(),
  balances: z.array(portalBalanceSchema),
  /** What this session may do with it now. */
  actions: z.array(portalActionSchema),
});
export type PortalService = z.infer<typeof portalServiceSchema>;

export const portalServiceDetailSchema = portalServiceSchema.extend({
  site: z.object({ name: z.string(), address: z.string() }).nullable(),
  /** What the service works with; ICCIDs and serials, no secrets. */
  items: z.array(z.object({ templateName: z.string(), label: z.string(), identifier: z.string().nullable() })),
  addOns: z.array(z.object({ name: z.string(), at: instantSchema })),
  terms: z.string(),
});
export type PortalServiceDetail = z.infer<typeof portalServiceDetailSchema>;

/** Something a customer can get: a plan, an add-on or a top-up. */
export const offerSchema = z.object({
  id: idSchema,
  name: z.string(),
  description: z.string(),
  serviceType: serviceTypeSchema,
  kind: z.enum(['plan', 'add_on', 'top_up']),
  /** What a top-up gives, so that the portal can group them (TU-2). */
  gives: z.object({ type: z.enum(['data', 'voice', 'sms', 'monetary']), quantity: z.int() }).nullable(),
  once: moneySchema,
  recurring: z.object({ price: moneySchema, period: periodSchema }).nullable(),
  /** How long it lasts in days, when it ends. */
  validDays: z.int().nullable(),
});
export type Offer = z.infer<typeof offerSchema>;

const ofService = z.object({ id: idSchema });

export const portalServicesContract = {
  /** Everything of the first screen in one answer. */
  dashboard: portalQuery('session', '/dashboard', 'Services, alerts and what happened lately').output(
    z.object({
      services: z.array(portalServiceSchema),
      serviceCount: z.int(),
      alerts: z.array(alertSchema),
      activity: z.array(portalActivitySchema),
    }),
  ),
  alerts: portalQuery('session', '/alerts', 'What asks for attention').output(pageOf(alertSchema)),
  activity: portalQuery('session', '/activity', 'What happened, newest first')
    .input(pageInputSchema)
    .output(pageOf(portalActivitySchema)),
  services: {
    list: portalQuery('session', '/services', 'The customer’s services')
      .input(pageInputSchema)
      .output(pageOf(portalServiceSchema)),
    get: portalQuery('session', '/services/{id}', 'One service').input(ofService).output(portalServiceDetailSchema),
    balances: portalQuery('session', '/services/{id}/balances', 'Buckets in the order they are used')
      .input(ofService)
      .output(pageOf(portalBalanceSchema)),
    usage: portalQuery('session', '/services/{id}/usage', 'Use by type, destination and day')
      .input(ofService)
      .output(serviceUsageSchema),
    usageRecords: portalQuery('session', '/services/{id}/usage-records', 'Single calls, sessions and messages')
      .input(pageInputSchema.extend({ id: idSchema, type: balanceSchema.shape.type.optional() }))
      .output(pageOf(usageEntrySchema)),
    change: portalCommand('session', 'PATCH', '/services/{id}', 'Change how a service renews', {
      keys: 'write',
      errors: ['renewal_fixed'],
    })
      .input(z.object({ id: idSchema, autoRenew: z.boolean() }))
      .output(portalServiceDetailSchema),
    /** The eSIM's activation code, to be shown as a QR code; every look is audited. */
    esim: portalQuery('session', '/services/{id}/esim', 'The eSIM’s activation code', {
      keys: 'none',
      sensitive: true,
    })
      .input(ofService)
      .output(z.object({ iccid: z.string(), activationCode: z.string() })),
    offers: portalQuery('session', '/services/{id}/offers', 'Top-ups and add-ons that fit the service')
      .input(ofService)
      .output(pageOf(offerSchema)),
  },
  offers: portalQuery('session', '/offers', 'Plans that the customer can have').output(pageOf(offerSchema)),
};
