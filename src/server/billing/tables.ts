import type { Generated, GeneratedAlways } from 'kysely';
import type { PaymentMethod } from '#core/domain/billing.ts';

export interface BillingTables {
  invoices: {
    id: Generated<number>;
    /** As printed. */
    number: string;
    customerId: number;
    /** Calendar days, as text when they are selected as such. */
    issuedOn: string;
    dueOn: string;
    periodStart: string | null;
    periodEnd: string | null;
    /** Minor units, tax included. */
    total: number;
    tax: number;
    currency: string;
    status: 'paid' | 'unpaid' | 'void';
    createdAt: Date;
  };
  /** Only ever added to; see the migration's guard. */
  transactions: {
    id: Generated<number>;
    customerId: number;
    at: Date;
    kind: 'charge' | 'credit' | 'payment';
    title: string;
    description: string;
    /** Minor units, tax included; charges are positive, credits and payments negative. */
    amount: number;
    tax: Generated<number>;
    currency: string;
    serviceId: number | null;
    /** The invoice that holds it, or that a payment pays. */
    invoiceId: number | null;
  };
  /** What a customer pays with. Card numbers never reach us; `reference` is the payment provider's. */
  paymentMethods: {
    id: GeneratedAlways<number>;
    customerId: number;
    kind: Generated<PaymentMethod['kind']>;
    brand: string | null;
    lastFour: string | null;
    holder: string | null;
    expiresMonth: number | null;
    expiresYear: number | null;
    reference: string | null;
    isDefault: boolean;
    addedAt: Generated<Date>;
  };
}
