import type { Tx } from '../database/connection.ts';
import { type Call, ChargingRefusal, lockOpenAccount } from './accounts.ts';
import { addBuckets, type BucketInput, repeatBuckets } from './buckets.ts';
import { once } from './operations.ts';
import { endPeriod, lastPeriod, openPeriod } from './periods.ts';

export interface RollOver extends Call {
  /** The renewal's instant: where one period ends and the next begins, also when it is done later. */
  readonly renewsAt: Date;
  readonly periodEnd: Date;
  /** What the plan gives from now on; null for what it gave before: who bought a plan keeps it as it was sold. */
  readonly buckets: readonly BucketInput[] | null;
}

/**
 * Begins an account's next period, once for a key. The plan's buckets of the ending one expire with it, with what is left
 * of them; top-ups and promotions live on to their own expiry. Usage that was recorded before is rated anew: what was used
 * after the renewal falls to the new period, however late this is done. Nothing is paid here, and there is no way back.
 * Throws ChargingRefusal when there is no open account, or a period as late as this one.
 */
export async function rollOver(tx: Tx, call: RollOver): Promise<Record<string, unknown>> {
  const { key, account, now, renewsAt, periodEnd, buckets } = call;
  await lockOpenAccount(tx, account);
  const input = { renewsAt, periodEnd, buckets };
  return once(tx, { key, account, action: 'roll_over', input, now }, async () => {
    const ending = await lastPeriod(tx, account);
    if (!ending || ending.startsAt >= renewsAt) {
      throw new ChargingRefusal(`the period of account ${account} can not end at ${renewsAt.toISOString()}`);
    }
    if (periodEnd <= renewsAt) throw new ChargingRefusal('a period ends after it begins');
    await endPeriod(tx, ending.id, renewsAt);
    const { id } = await openPeriod(tx, { account, startsAt: renewsAt, endsAt: periodEnd, now });
    const made = { operationKey: key, now };
    const ids =
      buckets === null
        ? await repeatBuckets(tx, ending.id, { id, startsAt: renewsAt, endsAt: periodEnd }, made)
        : await addBuckets(tx, { ...made, account, buckets, startsAt: renewsAt, period: { id, endsAt: periodEnd } });
    return { account, buckets: ids, renewsAt: renewsAt.toISOString(), periodEnd: periodEnd.toISOString() };
  });
}
