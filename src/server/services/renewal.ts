import { refuseRenewal } from '#core/portal/actions.ts';
import type { CommandContext } from '../context.ts';
import { fail } from '../http/errors.ts';

export interface RenewalChange {
  readonly id: number;
  /** Whose service it must be; another's is not found. */
  readonly customerId: number;
  readonly autoRenew: boolean;
}

/**
 * Lets a service renew by itself or end with its period. A change to what it already is changes nothing. Throws not_found,
 * and renewal_fixed for what never renews or has ended.
 */
export async function setAutoRenew(
  context: CommandContext,
  { id, customerId, autoRenew }: RenewalChange,
): Promise<void> {
  const { tx, audit } = context;
  const service = await tx
    .selectFrom('services')
    .select(['name', 'status', 'period', 'autoRenew'])
    .where('id', '=', id)
    .where('customerId', '=', customerId)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!service) throw fail('not_found', { what: 'service' });
  const reason = refuseRenewal(service);
  if (reason !== null) throw fail('renewal_fixed', { reason });
  if (service.autoRenew === autoRenew) return;
  await tx.updateTable('services').set({ autoRenew }).where('id', '=', id).execute();
  const { name } = service;
  audit({
    action: 'service.renewal_changed',
    subject: { type: 'service', id },
    customerId,
    detail: { name, autoRenew },
  });
}
