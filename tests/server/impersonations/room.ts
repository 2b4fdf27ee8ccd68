import { createHash, randomBytes } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import type { PortalMe } from '#core/domain/portal.ts';
import { type RawAnswer, rawCall, type TestCentral } from '../../parts/central.ts';

/** A customer with a contact who has an account. */
export async function addAccount(central: TestCentral, name = 'Ana Souza', email = `${uuid()}@mail.example`) {
  const { db } = central;
  const customer = await (await central.asAdmin()).customers.create({ name, type: 'individual', allowDuplicate: true });
  const contact = await db
    .insertInto('contacts')
    .values({ customerId: customer.id, name, email, phone: null, roles: ['primary'], hasLogin: true })
    .returning('id')
    .executeTakeFirstOrThrow();
  const account = await db
    .insertInto('portalAccounts')
    .values({ contactId: contact.id, customerId: customer.id, email, passwordHash: null, createdAt: new Date() })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { customerId: customer.id, contactId: contact.id, accountId: account.id, name, email };
}
export type Account = Awaited<ReturnType<typeof addAccount>>;

/** The desk's view, as far as central can tell: it keeps the cookie, and adds its key to every request. */
export function openView(central: TestCentral, withKey = true) {
  const key = withKey ? randomBytes(32).toString('base64url') : undefined;
  const keyHash = key === undefined ? undefined : createHash('sha256').update(key).digest('hex');
  let cookie = '';
  let csrf = '';
  const headersOf = (more: Record<string, string> = {}) => ({
    ...(cookie === '' ? {} : { cookie }),
    ...(key === undefined ? {} : { 'x-comptoir-view': key }),
    ...(csrf === '' ? {} : { 'x-csrf-token': csrf }),
    ...more,
  });
  const call = (method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<RawAnswer> =>
    rawCall(central.url, method, `/portal/api/v1${path}`, { body, headers: headersOf(headers) });
  return {
    keyHash,
    call,
    cookie: () => cookie,
    csrf: () => csrf,
    /** Opens an address; gives where it led to. */
    async enter(portalUrl: string): Promise<string> {
      const response = await fetch(portalUrl, { redirect: 'manual', headers: headersOf() });
      cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
      return response.headers.get('location') ?? '';
    },
    async me(): Promise<PortalMe> {
      const { body } = await call('GET', '/me');
      csrf = body.csrfToken ?? csrf;
      return body;
    },
  };
}

/** What the audit has about the customer, oldest first. */
export function auditOf({ db }: TestCentral, { customerId }: Pick<Account, 'customerId'>) {
  return db
    .selectFrom('auditEntries')
    .select(['action', 'actorKind', 'actorName', 'effectiveName', 'detail'])
    .where('customerId', '=', customerId)
    .where('action', 'like', 'impersonation.%')
    .orderBy('id')
    .execute();
}
