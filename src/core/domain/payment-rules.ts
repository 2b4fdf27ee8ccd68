import type { PaymentKind, PaymentMethod } from './billing.ts';

/** PY-4: true from 60 days before the end of the month that the card is good for. */
export function isExpiringCard(method: Pick<PaymentMethod, 'kind' | 'expires'>, now: Date): boolean {
  if (method.kind !== 'card' || method.expires === null) return false;
  const end = Date.UTC(method.expires.year, method.expires.month, 1);
  return end - now.getTime() < 60 * 24 * 3_600_000;
}

/** PY-8: none on file, one that is charged by itself, or one that the customer pays by hand. */
export function paymentKindOf(methods: readonly Pick<PaymentMethod, 'kind'>[]): PaymentKind {
  if (methods.length === 0) return 'none';
  return methods.some(({ kind }) => kind === 'card' || kind === 'direct_debit') ? 'automatic' : 'offline';
}
