import { type PaymentKind, paymentKindOf } from '#core/domain/billing.ts';
import type { Money } from '#core/domain/money.ts';
import { nextChargeOf } from '#core/portal/next-charge.ts';
import type { Reader } from '../database/connection.ts';
import { openInvoices } from './invoices.ts';
import { listPaymentMethods } from './payment-methods.ts';

export interface BillingSummary {
  paymentKind: PaymentKind;
  owed: Money[];
  overdueCount: number;
  nextCharge: { on: string; amount: Money } | null;
}

/** What a customer owes by currency, how it is paid, and what will be charged next. */
export async function billingSummary(reader: Reader, customerId: number, now: Date): Promise<BillingSummary> {
  const [methods, open, services] = await Promise.all([
    listPaymentMethods(reader, customerId),
    openInvoices(reader, customerId),
    renewingServices(reader, customerId),
  ]);
  const today = now.toISOString().slice(0, 10);
  const sums = new Map<string, number>();
  for (const { currency, total } of open) sums.set(currency, (sums.get(currency) ?? 0) + total);
  return {
    paymentKind: paymentKindOf(methods),
    owed: [...sums].map(([currency, amount]) => ({ amount, currency })).filter(({ amount }) => amount !== 0),
    overdueCount: open.filter(({ dueOn }) => dueOn < today).length,
    nextCharge: nextChargeOf(services),
  };
}

async function renewingServices(reader: Reader, customerId: number) {
  const rows = await reader
    .selectFrom('services')
    .select(['status', 'autoRenew', 'expiresAt', 'monthlyAmount', 'currency'])
    .where('customerId', '=', customerId)
    .where('status', '=', 'active')
    .where('autoRenew', '=', true)
    .where('period', 'is not', null)
    .execute();
  return rows.map(({ expiresAt, monthlyAmount: amount, currency, ...row }) => ({
    ...row,
    expiresAt: expiresAt?.toISOString() ?? null,
    monthlyCost: { amount, currency },
  }));
}
