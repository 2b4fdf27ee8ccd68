import { z } from 'zod';
import { invoiceSchema, paymentKindSchema, paymentMethodSchema, transactionSchema } from '../../domain/billing.ts';
import { idSchema, pageInputSchema, pageOf } from '../../domain/common.ts';
import { moneySchema } from '../../domain/money.ts';
import { portalCommand, portalQuery } from './base.ts';

const one = z.object({ id: idSchema });

export const portalBillingContract = {
  billing: portalQuery('session', '/billing', 'What is owed and how it is paid').output(
    z.object({
      paymentKind: paymentKindSchema,
      /** By currency; empty when nothing is owed. */
      owed: z.array(moneySchema),
      overdueCount: z.int(),
      nextCharge: z.object({ on: z.iso.date(), amount: moneySchema }).nullable(),
    }),
  ),
  invoices: {
    list: portalQuery('session', '/invoices', 'Invoices, newest first')
      .input(pageInputSchema)
      .output(pageOf(invoiceSchema)),
    get: portalQuery('session', '/invoices/{id}', 'One invoice with its lines')
      .input(one)
      .output(invoiceSchema.extend({ lines: z.array(transactionSchema) })),
  },
  transactions: portalQuery('session', '/transactions', 'Charges, credits and payments, newest first')
    .input(pageInputSchema)
    .output(pageOf(transactionSchema)),
  paymentMethods: {
    list: portalQuery('session', '/payment-methods', 'How the customer pays').output(pageOf(paymentMethodSchema)),
    makeDefault: portalCommand('session', 'POST', '/payment-methods/{id}/default', 'Pay with this one from now on', {
      sensitive: true,
      keyless: true,
      successStatus: 200,
    })
      .input(one)
      .output(pageOf(paymentMethodSchema)),
    remove: portalCommand('session', 'DELETE', '/payment-methods/{id}', 'Forget a payment method', {
      sensitive: true,
      successStatus: 204,
    })
      .input(one)
      .output(z.void()),
  },
};
