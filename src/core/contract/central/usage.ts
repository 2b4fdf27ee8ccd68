import { z } from 'zod';
import { balanceTypeSchema, destinationSchema, serviceUsageSchema, usageEntrySchema } from '../../domain/charging.ts';
import { idSchema, pageInputSchema, pageOf } from '../../domain/common.ts';
import { command, query } from '../base.ts';

const tag = 'Usage';
/** Records in one call. */
export const MOST_USAGE_RECORDS = 1_000;
/** Ten terabytes, or what no call and no purchase reaches: more is a fault of whoever counted. */
const MOST_AT_A_TIME = 10_000_000_000_000;

/** Which service used something: its id, the number it had, or its SIM card. */
const subscriberSchema = z.union([
  z.strictObject({ serviceId: z.int().positive().max(2_147_483_647) }),
  /** E.164, with or without its plus. */
  z.strictObject({ msisdn: z.string().regex(/^\+?[1-9]\d{4,14}$/) }),
  z.strictObject({ imsi: z.string().regex(/^\d{6,15}$/) }),
]);

/** One piece of usage as the network counted it: a call, a session, a message. */
export const usageRecordSchema = z.strictObject({
  /** The reporter's own, unique in this central: a record is counted once for its id, however often it is sent. */
  id: z.string().regex(/^[\x21-\x7e]{1,100}$/),
  service: subscriberSchema,
  type: balanceTypeSchema,
  destination: destinationSchema.default('on_net'),
  /** Bytes, seconds, messages or minor units, by type. */
  quantity: z.int().nonnegative().max(MOST_AT_A_TIME),
  /** When it was used, to the millisecond. */
  at: z.iso.datetime({ offset: true }),
  /** The other party's number. */
  peer: z.string().trim().min(1).max(50).nullish(),
});
export type UsageRecord = z.output<typeof usageRecordSchema>;

/**
 * What became of a record. `duplicate`: it was there already, with the same content; `conflict`: its id stands for another
 * content, which is kept; `rejected`: see the reason. Only `accepted` and `duplicate` are counted.
 */
export const usageOutcomeSchema = z.enum(['accepted', 'duplicate', 'conflict', 'rejected']);
export type UsageOutcome = z.infer<typeof usageOutcomeSchema>;

export const usageRefusalSchema = z.enum([
  /** Not of the shape of a record; `field` says where. */
  'invalid',
  'bad_quantity',
  /** No service has this id, number or SIM card. */
  'unknown_service',
  /** The service has no charging account: nothing of it is counted. */
  'no_account',
  /** More than 5 minutes ahead of central's clock. */
  'in_future',
  /** More than 90 days ago. */
  'too_old',
]);
export type UsageRefusal = z.infer<typeof usageRefusalSchema>;

export const usageResultSchema = z.object({
  /** As it was sent; null where there was none to read. */
  id: z.string().nullable(),
  outcome: usageOutcomeSchema,
  reason: usageRefusalSchema.nullable(),
  /** Of `invalid`: the field that is wrong, such as `service` or `at`. */
  field: z.string().nullable(),
});
export type UsageResult = z.infer<typeof usageResultSchema>;

// What can't be read is answered in its place and sinks no other.
const sentSchema = z.union([usageRecordSchema, z.unknown()]);

const ofService = z.object({ id: idSchema });

export const usageContract = {
  /**
   * Keyless, for a record is counted once for its id. Records may come late and in any order: the balances are what they
   * would be had all come in time.
   */
  record: command(
    'record_usage',
    { method: 'POST', path: '/usage', successStatus: 200, keyless: true },
    tag,
    'Report what was used: one record, or up to 1,000 as records',
  )
    .input(
      z.union([
        z.object({ records: z.array(sentSchema).min(1).max(MOST_USAGE_RECORDS) }),
        usageRecordSchema,
        z.looseObject({}),
      ]),
    )
    /** In the order they were sent. */
    .output(z.object({ results: z.array(usageResultSchema) })),
  ofService: query('view_customer', '/services/{id}/usage', tag, 'A service’s use by type, destination and day')
    .input(ofService)
    .output(serviceUsageSchema),
  recordsOfService: query(
    'view_customer',
    '/services/{id}/usage-records',
    tag,
    'A service’s single calls, sessions and messages, newest first',
  )
    .input(pageInputSchema.extend({ id: idSchema, type: balanceTypeSchema.optional() }))
    .output(pageOf(usageEntrySchema)),
};
