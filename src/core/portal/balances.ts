import type { PortalBalance } from '#core/contract/portal/services.ts';
import { balanceTypeSchema } from '../domain/charging.ts';
import type { Balance } from '../domain/service.ts';

/**
 * Buckets as a customer sees them: type by type, each in the order in which they are used, without weights (domain.md
 * 1.12).
 */
export function portalBalances(buckets: readonly Balance[]): PortalBalance[] {
  return balanceTypeSchema.options.flatMap((type) =>
    buckets
      .filter((bucket) => bucket.type === type)
      .toSorted((a, b) => a.order - b.order)
      .map(({ id, name, total, used, remaining, unit, order, destinations, expiresAt }) => ({
        ...{ id, type, name, total, used, remaining, unit, order, destinations, expiresAt },
      })),
  );
}
