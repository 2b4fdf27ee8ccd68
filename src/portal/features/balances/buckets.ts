import type { PortalBalance } from '#core/contract/portal/services.ts';
import type { BalanceType } from '#core/domain/charging.ts';

/** Percent left, from 0 to 100; whatever is left shows, so that only nothing looks like nothing. */
export function percentLeft({ remaining, total }: { readonly remaining: number; readonly total: number }): number {
  if (total <= 0 || remaining <= 0) return 0;
  return Math.min(100, Math.max(1, (100 * remaining) / total));
}

/** NO-2's own threshold: at or below a tenth a balance is low. The customer's own one decides about alerts. */
const LOW_PERCENT = 10;

export function isLow(bucket: { readonly remaining: number; readonly total: number }): boolean {
  return bucket.total > 0 && bucket.remaining * 100 <= bucket.total * LOW_PERCENT;
}

/** All buckets of one type of a service, as one bar. */
export interface TypeTotal {
  readonly type: BalanceType;
  readonly unit: PortalBalance['unit'];
  readonly total: number;
  readonly remaining: number;
  /** When the first of those with something left is over; null when none of them ends. */
  readonly nextExpiry: string | null;
  readonly buckets: number;
}

/** In the order people ask for them. A list of its own: the schema would bring its library to every page. */
export const balanceTypes = ['data', 'voice', 'sms', 'monetary'] as const satisfies readonly BalanceType[];

/** Types in the order people ask for them, each with its buckets summed; types without buckets are left out. */
export function totalsByType(balances: readonly PortalBalance[]): TypeTotal[] {
  return balanceTypes.flatMap((type) => {
    const own = balances.filter((balance) => balance.type === type);
    const [first] = own;
    return first === undefined ? [] : [totalOf(type, first.unit, own)];
  });
}

function totalOf(type: BalanceType, unit: PortalBalance['unit'], own: readonly PortalBalance[]): TypeTotal {
  const sum = (what: 'total' | 'remaining') => own.reduce((before, bucket) => before + bucket[what], 0);
  const ends = own.filter(({ remaining }) => remaining > 0).flatMap(({ expiresAt }) => expiresAt ?? []);
  const nextExpiry = ends.sort((a, b) => Date.parse(a) - Date.parse(b))[0] ?? null;
  return { type, unit, total: sum('total'), remaining: sum('remaining'), nextExpiry, buckets: own.length };
}

/** One type's buckets as they are used: the first of the list goes first (domain.md 1.12). */
export function inOrderOfUse(balances: readonly PortalBalance[], type: BalanceType): PortalBalance[] {
  return balances.filter((balance) => balance.type === type).sort((a, b) => a.order - b.order);
}

/** The key of the words for a bucket's place among `count`: said only where there is an order to know. */
export function orderKey(place: number, count: number): 'only' | 'first' | 'second' | 'third' | 'later' {
  if (count < 2) return 'only';
  return (['first', 'second', 'third'] as const)[place - 1] ?? 'later';
}
