import type { PaymentMethod, Transaction } from '#core/domain/billing.ts';

/** A charge is positive, a credit or a payment negative (domain.md 1.9). */
export function directionOf({ amount }: Pick<Transaction, 'amount'>): 'charge' | 'credit' | 'none' {
  if (amount.amount === 0) return 'none';
  return amount.amount > 0 ? 'charge' : 'credit';
}

/** The default first, then the newest. */
export function orderMethods(methods: readonly PaymentMethod[]): PaymentMethod[] {
  return [...methods].sort(
    (a, b) => Number(b.isDefault) - Number(a.isDefault) || Date.parse(b.addedAt) - Date.parse(a.addedAt),
  );
}

/** True from the first day of the month after the one a card is good for. */
export function isExpiredCard({ expires }: Pick<PaymentMethod, 'expires'>, now: Date): boolean {
  return expires !== null && now.getTime() >= Date.UTC(expires.year, expires.month, 1);
}
