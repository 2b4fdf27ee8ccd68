import type { Alert } from '#core/domain/portal.ts';
import { alertsOf } from '#core/portal/alerts.ts';
import { openInvoices } from '../billing/invoices.ts';
import { listPaymentMethods } from '../billing/payment-methods.ts';
import type { Reader } from '../database/connection.ts';
import { statesOfServices } from '../services/of-customer.ts';
import type { PortalCaller } from './context.ts';
import { readPreferences } from './preferences.ts';

/** Enough for every page; a customer with more has them called one by one elsewhere. */
const MOST = 100;

/** NO-2: what asks for the attention of this caller, the most pressing first. */
export async function listAlerts(reader: Reader, caller: PortalCaller, now: Date): Promise<Alert[]> {
  const { customerId } = caller;
  const [states, unpaid, methods, preferences, pendingEmail] = await Promise.all([
    statesOfServices(reader, customerId, now),
    openInvoices(reader, customerId, MOST),
    listPaymentMethods(reader, customerId),
    readPreferences(reader, caller),
    pendingEmailOf(reader, caller),
  ]);
  const services = states.map(({ expiresAt, monthlyAmount, ...state }) => ({
    ...{ ...state, expiresAt: expiresAt?.toISOString() ?? null, recurringAmount: monthlyAmount },
  }));
  const { thresholds } = preferences;
  return alertsOf({ services, unpaid, methods, thresholds, pendingEmail }, now).slice(0, MOST);
}

async function pendingEmailOf(reader: Reader, { accountId }: PortalCaller): Promise<string | null> {
  if (accountId === null) return null;
  const account = await reader
    .selectFrom('portalAccounts')
    .select('pendingEmail')
    .where('id', '=', accountId)
    .executeTakeFirst();
  return account?.pendingEmail ?? null;
}
