import { z } from 'zod';
import { emailSchema, idSchema, instantSchema, languageSchema, nameSchema, phoneSchema } from './common.ts';
import { contactRoleSchema, customerTypeSchema } from './customer.ts';

export { defaultBrand } from './default-brand.ts';

/** How somebody came into the portal. */
export const portalModeSchema = z.enum(['own', 'link', 'impersonation']);
export type PortalMode = z.infer<typeof portalModeSchema>;

/** NO-3: what a customer wants to be told, and when. */
export const notificationPreferencesSchema = z.object({
  /** How often mail that is not urgent goes out. */
  frequency: z.enum(['immediately', 'daily', 'weekly']),
  sms: z.boolean(),
  /** Percent of a bucket left below which it is low. NO-2's own is 10. */
  thresholds: z.object({
    data: z.int().min(1).max(90),
    voice: z.int().min(1).max(90),
    sms: z.int().min(1).max(90),
    monetary: z.int().min(1).max(90),
  }),
  categories: z.object({ billing: z.boolean(), usage: z.boolean(), service: z.boolean() }),
});
export type NotificationPreferences = z.infer<typeof notificationPreferencesSchema>;

export const defaultPreferences: NotificationPreferences = {
  frequency: 'immediately',
  sms: false,
  thresholds: { data: 10, voice: 10, sms: 10, monetary: 10 },
  categories: { billing: true, usage: true, service: true },
};

export const impersonationStateSchema = z.object({
  id: z.uuid(),
  staffName: z.string(),
  reason: z.string(),
  /** 30 minutes after it began, whatever happens. */
  expiresAt: instantSchema,
  /** 10 minutes after the last act. */
  idleAt: instantSchema,
  /** Reading only until staff take the second step. */
  mayChange: z.boolean(),
  /** In the desk's own view, whose banner stands above the page: the page then looks as it does for the customer (IM-5). */
  inDesk: z.boolean().optional(),
});
export type ImpersonationState = z.infer<typeof impersonationStateSchema>;

/** Who looks at the portal, and what they may do in it. */
export const portalMeSchema = z.object({
  mode: portalModeSchema,
  /** Null without an account: somebody whom the operator's own site let in for a customer. */
  account: z
    .object({
      email: emailSchema,
      /** A new address that still waits for its link to be opened. */
      pendingEmail: emailSchema.nullable(),
      twoFactor: z.boolean(),
      lastSignInAt: instantSchema.nullable(),
    })
    .nullable(),
  contact: z.object({ id: idSchema, name: nameSchema, phone: phoneSchema.nullable() }).nullable(),
  customer: z.object({
    id: idSchema,
    name: nameSchema,
    type: customerTypeSchema,
    createdAt: instantSchema,
    email: emailSchema.nullable(),
    phone: phoneSchema.nullable(),
  }),
  language: languageSchema,
  impersonation: impersonationStateSchema.nullable(),
  /** To be sent as `x-csrf-token` with every write. */
  csrfToken: z.string(),
  /** When the session ends by itself, and when it does without anything done. */
  expiresAt: instantSchema,
  idleSeconds: z.int().positive().nullable(),
  /** What this session may do, so that the screens show the right buttons. */
  may: z.object({
    change: z.boolean(),
    changeSecurity: z.boolean(),
    useApiKeys: z.boolean(),
  }),
});
export type PortalMe = z.infer<typeof portalMeSchema>;

export const portalContactSchema = z.object({
  id: idSchema,
  name: nameSchema,
  email: emailSchema.nullable(),
  phone: phoneSchema.nullable(),
  roles: z.array(contactRoleSchema),
});

export const portalSessionSchema = z.object({
  id: z.uuid(),
  current: z.boolean(),
  mode: portalModeSchema,
  /** Browser and system in a few words, as the browser says. */
  device: z.string(),
  ip: z.string(),
  createdAt: instantSchema,
  lastSeenAt: instantSchema,
});
export type PortalSession = z.infer<typeof portalSessionSchema>;

