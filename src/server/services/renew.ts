import { periodEndAfter } from '#core/domain/period.ts';
import { assertMove, serviceTransitions } from '#core/domain/state-machine.ts';
import { hasOpenAccount } from '../charging/accounts.ts';
import { rollOver } from '../charging/roll-over.ts';
import type { CommandContext } from '../context.ts';
import { dueServices } from './due.ts';
import type { ServiceRow } from './write.ts';

/** So many missed periods at a time; the next pass goes on. */
const MOST_AT_ONCE = 60;

/** What became of a service; null when there was nothing to do, or another central is at it. */
export type Settled = 'renewed' | 'expired' | null;

/**
 * Settles a service whose period is over, in one transaction: a central that dies in it has done nothing, and of two
 * centrals one does it. One that renews gets its next period, and all that were missed meanwhile; others expire.
 */
export async function settleService(context: CommandContext, id: number): Promise<Settled> {
  const now = context.clock.now();
  const service = await dueServices(context.tx, now)
    .selectAll()
    .where('id', '=', id)
    .forNoKeyUpdate()
    .skipLocked()
    .executeTakeFirst();
  if (!service) return null;
  if (!service.autoRenew || service.period === null) {
    await expire(context, service);
    return 'expired';
  }
  await renew(context, service, service.period);
  return 'renewed';
}

/**
 * Begins the next periods until one runs. No money is taken for them yet: that comes before the roll-over, and a service
 * whose payment is refused does not come here.
 */
async function renew(context: CommandContext, service: ServiceRow, period: NonNullable<ServiceRow['period']>) {
  const { tx, clock } = context;
  const now = clock.now();
  const isCharged = await hasOpenAccount(tx, service.uuid);
  let end = service.expiresAt ?? now;
  for (let count = 0; count < MOST_AT_ONCE && end <= now; count += 1) {
    const renewsAt = end;
    end = periodEndAfter(service.activatedAt ?? renewsAt, renewsAt, period);
    const key = `renewal ${service.uuid} ${renewsAt.toISOString()}`;
    const next = { key, account: service.uuid, now, renewsAt, periodEnd: end, buckets: null };
    if (isCharged) await rollOver(tx, next);
    audit(context, service, 'service.renewed', { from: renewsAt.toISOString(), until: end.toISOString() });
  }
  await tx.updateTable('services').set({ expiresAt: end }).where('id', '=', service.id).execute();
}

async function expire(context: CommandContext, service: ServiceRow) {
  assertMove(serviceTransitions, service.status, 'expired');
  await context.tx.updateTable('services').set({ status: 'expired' }).where('id', '=', service.id).execute();
  audit(context, service, 'service.expired', { at: service.expiresAt?.toISOString() ?? null });
}

function audit(context: CommandContext, service: ServiceRow, action: string, detail: Record<string, unknown>) {
  const { id, name, customerId } = service;
  context.audit({ action, subject: { type: 'service', id }, customerId, detail: { name, ...detail } });
}
