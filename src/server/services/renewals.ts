import { systemActor } from '../context.ts';
import type { CentralDeps, Part } from '../deps.ts';
import { inTransaction } from '../http/transaction.ts';
import { dueServices } from './due.ts';
import { settleService } from './renew.ts';

type RenewalDeps = Pick<CentralDeps, 'db' | 'clock' | 'log' | 'background'>;

const TICK_MS = 5_000;
const PAGE = 200;

/**
 * Settles every service whose period is over, each in a transaction of its own: one that fails is logged, and does not keep
 * the others from theirs. Several centrals may do so at once. Gives how many were settled. `isWanted` is asked between two.
 */
export async function settleDue(deps: RenewalDeps, isWanted: () => boolean = () => true): Promise<number> {
  const { db, clock, log } = deps;
  let settled = 0;
  for (let after = 0, more = true; more; ) {
    const due = await dueServices(db, clock.now())
      .select('id')
      .where('id', '>', after)
      .orderBy('id')
      .limit(PAGE)
      .execute();
    for (const { id } of due) {
      if (!isWanted()) return settled;
      after = id;
      try {
        const outcome = await inTransaction(deps.background(), systemActor, (context) => settleService(context, id));
        if (outcome !== null) settled += 1;
      } catch (err) {
        log.error({ err, service: id }, 'a service whose period is over could not be renewed');
      }
    }
    more = due.length === PAGE;
  }
  return settled;
}

/** Renews or ends services at their time, by central's clock. */
export function createRenewals(deps: RenewalDeps): Part {
  let timer: NodeJS.Timeout | undefined;
  let isOpen = false;
  let working: Promise<void> = Promise.resolve();
  const next = () => {
    working = settleDue(deps, () => isOpen)
      .then(
        (count) => count > 0 && deps.log.info({ count }, 'services were renewed or have expired'),
        (err) => deps.log.warn({ err }, 'services whose period is over could not be looked for'),
      )
      .then(() => {
        if (isOpen) timer = setTimeout(next, TICK_MS);
      });
  };
  return {
    async start() {
      isOpen = true;
      next();
    },
    async stop() {
      isOpen = false;
      clearTimeout(timer);
      await working;
    },
  };
}
