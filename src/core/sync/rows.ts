import { z } from 'zod';
import { idSchema, instantSchema, uuidSchema } from '../domain/common.ts';
import { contactSchema, customerSchema, siteSchema } from '../domain/customer.ts';
import { itemSchema, templateSchema } from '../domain/inventory.ts';
import { productSchema } from '../domain/product.ts';
import { serviceSchema } from '../domain/service.ts';
import { storeSchema } from '../domain/user.ts';

/** An item of the desk's own store, as the desk keeps it: with the desk that its share belongs to. */
export const stockItemSchema = itemSchema.omit({ customerId: true, serviceId: true, share: true }).extend({
  /** The desk that alone may promise it while it has no line; null for an item nobody has leased. */
  deskId: uuidSchema.nullable(),
  deskName: z.string().nullable(),
});
export type StockItem = z.infer<typeof stockItemSchema>;

/** A service as the desk keeps it. Balances are asked of head office when there is a line. */
export const serviceRowSchema = serviceSchema.omit({ balances: true, customerName: true });
export type ServiceRow = z.infer<typeof serviceRowSchema>;

/**
 * What a desk's directory holds, in the order in which it is pulled: the few and the urgent first, so that the desk is of
 * use before the whole directory is there.
 */
export const syncRowSchemas = {
  stores: storeSchema,
  templates: templateSchema,
  products: productSchema,
  items: stockItemSchema,
  customers: customerSchema,
  contacts: contactSchema,
  sites: siteSchema,
  services: serviceRowSchema,
} as const;

export const syncEntities = [
  'stores',
  'templates',
  'products',
  'items',
  'customers',
  'contacts',
  'sites',
  'services',
] as const;
export type SyncEntity = (typeof syncEntities)[number];
export type SyncRow<E extends SyncEntity> = z.infer<(typeof syncRowSchemas)[E]>;

/** The fields of an entity's rows in the order in which they travel. Central names them, so that either side may know more. */
export function syncColumns(entity: SyncEntity): string[] {
  return Object.keys(syncRowSchemas[entity].shape);
}

/** Some rows of one entity: a table, because a name per field per row would double what travels. */
const tableSchema = z.object({
  entity: z.enum(syncEntities),
  columns: z.array(z.string()),
  rows: z.array(z.array(z.unknown())),
  /** Keys of rows that the desk must forget: an item that left the store. Ids, but slugs for templates. */
  gone: z.array(z.union([idSchema, z.string()])).default([]),
});
export type SyncTable = z.infer<typeof tableSchema>;

/** One page of a snapshot or of the changes after it. */
export const syncPageSchema = z.object({
  tables: z.array(tableSchema),
  /** Send it back for what follows. Opaque; kept by the desk in the transaction that keeps the rows. */
  cursor: z.string(),
  /** True when nothing more is to be had now. The snapshot's last cursor is the first of the changes. */
  complete: z.boolean(),
  /** Rows sent so far of about how many, for a progress bar; null for changes. */
  progress: z.object({ done: z.int(), total: z.int() }).nullable(),
  /** Central's clock as the page was made. */
  at: instantSchema,
});
export type SyncPage = z.infer<typeof syncPageSchema>;
