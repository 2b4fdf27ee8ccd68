import { z } from 'zod';
import { errorSchema } from '../contract/errors.ts';
import { daySchema, idSchema, instantSchema, uuidSchema } from '../domain/common.ts';
import { contactSchema, customerSchema, siteSchema } from '../domain/customer.ts';
import { itemSchema } from '../domain/inventory.ts';
import { productSchema } from '../domain/product.ts';
import { serviceSchema } from '../domain/service.ts';
import { outboxStateSchema } from '../sync/states.ts';

/** One chosen item and its hold. A hold that lapsed keeps the item in sight so that staff can take it again. */
export const draftItemSchema = z.object({
  template: z.string(),
  item: itemSchema.pick({
    id: true,
    template: true,
    templateName: true,
    label: true,
    identifiers: true,
    storeId: true,
  }),
  hold: z.object({ id: uuidSchema, expiresAt: instantSchema }).nullable(),
  /**
   * True when it is of this desk's share and kept for this draft by the desk itself, without a line: such a hold has no
   * time limit, and nobody else can be promised the item.
   */
  heldHere: z.boolean().default(false),
  /** True when the desk proposed it and nobody has touched it yet. */
  suggested: z.boolean(),
});
export type DraftItem = z.infer<typeof draftItemSchema>;

/** What the customer's record offers for the choices of the wizard, read when customer and product are known. */
export const draftChoicesSchema = z.object({
  sites: z.array(siteSchema),
  contacts: z.array(contactSchema),
  /** Services an add-on may go on (AO-1). */
  services: z.array(serviceSchema.pick({ id: true, name: true, status: true, serviceType: true })),
});
export type DraftChoices = z.infer<typeof draftChoicesSchema>;

/** Where the assignment began; it decides whether the product or the customer is asked first. */
export const draftOriginSchema = z.enum(['nothing', 'product', 'customer', 'service', 'item']);
export type DraftOrigin = z.infer<typeof draftOriginSchema>;

export const draftStatusSchema = z.enum(['open', 'ordered', 'discarded']);

/** An assignment from its first screen on. Its id is the idempotency key of everything after (architecture.md, Drafts). */
export const draftSchema = z.object({
  id: uuidSchema,
  status: draftStatusSchema,
  userId: idSchema,
  storeId: idSchema.nullable(),
  startedFrom: draftOriginSchema.default('nothing'),
  createdAt: instantSchema,
  updatedAt: instantSchema,
  customer: customerSchema.nullable(),
  product: productSchema.nullable(),
  items: z.array(draftItemSchema),
  /** Items held beside the chosen ones while the customer decides (two favourite numbers). */
  shortlist: z.array(draftItemSchema),
  choices: draftChoicesSchema,
  serviceId: idSchema.nullable(),
  siteId: idSchema.nullable(),
  billingContactId: idSchema.nullable(),
  technicalContactId: idSchema.nullable(),
  purchaseOrder: z.string(),
  costCentre: z.string(),
  installationDate: daySchema.nullable(),
  /** Null until asked or defaulted (PA-12). */
  autoRenew: z.boolean().nullable(),
  order: z.object({ id: idSchema, serviceId: idSchema.nullable(), jobId: idSchema }).nullable(),
  /**
   * Its way to head office once confirmed (Saved here, accepted); null before, and on a desk that is not enrolled, which
   * orders straight at head office. `statusToken` is in the address of the customer's status page.
   */
  sending: z
    .object({
      commandId: uuidSchema,
      state: outboxStateSchema,
      savedAt: instantSchema,
      acceptedAt: instantSchema.nullable(),
      error: errorSchema.nullable(),
      statusToken: z.string(),
    })
    .nullable()
    .default(null),
});
export type Draft = z.infer<typeof draftSchema>;

export function emptyDraft(
  id: string,
  userId: number,
  storeId: number | null,
  now: string,
  startedFrom: DraftOrigin = 'nothing',
): Draft {
  return {
    id,
    status: 'open',
    userId,
    storeId,
    startedFrom,
    createdAt: now,
    updatedAt: now,
    customer: null,
    product: null,
    items: [],
    shortlist: [],
    choices: { sites: [], contacts: [], services: [] },
    serviceId: null,
    siteId: null,
    billingContactId: null,
    technicalContactId: null,
    purchaseOrder: '',
    costCentre: '',
    installationDate: null,
    autoRenew: null,
    order: null,
    sending: null,
  };
}

/** The free fields of the business step, as staff type them. */
export const draftDetailsSchema = draftSchema
  .pick({
    serviceId: true,
    siteId: true,
    billingContactId: true,
    technicalContactId: true,
    installationDate: true,
    autoRenew: true,
  })
  .extend({ purchaseOrder: z.string().max(100), costCentre: z.string().max(100) })
  .partial();
export type DraftDetails = z.infer<typeof draftDetailsSchema>;
