import { getInvoice, listInvoices } from '../billing/invoices.ts';
import { listPaymentMethods, makeDefaultMethod, removePaymentMethod } from '../billing/payment-methods.ts';
import { billingSummary } from '../billing/summary.ts';
import { listTransactions } from '../billing/transactions.ts';
import type { PortalParts } from './router.ts';

/** What the customer owes, has paid, and pays with. */
export function billingRoutes({ stack: { queries, commands } }: PortalParts) {
  return {
    billing: queries.billing.handler(({ context: { db, caller, clock } }) =>
      billingSummary(db, caller.customerId, clock.now()),
    ),
    invoices: {
      list: queries.invoices.list.handler(({ context: { db, caller, clock }, input }) =>
        listInvoices(db, caller.customerId, input, clock.now()),
      ),
      get: queries.invoices.get.handler(({ context: { db, caller, clock }, input }) =>
        getInvoice(db, caller.customerId, input.id, clock.now()),
      ),
    },
    transactions: queries.transactions.handler(({ context: { db, caller }, input }) =>
      listTransactions(db, caller.customerId, input),
    ),
    paymentMethods: {
      list: queries.paymentMethods.list.handler(async ({ context: { db, caller } }) => ({
        items: await listPaymentMethods(db, caller.customerId),
        nextCursor: null,
      })),
      makeDefault: commands.paymentMethods.makeDefault.handler(async ({ context, input }) => {
        const { customerId } = context.caller;
        await makeDefaultMethod(context, { customerId, id: input.id });
        return { items: await listPaymentMethods(context.tx, customerId), nextCursor: null };
      }),
      remove: commands.paymentMethods.remove.handler(({ context, input }) =>
        removePaymentMethod(context, { customerId: context.caller.customerId, id: input.id }),
      ),
    },
  };
}
