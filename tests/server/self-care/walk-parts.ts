import { v7 as uuid } from 'uuid';
import type { PortalRouteMeta } from '#core/contract/portal/base.ts';
import { portalContract } from '#core/contract/portal.ts';
import { defaultPreferences } from '#core/domain/portal.ts';
import { tokenHash } from '../../../src/server/access/tokens.ts';
import type { TestCentral } from '../../parts/central.ts';
import { visit } from './portal-room.ts';

export interface WalkRoute {
  /** Its place in the contract, such as `services.get`. */
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly meta: PortalRouteMeta;
}

/** Every route of a contract, with its place in it. */
export function walkRoutes(contract: object = portalContract, before = ''): WalkRoute[] {
  return Object.entries(contract).flatMap(([key, node]) => {
    const name = `${before}${key}`;
    if (!('~orpc' in node)) return walkRoutes(node, `${name}.`);
    const { route, meta } = node['~orpc'];
    return [{ name, method: route.method, path: route.path, meta }];
  });
}

/** The objects that routes name by id. */
export type Kind = 'service' | 'invoice' | 'method' | 'key' | 'session';
export type Ids = Readonly<Record<Kind, number | string>>;

interface Input {
  /** Of what the `{id}` in its path is. */
  readonly of?: Kind;
  readonly body?: unknown;
}

const wrong = { password: 'Not-the-password-1!' };

/** What is sent to each route. One that is new in the contract has no line here, and fails the walk. */
export const inputs: Readonly<Record<string, Input>> = {
  'auth.login': { body: { email: 'nobody@mail.test', ...wrong } },
  'auth.logout': {},
  'auth.forgot': { body: { email: 'nobody@mail.test' } },
  'auth.checkReset': { body: { token: 'none' } },
  'auth.reset': { body: { token: 'none', password: 'Comptoir!2027' } },
  'auth.verifyEmail': { body: { token: 'none' } },
  brand: {},
  me: {},
  'impersonation.allowChanges': {},
  'impersonation.end': {},
  'account.change': { body: { language: 'en' } },
  'account.changeEmail': { body: { email: 'walk@mail.test', ...wrong } },
  'account.cancelEmail': {},
  'account.changePassword': { body: { ...wrong, newPassword: 'Comptoir!2027' } },
  'account.contacts': {},
  'account.sites': {},
  'account.notifications.get': {},
  'account.notifications.change': { body: defaultPreferences },
  'account.twoFactor.get': {},
  'account.twoFactor.begin': { body: wrong },
  'account.twoFactor.confirm': { body: { code: '000000' } },
  'account.twoFactor.renewBackupCodes': { body: { code: '000000' } },
  'account.twoFactor.disable': { body: { ...wrong, code: '000000' } },
  'account.sessions.list': {},
  'account.sessions.end': { of: 'session' },
  'account.sessions.endOthers': {},
  'account.apiKeys.list': {},
  'account.apiKeys.create': { body: { name: 'Walk', access: 'read' } },
  'account.apiKeys.revoke': { of: 'key' },
  dashboard: {},
  alerts: {},
  activity: {},
  'services.list': {},
  'services.get': { of: 'service' },
  'services.balances': { of: 'service' },
  'services.usage': { of: 'service' },
  'services.usageRecords': { of: 'service' },
  'services.change': { of: 'service', body: { autoRenew: true } },
  'services.esim': { of: 'service' },
  'services.offers': { of: 'service' },
  offers: {},
  billing: {},
  'invoices.list': {},
  'invoices.get': { of: 'invoice' },
  transactions: {},
  'paymentMethods.list': {},
  'paymentMethods.makeDefault': { of: 'method' },
  'paymentMethods.remove': { of: 'method' },
};

/** Ids that no row has, of the shape that a route takes, and others. */
export const unknownOf = (kind: Kind): number | string =>
  kind === 'session' ? '01890000-0000-7000-8000-000000000000' : 2_000_000_001;
export const strangeIds = [
  -1,
  0,
  '99999999999999999999',
  'x',
  '1;drop table customers',
  '../../me',
  '%00',
  '1e3',
  'null',
];

const pathOf = (path: string, id: number | string | null) =>
  id === null ? path : path.replace('{id}', encodeURIComponent(String(id)));

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

export function requestOf({ name, method, path }: WalkRoute, id: number | string | null): Request {
  const body = inputs[name]?.body;
  return { method, path: pathOf(path, id), body: body ?? (method === 'GET' || method === 'DELETE' ? undefined : {}) };
}

/**
 * Gives a customer one of everything, with a word of their own in every text: where the word shows up in another's answer,
 * something leaked. Returns what it has, and a key of its own that may write.
 */
export async function furnish(
  central: TestCentral,
  customerId: number,
  word: string,
): Promise<{ ids: Ids; key: string }> {
  const { db } = central;
  const now = new Date();
  await db.updateTable('customers').set({ name: word, taxIdentifier: word }).where('id', '=', customerId).execute();
  await db.updateTable('contacts').set({ name: word }).where('customerId', '=', customerId).execute();
  await db.insertInto('sites').values({ customerId, name: word, address: word }).execute();
  await db.updateTable('services').set({ name: word }).where('customerId', '=', customerId).execute();
  const method = await db
    .insertInto('paymentMethods')
    .values({
      ...{ customerId, kind: 'card', brand: word, lastFour: '0001', holder: word, isDefault: false },
      addedAt: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const invoice = await db
    .insertInto('invoices')
    .values({
      ...{ customerId, number: word, issuedOn: '2026-01-01', dueOn: '2026-01-15', periodStart: null, periodEnd: null },
      ...{ total: 777, tax: 0, currency: 'GBP', status: 'unpaid', createdAt: now },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const line = { customerId, at: now, kind: 'charge', title: word, description: word, amount: 777 } as const;
  await db
    .insertInto('transactions')
    .values({ ...line, currency: 'GBP', serviceId: null, invoiceId: invoice.id })
    .execute();
  const service = await db
    .selectFrom('services')
    .select('id')
    .where('customerId', '=', customerId)
    .where('status', '=', 'active')
    .executeTakeFirstOrThrow();
  const key = `cpk_${uuid()}`;
  const made = await db
    .insertInto('portalApiKeys')
    .values({
      ...{ customerId, name: word, hash: tokenHash(key), hint: word, access: 'read_write', createdBy: null },
      ...{ createdAt: now, expiresAt: null, revokedAt: null, lastUsedAt: null },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const { sessionId } = await visit(central, { customerId });
  return {
    ids: { service: service.id, invoice: invoice.id, method: method.id, key: made.id, session: sessionId },
    key,
  };
}
