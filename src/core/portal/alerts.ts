import { invoiceStatusOn, isExpiringCard, type PaymentMethod, paymentKindOf } from '../domain/billing.ts';
import type { Alert, NotificationPreferences } from '../domain/portal.ts';
import { type Balance, isExpiringSoon, type Service } from '../domain/service.ts';

export interface AlertService extends Pick<Service, 'id' | 'name' | 'status' | 'expiresAt' | 'autoRenew'> {
  readonly recurringAmount: number;
  /** Over the living buckets of each type. */
  readonly left: readonly { readonly type: Balance['type']; readonly remaining: number; readonly total: number }[];
}

export interface AlertFacts {
  readonly services: readonly AlertService[];
  readonly unpaid: readonly { readonly id: number; readonly number: string; readonly dueOn: string }[];
  readonly methods: readonly Pick<PaymentMethod, 'id' | 'kind' | 'lastFour' | 'expires'>[];
  readonly thresholds: NotificationPreferences['thresholds'];
  /** A new address that waits for its link to be opened. */
  readonly pendingEmail: string | null;
}

/**
 * NO-2: what asks for the customer's attention, the most pressing first: what is owed, what does not work, what will stop
 * working, what runs low, what can wait.
 */
export function alertsOf(facts: AlertFacts, now: Date): Alert[] {
  const { services, methods, pendingEmail } = facts;
  return [
    ...invoiceAlerts(facts, now),
    ...services.filter(({ status }) => status === 'suspended').map(suspended),
    ...paymentAlerts(services, methods),
    ...services.flatMap((service) => balanceAlerts(service, facts.thresholds)),
    ...expiryAlerts(services, now),
    ...methods.flatMap((method) => cardAlert(method, now)),
    ...(pendingEmail === null ? [] : [{ kind: 'verify_email', email: pendingEmail } as const]),
  ];
}

function invoiceAlerts({ unpaid }: AlertFacts, now: Date): Alert[] {
  return unpaid
    .toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : a.id - b.id))
    .map(({ id, number, dueOn }) => ({
      ...{ kind: 'invoice_unpaid', invoiceId: id, number, dueOn },
      overdue: invoiceStatusOn({ status: 'unpaid', dueOn }, now) === 'overdue',
    }));
}

const suspended = ({ id, name }: AlertService): Alert => ({ kind: 'service_suspended', serviceId: id, name });

/** PY-2: a service that renews needs something to be paid with; told once, for the service that renews next. */
function paymentAlerts(services: readonly AlertService[], methods: AlertFacts['methods']): Alert[] {
  if (paymentKindOf(methods) !== 'none') return [];
  const next = services
    .filter(({ status, autoRenew, recurringAmount }) => status === 'active' && autoRenew && recurringAmount > 0)
    .toSorted((a, b) => (a.expiresAt ?? '9').localeCompare(b.expiresAt ?? '9') || a.id - b.id)
    .at(0);
  return next ? [{ kind: 'add_payment_method', serviceId: next.id, name: next.name }] : [];
}

function balanceAlerts({ id, name, status, left }: AlertService, thresholds: AlertFacts['thresholds']): Alert[] {
  if (status !== 'active') return [];
  return left
    .filter(({ type, remaining, total }) => total > 0 && isLow(remaining, total, thresholds[type]))
    .map(({ type, remaining, total }) => ({
      ...{ kind: 'balance_low', serviceId: id, name, type, remaining, total },
      percent: Math.floor((remaining / total) * 100),
    }));
}

/** NO-2: at the threshold is low already ("data at 10 %"). */
export function isLow(remaining: number, total: number, threshold: number): boolean {
  return remaining <= (total * threshold) / 100;
}

/** What ends comes before what renews by itself, the soonest first. */
function expiryAlerts(services: readonly AlertService[], now: Date): Alert[] {
  return services
    .filter((service) => isExpiringSoon(service, now))
    .toSorted(
      (a, b) =>
        Number(a.autoRenew) - Number(b.autoRenew) ||
        (a.expiresAt ?? '').localeCompare(b.expiresAt ?? '') ||
        a.id - b.id,
    )
    .map(({ id, name, expiresAt, autoRenew }) => ({
      ...{ kind: 'service_expiring', serviceId: id, name, expiresAt: expiresAt ?? '', renews: autoRenew },
    }));
}

function cardAlert({ id, kind, lastFour, expires }: AlertFacts['methods'][number], now: Date): Alert[] {
  if (expires === null || lastFour === null || !isExpiringCard({ kind, expires }, now)) return [];
  return [{ kind: 'card_expiring', methodId: id, lastFour, month: expires.month, year: expires.year }];
}
