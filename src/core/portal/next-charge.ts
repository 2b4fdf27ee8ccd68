import type { Money } from '../domain/money.ts';
import type { Service } from '../domain/service.ts';

type Charged = Pick<Service, 'status' | 'autoRenew' | 'expiresAt' | 'monthlyCost'>;

/**
 * When services that renew by themselves are charged next, and what for all that renew on that day (by the day in UTC);
 * null when nothing renews. Days that are past wait for their renewal and count.
 */
export function nextChargeOf(services: readonly Charged[]): { on: string; amount: Money } | null {
  const due = services
    .filter(({ status, autoRenew, monthlyCost }) => status === 'active' && autoRenew && monthlyCost.amount > 0)
    .flatMap(({ expiresAt, monthlyCost }) => (expiresAt === null ? [] : [{ on: expiresAt.slice(0, 10), monthlyCost }]))
    .toSorted((a, b) => a.on.localeCompare(b.on));
  const first = due.at(0);
  if (first === undefined) return null;
  const { currency } = first.monthlyCost;
  const amount = due
    .filter(({ on, monthlyCost }) => on === first.on && monthlyCost.currency === currency)
    .reduce((sum, { monthlyCost }) => sum + monthlyCost.amount, 0);
  return { on: first.on, amount: { amount, currency } };
}
