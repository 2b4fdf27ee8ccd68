import { z } from 'zod';
import { flagSchema, idSchema, pageInputSchema, pageOf, uuidSchema } from '../../domain/common.ts';
import {
  identifiersSchema,
  itemHistorySchema,
  itemSchema,
  itemStatusSchema,
  reservationSchema,
  templateSchema,
} from '../../domain/inventory.ts';
import { command, query } from '../base.ts';

const tag = 'Inventory';

/** Secrets of a SIM; absent ones were never delivered. Reading them is audited. */
export const itemSecretsSchema = z.object({
  pin1: z.string().nullable(),
  puk1: z.string().nullable(),
  pin2: z.string().nullable(),
  puk2: z.string().nullable(),
});

export const importRowSchema = z.object({
  /** Line in the file, 1-based. */
  line: z.int(),
  outcome: z.enum(['created', 'updated', 'unchanged', 'failed']),
  itemId: idSchema.nullable(),
  label: z.string().nullable(),
  /**
   * Set on failed rows: missing_identifier, invalid_identifier, invalid_secret, invalid_label, duplicate_in_file,
   * item_conflict, wrong_column_count, broken_quotes, unknown_template, unknown_store, other_store, unknown_status.
   * `value` is never a secret; for wrong_column_count it is how many cells there are.
   */
  error: z.object({ code: z.string(), field: z.string().nullable(), value: z.string().nullable() }).nullable(),
});
export type ImportRow = z.infer<typeof importRowSchema>;

export const importSchema = z.object({
  id: idSchema,
  filename: z.string(),
  format: z.enum(['csv', 'sim_output']),
  dryRun: z.boolean(),
  status: z.enum(['running', 'done', 'failed']),
  /** Why it ended early: `interrupted` (central stopped or died; import the file again), `internal_error`. */
  failure: z.string().nullable(),
  progress: z.object({ done: z.int(), total: z.int() }),
  counts: z.object({ created: z.int(), updated: z.int(), unchanged: z.int(), failed: z.int() }),
  /** Columns of the file and the field each was read as; null columns were ignored. */
  columns: z.array(z.object({ header: z.string(), field: z.string().nullable() })),
  /** Failed rows first, then in file order; at most 1,000. All are at /inventory/imports/{id}/rows. */
  rows: z.array(importRowSchema),
});
export type Import = z.infer<typeof importSchema>;

const reservationErrors = ['item_not_available'] as const;

export const inventoryContract = {
  templates: query('view_inventory', '/inventory/templates', tag, 'Kinds of items').output(pageOf(templateSchema)),
  items: query('view_inventory', '/inventory/items', tag, 'Find items')
    .input(
      pageInputSchema.extend({
        template: z.string().max(100).optional(),
        status: itemStatusSchema.optional(),
        storeId: idSchema.optional(),
        q: z.string().max(100).optional(),
        /** Items that a picker may show: available, or reserved (greyed when another draft holds them), PA-9. */
        pickable: flagSchema.optional(),
        /** `memorable` sorts numbers by how easy they are to remember. */
        sort: z.enum(['label', 'memorable', 'newest']).optional(),
      }),
    )
    .output(pageOf(itemSchema)),
  lookup: query('view_inventory', '/inventory/lookup', tag, 'The item that carries exactly this identifier or label')
    .input(z.object({ code: z.string().min(1).max(100) }))
    .output(z.object({ item: itemSchema.nullable() })),
  item: query('view_inventory', '/inventory/items/{id}', tag, 'One item')
    .input(z.object({ id: idSchema }))
    .output(itemSchema),
  itemHistory: query('view_inventory', '/inventory/items/{id}/history', tag, 'What happened to an item, newest first')
    .input(pageInputSchema.extend({ id: idSchema }))
    .output(pageOf(itemHistorySchema)),
  createItem: command('create_inventory', { method: 'POST', path: '/inventory/items' }, tag, 'Receive one item', [
    'item_exists',
  ])
    .input(
      z.object({
        template: z.string(),
        identifiers: identifiersSchema,
        label: z.string().trim().min(1).max(100).optional(),
        storeId: idSchema.optional(),
        /** Of an eSIM: `LPA:1$…`. It is sealed, and shown to the eSIM's customer only. */
        esimActivationCode: z.string().trim().max(255).optional(),
      }),
    )
    .output(itemSchema),
  changeItem: command(
    'create_inventory',
    { method: 'PATCH', path: '/inventory/items/{id}' },
    tag,
    'Change its state or store',
    ['invalid_transition', 'item_not_available'],
  )
    .input(
      z.object({
        id: idSchema,
        status: itemStatusSchema.optional(),
        storeId: idSchema.optional(),
        reason: z.string().trim().max(500).optional(),
      }),
    )
    .output(itemSchema),
  revealSecrets: command(
    'view_secrets',
    { method: 'POST', path: '/inventory/items/{id}/secrets', successStatus: 200 },
    tag,
    'Show PIN and PUK of a SIM; audited',
  )
    .input(z.object({ id: idSchema, reason: z.string().trim().min(1).max(500) }))
    .output(itemSecretsSchema),
  /**
   * `alone`: the desk says that no other draft of it has the item; what one of them left on an item of the desk's own share
   * then ends. It says nothing about anybody else's.
   */
  reserve: command('provision', { method: 'POST', path: '/inventory/reservations' }, tag, 'Hold an item for a draft', [
    ...reservationErrors,
  ])
    .input(z.object({ itemId: idSchema, draftId: uuidSchema, alone: z.boolean().optional() }))
    .output(reservationSchema),
  extendReservation: command(
    'provision',
    { method: 'PATCH', path: '/inventory/reservations/{id}' },
    tag,
    'Hold it for the full time again',
    ['reservation_lapsed'],
  )
    .input(z.object({ id: uuidSchema }))
    .output(reservationSchema),
  releaseReservation: command(
    'provision',
    { method: 'DELETE', path: '/inventory/reservations/{id}', successStatus: 204 },
    tag,
    'Let an item go',
  )
    .input(z.object({ id: uuidSchema }))
    .output(z.void()),
  createImport: command(
    'create_inventory',
    { method: 'POST', path: '/inventory/imports', successStatus: 200, ownTransaction: true },
    tag,
    'Import a CSV or a SIM vendor’s output file',
    ['import_unreadable', 'payload_too_large'],
  )
    .input(
      z.object({
        /** The file, as multipart/form-data … */
        file: z.file().optional(),
        /** … or its text. */
        content: z.string().optional(),
        filename: z.string().max(300).optional(),
        /** Template for rows that name none; a SIM output file is always SIM cards. */
        template: z.string().optional(),
        storeId: idSchema.optional(),
        dryRun: z.union([z.boolean(), z.stringbool()]).default(false),
        /** False answers at once with status `running`; then poll the import. */
        wait: z.union([z.boolean(), z.stringbool()]).default(true),
        /** Header name to field, for headers that are not recognised. */
        columns: z.record(z.string(), z.string()).optional(),
      }),
    )
    .output(importSchema),
  getImport: query('create_inventory', '/inventory/imports/{id}', tag, 'State and result of an import')
    .input(z.object({ id: idSchema }))
    .output(importSchema),
  importRows: query('create_inventory', '/inventory/imports/{id}/rows', tag, 'Result of each row')
    .input(pageInputSchema.extend({ id: idSchema, outcome: importRowSchema.shape.outcome.optional() }))
    .output(pageOf(importRowSchema)),
  imports: query('create_inventory', '/inventory/imports', tag, 'Earlier imports, newest first')
    .input(pageInputSchema)
    .output(pageOf(importSchema.omit({ rows: true }))),
};
