import { type ExpressionBuilder, sql } from 'kysely';
import { type Invoice, invoiceStatusOn, type Transaction } from '#core/domain/billing.ts';
import type { Reader } from '../database/connection.ts';
import type { Database } from '../database/schema.ts';
import { fail } from '../http/errors.ts';
import { type Page, pageFrom, readIdCursor } from '../http/page.ts';
import { presentTransaction, transactionRows } from './transactions.ts';

type InvoiceColumn = keyof Database['invoices'];

/** A calendar day as text: a driver would make an instant of the machine's own time zone of it. */
const dayOf = (column: InvoiceColumn) => sql<string>`${sql.ref(`invoices.${column}`)}::text`;
const maybeDayOf = (column: InvoiceColumn) => sql<string | null>`${sql.ref(`invoices.${column}`)}::text`;

const invoiceColumns = (_: ExpressionBuilder<Database, 'invoices'>) => [
  dayOf('issuedOn').as('issuedOn'),
  dayOf('dueOn').as('dueOn'),
  maybeDayOf('periodStart').as('periodStart'),
  maybeDayOf('periodEnd').as('periodEnd'),
];

function invoiceRows(reader: Reader, customerId: number) {
  return reader
    .selectFrom('invoices')
    .select(['invoices.id', 'invoices.number', 'invoices.total', 'invoices.tax'])
    .select(['invoices.currency', 'invoices.status'])
    .select(invoiceColumns)
    .where('invoices.customerId', '=', customerId);
}
type InvoiceRow = Awaited<ReturnType<ReturnType<typeof invoiceRows>['executeTakeFirstOrThrow']>>;

function present({ currency, total, tax, status, ...row }: InvoiceRow, now: Date): Invoice {
  return {
    ...{ id: row.id, number: row.number, issuedOn: row.issuedOn, dueOn: row.dueOn },
    ...{ periodStart: row.periodStart, periodEnd: row.periodEnd },
    total: { amount: total, currency },
    tax: { amount: tax, currency },
    status: invoiceStatusOn({ status, dueOn: row.dueOn }, now),
  };
}

/** A customer's invoices, newest first. */
export async function listInvoices(
  reader: Reader,
  customerId: number,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
  now: Date,
): Promise<Page<Invoice>> {
  const before = readIdCursor(cursor);
  const rows = await invoiceRows(reader, customerId)
    .$if(before !== undefined, (query) => query.where('invoices.id', '<', before as number))
    .orderBy('invoices.id', 'desc')
    .limit(limit + 1)
    .execute();
  return pageFrom(
    rows,
    limit,
    ({ id }) => ({ id }),
    (row) => present(row, now),
  );
}

/** One of the customer's invoices with what it is made of, in the order in which it happened. Throws not_found. */
export async function getInvoice(
  reader: Reader,
  customerId: number,
  id: number,
  now: Date,
): Promise<Invoice & { lines: Transaction[] }> {
  const row = await invoiceRows(reader, customerId).where('invoices.id', '=', id).executeTakeFirst();
  if (!row) throw fail('not_found', { what: 'invoice' });
  const lines = await transactionRows(reader, customerId)
    .where('transactions.invoiceId', '=', id)
    // A payment pays an invoice and is no part of its sum.
    .where('transactions.kind', '<>', 'payment')
    .orderBy('transactions.at')
    .orderBy('transactions.id')
    .execute();
  return { ...present(row, now), lines: lines.map(presentTransaction) };
}

export interface OpenInvoice {
  readonly id: number;
  readonly number: string;
  readonly dueOn: string;
  readonly total: number;
  readonly currency: string;
}

/** Invoices that wait to be paid, the longest due first. */
export async function openInvoices(reader: Reader, customerId: number, limit = 500): Promise<OpenInvoice[]> {
  return reader
    .selectFrom('invoices')
    .select(['id', 'number', 'total', 'currency', dayOf('dueOn').as('dueOn')])
    .where('customerId', '=', customerId)
    .where('status', '=', 'unpaid')
    .orderBy('invoices.dueOn')
    .orderBy('id')
    .limit(limit)
    .execute();
}
