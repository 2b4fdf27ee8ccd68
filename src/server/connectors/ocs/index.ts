import { z } from 'zod';
import { ChargingRefusal, openAccount, removeAccount, revertTopUp, topUp } from '../../charging/accounts.ts';
import { listBalances } from '../../charging/balances.ts';
import { bucketInputSchema } from '../../charging/buckets.ts';
import { KeyReused } from '../../charging/operations.ts';
import { rollOver } from '../../charging/roll-over.ts';
import type { Db, Tx } from '../../database/connection.ts';
import { type ActionContext, type Connector, defineAction } from '../action.ts';
import { refused } from '../failure.ts';

/** The service's uuid: how the charging system knows it. */
const account = z.uuid();

const accountSchema = z.strictObject({
  account,
  currency: z.string().nullable().default(null),
  buckets: z.array(bucketInputSchema).default([]),
});
const topUpSchema = z.strictObject({ account, bucket: bucketInputSchema });
const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const rollOverSchema = z.strictObject({
  account,
  /** Where one period ends and the next begins. */
  renewsAt: instant,
  periodEnd: instant,
  /** What the plan gives in the next period; null for the same as before. */
  buckets: z.array(bucketInputSchema).nullable().default(null),
});
const verifySchema = z.strictObject({
  account,
  type: bucketInputSchema.shape.type,
  /** What must be left at least, over all buckets of the type. */
  atLeast: z.number().nonnegative(),
});

/**
 * The embedded charging system. It is reached like an external one: with its own transactions, so that an answer can be
 * lost after the work was done, and with the task's key, so that asking again does nothing twice.
 */
export function ocsConnector(db: Db): Connector {
  return {
    name: 'ocs',
    target: 'embedded',
    outside: true,
    check: async () => void (await db.selectFrom('chargingAccounts').select('serviceUuid').limit(1).execute()),
    actions: {
      createAccount: defineAction(
        accountSchema,
        (context, input) => charge(context, (tx, now) => openAccount(tx, { key: context.key, now, ...input })),
        (context, input) => charge(context, (tx) => removeAccount(tx, input.account, context.key)),
      ),
      topUp: defineAction(
        topUpSchema,
        (context, input) => charge(context, (tx, now) => topUp(tx, { key: context.key, now, ...input })),
        (context) => charge(context, (tx) => revertTopUp(tx, context.key)),
      ),
      // A period that has begun is not taken back: its buckets may be in use.
      rollOver: defineAction(rollOverSchema, (context, input) =>
        charge(context, (tx, now) => rollOver(tx, { key: context.key, now, ...input })),
      ),
      verifyBalance: defineAction(verifySchema, async (context, input) => {
        const balances = await listBalances(context.db, input.account, context.clock.now());
        const ofType = balances.filter(({ type }) => type === input.type);
        const remaining = ofType.reduce((sum, balance) => sum + balance.remaining, 0);
        if (remaining >= input.atLeast) return { remaining };
        throw refused(`${remaining} of ${input.type} left, ${input.atLeast} expected`, { remaining });
      }),
    },
  };
}

async function charge<T>({ db, clock }: ActionContext, work: (tx: Tx, now: Date) => Promise<T>): Promise<T> {
  try {
    return await db.transaction().execute((tx) => work(tx, clock.now()));
  } catch (error) {
    if (error instanceof ChargingRefusal || error instanceof KeyReused) throw refused(error.message);
    throw error;
  }
}
