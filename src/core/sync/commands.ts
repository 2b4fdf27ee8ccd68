import { z } from 'zod';
import { customerChangeSchema } from '../contract/central/customers.ts';
import { orderInputSchema } from '../contract/central/orders.ts';
import { errorSchema } from '../contract/errors.ts';
import { idSchema, instantSchema, uuidSchema } from '../domain/common.ts';
import {
  contactInputSchema,
  contactSchema,
  customerInputSchema,
  customerSchema,
  siteInputSchema,
  siteSchema,
} from '../domain/customer.ts';
import { orderSchema } from '../domain/provisioning.ts';

/** What a desk may do without a line, with what head office answers. The payloads are those of the same calls of the API. */
export const commandTypes = {
  'customer.create': { payload: customerInputSchema, result: customerSchema },
  'customer.change': { payload: customerChangeSchema, result: customerSchema },
  'contact.create': { payload: contactInputSchema.extend({ id: idSchema }), result: contactSchema },
  'site.create': { payload: siteInputSchema.extend({ id: idSchema }), result: siteSchema },
  'order.place': { payload: orderInputSchema, result: orderSchema },
} as const;
export type CommandType = keyof typeof commandTypes;
export type CommandPayload<T extends CommandType> = z.infer<(typeof commandTypes)[T]['payload']>;
export type CommandResult<T extends CommandType> = z.infer<(typeof commandTypes)[T]['result']>;
export const commandTypeSchema = z.enum(Object.keys(commandTypes) as [CommandType, ...CommandType[]]);

/** How many commands travel at once. */
export const COMMANDS_AT_ONCE = 50;

/**
 * One piece of a desk's work on its way to head office. `id` is its idempotency key, born when staff did it: whatever
 * happens on the way, it takes effect once.
 */
export const commandSchema = z.object({
  id: uuidSchema,
  type: commandTypeSchema,
  /** Parsed with the schema of its type. Ids are head office's: those of the desk itself are replaced before it travels. */
  payload: z.record(z.string(), z.unknown()),
  /** Who did it, by the desk's word. */
  userId: idSchema,
  /** When, by the desk's clock. */
  madeAt: instantSchema,
});
export type Command = z.infer<typeof commandSchema>;

/**
 * `accepted` and `refused` are final and the same however often the command is sent. `later`: central could not try (busy,
 * stopping, its database away), nothing was kept, send it again.
 */
export const commandOutcomeSchema = z.discriminatedUnion('outcome', [
  z.object({ id: uuidSchema, outcome: z.literal('accepted'), result: z.record(z.string(), z.unknown()) }),
  z.object({ id: uuidSchema, outcome: z.literal('refused'), error: errorSchema }),
  z.object({ id: uuidSchema, outcome: z.literal('later'), reason: z.string() }),
]);
export type CommandOutcome = z.infer<typeof commandOutcomeSchema>;
