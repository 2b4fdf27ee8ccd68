import { z } from 'zod';
import { idSchema, instantSchema, pageOf, uuidSchema } from '../../domain/common.ts';
import { command, query } from '../base.ts';

/** One line of the global search: what it is and where it leads. */
export const searchHitSchema = z.object({
  type: z.enum(['customer', 'service', 'item', 'order', 'job']),
  id: idSchema,
  title: z.string(),
  /** Facts for the second line: an ICCID, a customer's name, a status; the screen words them. */
  detail: z.string(),
  status: z.string().nullable(),
  customerId: idSchema.nullable(),
  /**
   * Set by a desk for an assignment of its own that head office has not yet: a draft, or an order in its outbox. It leads
   * there; `type` is `order` and `id` a negative number that tells one hit from another. Central leaves it out.
   */
  draftId: uuidSchema.nullish(),
});
export type SearchHit = z.infer<typeof searchHitSchema>;

export const searchContract = query(
  'view_customer',
  '/search',
  'Search',
  'Customers, services, items by ICCID, number or serial, orders and provisioning numbers',
)
  .input(
    z.object({
      q: z.string().trim().min(1).max(300),
      limit: z.coerce.number<number>().int().min(1).max(50).default(20),
    }),
  )
  .output(pageOf(searchHitSchema));

export const connectorStateSchema = z.object({
  name: z.string(),
  reachable: z.boolean(),
  /** Where it goes, without secrets: embedded, a host name. */
  target: z.string(),
  error: z.string().nullable(),
});

export const systemContract = {
  info: query('signed_in', '/system/info', 'System', 'Version, clock and mode').output(
    z.object({
      name: z.string(),
      version: z.string(),
      demo: z.boolean(),
      now: instantSchema,
      currency: z.string(),
      country: z.string(),
    }),
  ),
  connectors: query('provision', '/system/connectors', 'System', 'Whether each connector answers').output(
    pageOf(connectorStateSchema),
  ),
};

export const demoContract = {
  clock: command(
    'admin',
    { method: 'POST', path: '/demo/clock', successStatus: 200, keyless: true },
    'Demo',
    'Move central’s clock forward; leases, locks, links and schedules obey it',
  )
    .input(z.object({ advanceSeconds: z.coerce.number<number>().int().min(0).max(315_360_000) }))
    .output(z.object({ now: instantSchema })),
  faults: command(
    'admin',
    { method: 'POST', path: '/demo/faults', successStatus: 200, keyless: true },
    'Demo',
    'Make a connector action fail or hang',
  )
    .input(
      z.object({
        /** connector.action, for example ocs.createAccount. */
        action: z.string().regex(/^[a-z]+\.[a-zA-Z]+$/),
        /** How many calls are hit; 0 clears. */
        times: z.coerce.number<number>().int().min(0).max(1000),
        /** Text of the failure; `connector_unreachable`, `garbage` and `lost_answer` act as their names say. */
        error: z.string().max(500).optional(),
        delaySeconds: z.coerce.number<number>().min(0).max(3600).optional(),
      }),
    )
    .output(z.object({ action: z.string(), times: z.int() })),
};
