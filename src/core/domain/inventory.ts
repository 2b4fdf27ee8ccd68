import { z } from 'zod';
import { idSchema, instantSchema, nameSchema, uuidSchema } from './common.ts';

export const itemStatusSchema = z.enum(['new', 'in_stock', 'reserved', 'assigned', 'sold', 'faulty', 'retired']);
export type ItemStatus = z.infer<typeof itemStatusSchema>;

/** How long a chosen item stays held for a draft unless extended (PA-10). */
export const RESERVATION_SECONDS = 600;

/** Which identifier an item of a template is known by; the first is the one people read and scan. */
export const identifierSchema = z.enum(['iccid', 'imsi', 'msisdn', 'imei', 'serial', 'mac']);
export type Identifier = z.infer<typeof identifierSchema>;

/** A kind of item. `name` is the key by which a product asks for it (domain.md 1.6). */
export const templateSchema = z.object({
  slug: z.string().regex(/^[a-z][a-z0-9_]*$/),
  name: nameSchema,
  identifiers: z.array(identifierSchema),
});
export type InventoryTemplate = z.infer<typeof templateSchema>;

export const identifiersSchema = z.object({
  iccid: z.string().optional(),
  imsi: z.string().optional(),
  msisdn: z.string().optional(),
  imei: z.string().optional(),
  serial: z.string().optional(),
  mac: z.string().optional(),
});
export type Identifiers = z.infer<typeof identifiersSchema>;

/** A lease on an item, owned by a draft. */
export const reservationSchema = z.object({
  id: uuidSchema,
  itemId: idSchema,
  draftId: uuidSchema,
  expiresAt: instantSchema,
});
export type Reservation = z.infer<typeof reservationSchema>;

/** What a list shows of a lease: by whom and until when, so that a colleague can be asked. */
export const heldBySchema = reservationSchema.pick({ id: true, draftId: true, expiresAt: true }).extend({
  userName: z.string(),
});
export type HeldBy = z.infer<typeof heldBySchema>;

export const itemShareSchema = z.object({
  kind: z.enum(['own', 'other_desk', 'free']),
  /** Of `other_desk`; null for the others, or when it is not known. */
  deskName: z.string().nullable(),
});
export type ItemShare = z.infer<typeof itemShareSchema>;

/** `template` is the template's slug, for example `sim_card`. */
export const itemSchema = z.object({
  id: idSchema,
  template: z.string(),
  templateName: z.string(),
  label: z.string(),
  status: itemStatusSchema,
  identifiers: identifiersSchema,
  storeId: idSchema.nullable(),
  storeName: z.string().nullable(),
  customerId: idSchema.nullable(),
  serviceId: idSchema.nullable(),
  reservation: heldBySchema.nullable(),
  /**
   * Whose share of the store's stock it is, in the answers of an enrolled desk: this desk's own, another desk's by that
   * name, or nobody's. Without a line a desk may promise its own only. Central leaves it out.
   */
  share: itemShareSchema.nullish(),
});
export type Item = z.infer<typeof itemSchema>;

export const itemHistorySchema = z.object({
  at: instantSchema,
  event: z.string(),
  fromStatus: itemStatusSchema.nullable(),
  toStatus: itemStatusSchema,
  userName: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()),
});

/** Why an item can't be chosen; the key of the message shown to staff and of the refusal sound. */
export const itemRefusalSchema = z.enum([
  'unknown_item',
  'wrong_template',
  'other_store',
  'held_by_other',
  /** Its store has leased it to another desk, which may have promised it without a line. */
  'of_other_desk',
  /** There is no line, and it is not of this desk's share. */
  'not_ours_offline',
  'already_assigned',
  'not_available',
]);
export type ItemRefusal = z.infer<typeof itemRefusalSchema>;

/** What PA-9 needs to know to judge an item for a draft's slot. */
export interface PickContext {
  /** Slug of the slot's template; undefined when any slot will do. */
  readonly template?: string;
  readonly draftId?: string;
  /** Undefined for staff of all stores. */
  readonly storeId?: number;
  readonly now: Date;
}

type PickableItem = Pick<Item, 'template' | 'status' | 'storeId'> & {
  reservation: { draftId: string; expiresAt: string } | null;
};

/**
 * Says whether a draft may take an item: status new or in stock, or held by this very draft (PA-9 and domain.md 8 (2)).
 * Returns null when it may, else the first reason why not. An expired lease holds nothing.
 */
export function refuseItem(item: PickableItem, context: PickContext): ItemRefusal | null {
  if (context.template !== undefined && item.template !== context.template) return 'wrong_template';
  if (item.status === 'assigned' || item.status === 'sold') return 'already_assigned';
  if (item.status === 'faulty' || item.status === 'retired') return 'not_available';
  if (context.storeId !== undefined && item.storeId !== null && item.storeId !== context.storeId) return 'other_store';
  const lease = item.reservation;
  if (lease && new Date(lease.expiresAt) > context.now && lease.draftId !== context.draftId) return 'held_by_other';
  if (item.status === 'reserved' && lease === null) return 'not_available';
  return null;
}
