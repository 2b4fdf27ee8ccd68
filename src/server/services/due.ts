import type { Reader } from '../database/connection.ts';

/**
 * Services whose period is over. A suspended one that renews is not among them: it waits for what it is suspended for, and
 * catches up once it is in use again.
 */
export function dueServices(reader: Reader, now: Date) {
  return reader
    .selectFrom('services')
    .where('status', 'in', ['active', 'suspended'])
    .where('expiresAt', '<=', now)
    .where((where) =>
      where.or([where('status', '=', 'active'), where('autoRenew', '=', false), where('period', 'is', null)]),
    );
}
