import { z } from 'zod';
import { daySchema, idSchema, instantSchema } from './common.ts';
import { moneySchema } from './money.ts';

// The rules stand apart from the schemas, so that a page can have them without the schemas' library.
export { isExpiringCard, paymentKindOf } from './payment-rules.ts';

/** How an invoice stands, for people (domain.md 1.10). `overdue` is derived: unpaid and past its due date (IV-4). */
export const invoiceStatusSchema = z.enum(['paid', 'unpaid', 'overdue', 'void']);
export type InvoiceStatus = z.infer<typeof invoiceStatusSchema>;

export const invoiceSchema = z.object({
  id: idSchema,
  /** As printed, for example INV-2026-001234. */
  number: z.string(),
  issuedOn: daySchema,
  dueOn: daySchema,
  periodStart: daySchema.nullable(),
  periodEnd: daySchema.nullable(),
  total: moneySchema,
  tax: moneySchema,
  status: invoiceStatusSchema,
});
export type Invoice = z.infer<typeof invoiceSchema>;

/** A charge (positive) or a credit or payment (negative), domain.md 1.9. */
export const transactionSchema = z.object({
  id: idSchema,
  at: instantSchema,
  title: z.string(),
  description: z.string(),
  amount: moneySchema,
  serviceId: idSchema.nullable(),
  /** The invoice that holds it; null while it is not invoiced (IV-5). */
  invoice: z.object({ id: idSchema, number: z.string() }).nullable(),
});
export type Transaction = z.infer<typeof transactionSchema>;

/** A card or an account debited by itself, or one of the ways that the customer pays by hand (PY-8). */
export const paymentMethodSchema = z.object({
  id: idSchema,
  kind: z.enum(['card', 'direct_debit', 'transfer', 'cheque', 'cash']),
  /** Of a card. */
  brand: z.string().nullable(),
  lastFour: z.string().nullable(),
  holder: z.string().nullable(),
  expires: z.object({ month: z.int().min(1).max(12), year: z.int() }).nullable(),
  isDefault: z.boolean(),
  addedAt: instantSchema,
});
export type PaymentMethod = z.infer<typeof paymentMethodSchema>;

/** IV-4, domain.md: unpaid and past its due date, by the day in UTC. */
export function invoiceStatusOn(
  invoice: { readonly status: 'paid' | 'unpaid' | 'void'; readonly dueOn: string },
  now: Date,
): InvoiceStatus {
  return invoice.status === 'unpaid' && invoice.dueOn < now.toISOString().slice(0, 10) ? 'overdue' : invoice.status;
}

/** How the customer pays, which decides what the payment section shows (PY-8). */
export const paymentKindSchema = z.enum(['none', 'automatic', 'offline']);
export type PaymentKind = z.infer<typeof paymentKindSchema>;
