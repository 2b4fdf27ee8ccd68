import type { InferContractRouterOutputs } from '@orpc/contract';
import type { PortalContract } from '#core/contract/portal.ts';
import type { PortalMe } from '#core/domain/portal.ts';

type Answers = InferContractRouterOutputs<PortalContract>;

const API = '/portal/api/v1';
const DAY_MS = 86_400_000;
const GB = 1_000_000_000;

const dayFromNow = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString();
const dateFromNow = (days: number) => dayFromNow(days).slice(0, 10);
const pounds = (amount: number) => ({ amount, currency: 'GBP' });
const one = <T>(...items: T[]) => ({ items, nextCursor: null });

export const sampleMe: PortalMe = {
  ...{ mode: 'link', csrfToken: '', language: 'en', impersonation: null },
  account: { email: 'john.smith@example.com', pendingEmail: null, twoFactor: true, lastSignInAt: dayFromNow(-1) },
  contact: { id: 1, name: 'John Smith', phone: '+447700900123' },
  customer: {
    ...{ id: 123, name: 'John Smith', type: 'individual', createdAt: dayFromNow(-400) },
    ...{ email: 'john.smith@example.com', phone: '+447700900123' },
  },
  ...{ expiresAt: dayFromNow(1), idleSeconds: null },
  may: { change: true, changeSecurity: true, useApiKeys: true },
};

const forAll = { destinations: null, expiresAt: dayFromNow(18) };
const balances: Answers['services']['balances']['items'] = [
  {
    id: 'data',
    type: 'data',
    name: 'Data',
    total: 20 * GB,
    used: 7.5 * GB,
    remaining: 12.5 * GB,
    unit: 'byte',
    order: 1,
    ...forAll,
  },
  {
    id: 'voice',
    type: 'voice',
    name: 'Voice',
    total: 60_000,
    used: 12_600,
    remaining: 47_400,
    unit: 'second',
    order: 1,
    ...forAll,
  },
  { id: 'sms', type: 'sms', name: 'SMS', total: 500, used: 460, remaining: 40, unit: 'message', order: 1, ...forAll },
];

const service: Answers['services']['get'] = {
  ...{ id: 789, name: 'Mobile - +44 7700 900123', serviceType: 'mobile', status: 'active', expiringSoon: false },
  product: { name: 'Mobile - 20 GB plan', description: '20 GB, 1,000 minutes, 500 SMS' },
  ...{ createdAt: dayFromNow(-42), activatedAt: dayFromNow(-42), expiresAt: dayFromNow(18), period: 'month' },
  ...{ monthlyCost: pounds(1500), autoRenew: true, msisdn: '+447700900123', balances },
  actions: ['view_usage', 'top_up', 'add_ons', 'change_renewal'],
  ...{ site: null, items: [], addOns: [], terms: '' },
};

const alerts: Answers['alerts']['items'] = [
  { kind: 'balance_low', serviceId: 789, name: service.name, type: 'sms', remaining: 40, total: 500, percent: 8 },
];
const activity: Answers['activity']['items'] = [
  {
    id: 2,
    at: dayFromNow(-1),
    action: 'service.renewal_changed',
    actor: 'you',
    actorName: null,
    impersonated: false,
    detail: { autoRenew: true, name: service.name },
  },
  {
    id: 1,
    at: dayFromNow(-42),
    action: 'service.activated',
    actor: 'system',
    actorName: null,
    impersonated: false,
    detail: { name: service.name },
  },
];

const usage: Answers['services']['usage'] = {
  ...{ serviceId: 789, lastTopUp: null, period: { startsAt: dayFromNow(-12), endsAt: dayFromNow(18) } },
  types: [
    {
      ...{
        type: 'data',
        unit: 'byte',
        total: 20 * GB,
        remaining: 12.5 * GB,
        usedThisPeriod: 7.5 * GB,
        uncovered: 0,
      },
      byDestination: [],
      days: Array.from({ length: 30 }, (_, at) => ({
        day: dateFromNow(at - 29),
        quantity: ((at * 37) % 11) * 0.1 * GB,
      })),
    },
  ],
};

const invoice: Answers['invoices']['list']['items'][number] = {
  ...{ id: 1, number: 'INV-2026-001234', issuedOn: dateFromNow(-12), dueOn: dateFromNow(2) },
  ...{
    periodStart: dateFromNow(-12),
    periodEnd: dateFromNow(18),
    total: pounds(1500),
    tax: pounds(250),
    status: 'unpaid',
  },
};
const transaction: Answers['transactions']['items'][number] = {
  ...{ id: 1, at: dayFromNow(-12), title: service.product.name, description: '', amount: pounds(1500) },
  ...{ serviceId: 789, invoice: { id: 1, number: invoice.number } },
};
const offers: Answers['offers'] = one({
  ...{ id: 5, name: '5 GB', description: '', serviceType: 'mobile' as const, kind: 'top_up' as const },
  ...{ gives: { type: 'data' as const, quantity: 5 * GB }, once: pounds(500), recurring: null, validDays: 30 },
});

/** What the portal's pages are told in the preview, by their address below the API. */
const answers: Readonly<Record<string, unknown>> = {
  '/me': sampleMe,
  '/dashboard': { services: [service], serviceCount: 1, alerts, activity } satisfies Answers['dashboard'],
  '/alerts': one(...alerts),
  '/activity': one(...activity),
  '/services': one(service),
  '/services/789': service,
  '/services/789/balances': one(...balances),
  '/services/789/usage': usage,
  '/services/789/usage-records': one(),
  '/services/789/offers': offers,
  '/offers': offers,
  '/billing': {
    ...{ paymentKind: 'automatic', owed: [pounds(1500)], overdueCount: 0 },
    nextCharge: { on: dateFromNow(18), amount: pounds(1500) },
  } satisfies Answers['billing'],
  '/invoices': one(invoice),
  '/invoices/1': { ...invoice, lines: [transaction] } satisfies Answers['invoices']['get'],
  '/transactions': one(transaction),
  '/payment-methods': one<Answers['paymentMethods']['list']['items'][number]>({
    ...{ id: 1, kind: 'card', brand: 'visa', lastFour: '4242', holder: 'John Smith', isDefault: true },
    ...{ expires: { month: 12, year: new Date().getFullYear() + 2 }, addedAt: dayFromNow(-300) },
  }),
  '/account/contacts': one<Answers['account']['contacts']['items'][number]>({
    ...{ id: 1, name: 'John Smith', email: 'john.smith@example.com', phone: '+447700900123', roles: ['primary'] },
  }),
  '/account/sites': one({ id: 1, name: 'Home', address: '1 High Street, London' }),
};

/** Answers like central, for reading; whatever would change something is refused. */
export function sampleAnswer({ method, url }: Request): Response {
  const { pathname } = new URL(url);
  const found = method === 'GET' && pathname.startsWith(API) ? answers[pathname.slice(API.length)] : undefined;
  if (found !== undefined) return Response.json(found);
  const refused = { defined: true, code: 'forbidden', status: 403, message: 'This is a preview.' };
  return Response.json(refused, { status: 403 });
}
