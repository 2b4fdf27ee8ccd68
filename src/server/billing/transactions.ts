import type { Transaction } from '#core/domain/billing.ts';
import type { Reader } from '../database/connection.ts';
import { type Page, pageFrom, readIdCursor } from '../http/page.ts';

export function transactionRows(reader: Reader, customerId: number) {
  return reader
    .selectFrom('transactions')
    .leftJoin('invoices', 'invoices.id', 'transactions.invoiceId')
    .select(['transactions.id', 'transactions.at', 'transactions.title', 'transactions.description'])
    .select(['transactions.amount', 'transactions.currency', 'transactions.serviceId', 'transactions.invoiceId'])
    .select('invoices.number as invoiceNumber')
    .where('transactions.customerId', '=', customerId);
}
type TransactionRow = Awaited<ReturnType<ReturnType<typeof transactionRows>['executeTakeFirstOrThrow']>>;

export function presentTransaction(row: TransactionRow): Transaction {
  const { id, at, title, description, amount, currency, serviceId, invoiceId, invoiceNumber } = row;
  const invoice = invoiceId === null || invoiceNumber === null ? null : { id: invoiceId, number: invoiceNumber };
  return { id, at: at.toISOString(), title, description, amount: { amount, currency }, serviceId, invoice };
}

/** A customer's charges, credits and payments, newest first. */
export async function listTransactions(
  reader: Reader,
  customerId: number,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<Page<Transaction>> {
  const before = readIdCursor(cursor);
  const rows = await transactionRows(reader, customerId)
    .$if(before !== undefined, (query) => query.where('transactions.id', '<', before as number))
    .orderBy('transactions.id', 'desc')
    .limit(limit + 1)
    .execute();
  return pageFrom(rows, limit, ({ id }) => ({ id }), presentTransaction);
}
