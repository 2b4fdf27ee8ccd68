import { z } from 'zod';

/** What is checked before Confirm; each has a message in the catalogues. */
export const preflightKeySchema = z.enum([
  'customer_open',
  'product_offered',
  'eligible',
  'complete',
  'items_held',
  'service_matches',
  'connectors_reachable',
  'payment_method',
  /** A warning when head office could not be asked: the desk checked by what it knows. */
  'head_office',
]);

/** `warning` informs, `failed` stops Confirm. `data` holds the facts of the message (item label, connector name). */
export const preflightCheckSchema = z.object({
  key: preflightKeySchema,
  state: z.enum(['ok', 'warning', 'failed']),
  data: z.record(z.string(), z.unknown()).default({}),
});
export type PreflightCheck = z.infer<typeof preflightCheckSchema>;
export const preflightSchema = z.object({ checks: z.array(preflightCheckSchema) });
