import type { Alert, Hideable } from '#core/domain/portal.ts';

export type AlertTone = 'bad' | 'warn' | 'info';

/** How loud an alert is: something does not work or is owed too long, will soon, or can be seen to at leisure. */
export function toneOf(alert: Alert): AlertTone {
  switch (alert.kind) {
    case 'service_suspended':
      return 'bad';
    case 'invoice_unpaid':
      return alert.overdue ? 'bad' : 'warn';
    case 'balance_low':
      return alert.remaining <= 0 ? 'bad' : 'warn';
    case 'service_expiring':
      return alert.renews ? 'info' : 'warn';
    case 'card_expiring':
      return 'warn';
    case 'add_payment_method':
    case 'verify_email':
      return 'info';
  }
}

/** A name for each alert that stays the same while it stands. */
export function alertKey(alert: Alert): string {
  switch (alert.kind) {
    case 'invoice_unpaid':
      return `${alert.kind}:${alert.invoiceId}`;
    case 'balance_low':
      return `${alert.kind}:${alert.serviceId}:${alert.type}`;
    case 'card_expiring':
      return `${alert.kind}:${alert.methodId}`;
    case 'verify_email':
      return alert.kind;
    default:
      return `${alert.kind}:${alert.serviceId}`;
  }
}

/** The one thing to do about an alert, and which of the portal's elements it is done in: a hidden one is no place to go. */
export interface AlertAction {
  readonly key: 'invoice' | 'service' | 'top_up' | 'payment' | 'email';
  readonly href: string;
  readonly hiddenBy?: readonly Hideable[];
}

export function actionOf(alert: Alert): AlertAction {
  switch (alert.kind) {
    case 'invoice_unpaid':
      return { key: 'invoice', href: `/billing/invoices/${alert.invoiceId}`, hiddenBy: ['billing', 'invoices'] };
    case 'service_expiring':
    case 'service_suspended':
      return { key: 'service', href: `/services/${alert.serviceId}` };
    case 'balance_low':
      return { key: 'top_up', href: `/recharge/${alert.serviceId}`, hiddenBy: ['recharge'] };
    case 'card_expiring':
    case 'add_payment_method':
      return { key: 'payment', href: '/billing/payment', hiddenBy: ['billing', 'payment_methods'] };
    case 'verify_email':
      return { key: 'email', href: '/account' };
  }
}