/** NO-2: what asks for the customer's attention. Texts are the portal's; these are the facts. */
export const alertSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('invoice_unpaid'),
    invoiceId: idSchema,
    number: z.string(),
    dueOn: z.iso.date(),
    overdue: z.boolean(),
  }),
  z.object({
    kind: z.literal('service_expiring'),
    serviceId: idSchema,
    name: z.string(),
    expiresAt: instantSchema,
    renews: z.boolean(),
  }),
  z.object({
    kind: z.literal('balance_low'),
    serviceId: idSchema,
    name: z.string(),
    type: z.enum(['data', 'voice', 'sms', 'monetary']),
    remaining: z.int(),
    total: z.int(),
    percent: z.int(),
  }),
  z.object({
    kind: z.literal('card_expiring'),
    methodId: idSchema,
    lastFour: z.string(),
    month: z.int(),
    year: z.int(),
  }),
  z.object({ kind: z.literal('service_suspended'), serviceId: idSchema, name: z.string() }),
  z.object({ kind: z.literal('verify_email'), email: emailSchema }),
  z.object({ kind: z.literal('add_payment_method'), serviceId: idSchema, name: z.string() }),
]);
export type Alert = z.infer<typeof alertSchema>;

export const portalKeySchema = z.object({
  id: idSchema,
  name: nameSchema,
  /** The key's first and last characters. */
  hint: z.string(),
  access: z.enum(['read', 'read_write']),
  createdAt: instantSchema,
  expiresAt: instantSchema.nullable(),
  lastUsedAt: instantSchema.nullable(),
  status: z.enum(['active', 'expired', 'revoked']),
});
export type PortalKey = z.infer<typeof portalKeySchema>;

/** What a customer sees of what was done for them or in their name (IM-7). */
export const portalActivitySchema = z.object({
  id: idSchema,
  at: instantSchema,
  action: z.string(),
  /** Who did it: the customer's own people by name; staff as staff, by name where they looked through the customer's eyes. */
  actor: z.enum(['you', 'contact', 'staff', 'program', 'system']),
  actorName: z.string().nullable(),
  /** True for what staff did while they looked through the customer's eyes. */
  impersonated: z.boolean(),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type PortalActivity = z.infer<typeof portalActivitySchema>;

/** A hidden element of the portal; what is not here can't be hidden. */
export const hideableSchema = z.enum([
  'dashboard_activity',
  'usage',
  'billing',
  'invoices',
  'transactions',
  'payment_methods',
  'recharge',
  'add_ons',
  'activity',
  'api_access',
  'account_contacts',
  'account_sites',
  'sign_out',
]);
export type Hideable = z.infer<typeof hideableSchema>;

/** Where the operator's own pages take over from the portal's. */
export const redirectSchema = z.enum([
  'signed_out',
  'subscribe',
  'top_up',
  'pay_invoice',
  'add_payment_method',
  'support',
]);
export type Redirect = z.infer<typeof redirectSchema>;

const colourSchema = z.string().regex(/^#[0-9a-f]{6}$/i);
/** An address of the web: https, or http on the machine itself; never one that hides its host behind a name and an @. */
const webAddressSchema = z
  .url()
  .max(500)
  .regex(/^(?:https:\/\/[^/?#@\\\s]+|http:\/\/(?:localhost|127\.0\.0\.1)(?::\d{1,5})?)(?:[/?#][^\s\\]*)?$/i);

/** Frames need TLS, for their cookie does; off it only on the machine itself. */
const frameOriginSchema = z
  .string()
  .regex(
    /^(?:https:\/\/(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?|http:\/\/(?:localhost|127\.0\.0\.1))(?::\d{1,5})?$/i,
  );

/** The operator's own look of the portal. */
export const brandSchema = z.object({
  name: nameSchema.max(80),
  /** A PNG, JPEG, WebP or SVG that is drawn as an image only; data URL, at most 200 kB. Null shows the name. */
  logo: z
    .string()
    .max(280_000)
    .regex(/^data:image\/(png|jpeg|webp|svg\+xml);base64,[A-Za-z0-9+/=]+$/)
    .nullable(),
  colours: z.object({ primary: colourSchema, background: colourSchema, text: colourSchema }),
  css: z.string().max(20_000),
  hidden: z.array(hideableSchema),
  redirects: z.partialRecord(redirectSchema, webAddressSchema),
  /** Texts of the catalogue that the operator words otherwise, by language and key. */
  texts: z.partialRecord(languageSchema, z.record(z.string().max(120), z.string().max(2_000))),
  /** Origins whose pages may show the portal in a frame, such as https://shop.example. */
  frameOrigins: z.array(frameOriginSchema).max(20),
});
export type Brand = z.infer<typeof brandSchema>;

/** Where a portal link leads. */
export const portalSectionSchema = z.enum([
  'dashboard',
  'services',
  'usage',
  'billing',
  'recharge',
  'account',
  'activity',
]);
export type PortalSection = z.infer<typeof portalSectionSchema>;
