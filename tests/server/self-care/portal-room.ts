import { v7 as uuid } from 'uuid';
import type { PortalMode } from '#core/domain/portal.ts';
import { systemActor } from '../../../src/server/context.ts';
import { inTransaction } from '../../../src/server/http/transaction.ts';
import { csrfTokens, openPortalSession, sessionLives } from '../../../src/server/self-care/sessions.ts';
import { type RawAnswer, rawCall, type TestCentral } from '../../parts/central.ts';
import { waitUntil } from '../../parts/wait.ts';

/**
 * A request to the portal's API that waits out a machine with too much to do: central then refuses before any route runs,
 * so that asking again is asking once.
 */
export const askPortal = (
  central: TestCentral,
  method: string,
  path: string,
  options: Parameters<typeof rawCall>[3],
): Promise<RawAnswer> =>
  waitUntil(async () => {
    const answer = await rawCall(central.url, method, `/portal/api/v1${path}`, options);
    return answer.body?.data?.reason === 'overloaded' ? null : answer;
  }, 'a central that is not overloaded');

export interface PortalVisitor {
  readonly sessionId: string;
  readonly headers: Record<string, string>;
  /** A request with this session's cookie, its CSRF token and a fresh Idempotency-Key. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<RawAnswer>;
  get(path: string): Promise<RawAnswer>;
}

export interface VisitorOptions {
  readonly customerId: number;
  readonly mode?: Exclude<PortalMode, 'impersonation'>;
  readonly contactId?: number | null;
}

/** A customer's session, opened below the doors: those have tests of their own. `own` sessions get an account. */
export async function visit(central: TestCentral, options: VisitorOptions): Promise<PortalVisitor> {
  const { customerId, mode = 'own' } = options;
  const contactId = options.contactId === undefined ? await firstContact(central, customerId) : options.contactId;
  const accountId = mode === 'own' ? await accountFor(central, customerId, contactId) : null;
  const life = sessionLives[mode];
  return visitorOf(central, { mode, customerId, contactId, accountId, life });
}

/** What Node's own fetch calls itself: a look's cookie is worth nothing in another browser. */
export const SESSION_AGENT = 'node';
const opener = { headers: { 'user-agent': SESSION_AGENT }, ip: '127.0.0.1' };

type Opening = Parameters<typeof openPortalSession>[1];

async function visitorOf(central: TestCentral, opening: Opening): Promise<PortalVisitor> {
  const { deps } = central.central;
  const { id, token } = await inTransaction(deps.background(), systemActor, (context) =>
    openPortalSession({ ...context, ...opener }, opening),
  );
  const headers = { cookie: `comptoir_portal=${token}`, 'x-csrf-token': csrfTokens(deps.secrets).of(id) };
  const call = (method: string, path: string, body?: unknown, more: Record<string, string> = {}) =>
    askPortal(central, method, path, {
      headers: { ...headers, 'idempotency-key': uuid(), ...more },
      body,
    });
  return { sessionId: id, headers, call, get: (path) => call('GET', path) };
}

async function firstContact({ db }: TestCentral, customerId: number): Promise<number> {
  const contact = await db
    .selectFrom('contacts')
    .select('id')
    .where('customerId', '=', customerId)
    .orderBy('id')
    .executeTakeFirstOrThrow();
  return contact.id;
}

async function accountFor(central: TestCentral, customerId: number, contactId: number | null): Promise<number> {
  const { db } = central;
  if (contactId === null) throw new Error('an account is a contact’s');
  const found = await db
    .selectFrom('portalAccounts')
    .select('id')
    .where('contactId', '=', contactId)
    .executeTakeFirst();
  if (found) return found.id;
  const row = { contactId, customerId, email: `${uuid()}@mail.comptoir.test`, createdAt: new Date() };
  const { id } = await db
    .insertInto('portalAccounts')
    .values({ ...row, passwordHash: null, enabled: true, pendingEmail: null, lastSignInAt: null })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Staff looking through the eyes of the customer's first contact. */
export async function impersonate(
  central: TestCentral,
  {
    customerId,
    mayChange = false,
    reason = 'A bill that nobody understands',
  }: { customerId: number; mayChange?: boolean; reason?: string },
): Promise<PortalVisitor & { impersonationId: string; staffName: string }> {
  const { db } = central;
  const contactId = await firstContact(central, customerId);
  const accountId = await accountFor(central, customerId, contactId);
  const user = await db
    .selectFrom('users')
    .select(['id', 'name'])
    .where(({ eb, fn }) => eb(eb.val('admin'), '=', fn.any('roles')))
    .executeTakeFirstOrThrow();
  const impersonationId = uuid();
  const now = central.central.deps.clock.now();
  // Staff look through one customer's eyes at a time.
  await db
    .updateTable('impersonations')
    .set({ endedAt: now, endReason: 'ended' })
    .where('userId', '=', user.id)
    .where('endedAt', 'is', null)
    .execute();
  await db
    .insertInto('impersonations')
    .values({
      ...{ id: impersonationId, userId: user.id, staffSessionId: null, accountId, contactId, customerId, reason },
      ...{ viewHash: null, createdAt: now, expiresAt: new Date(now.getTime() + 30 * 60_000) },
      ...{ changesAllowedAt: mayChange ? now : null, endedAt: null, endReason: null },
    })
    .execute();
  const life = sessionLives.impersonation;
  const opening = { mode: 'impersonation', customerId, contactId, accountId, impersonationId, life } as const;
  return { ...(await visitorOf(central, opening)), impersonationId, staffName: user.name };
}

/** The audit's entries of a customer since a moment, oldest first. */
export async function auditOf({ db }: TestCentral, customerId: number, afterId = 0) {
  return db
    .selectFrom('auditEntries')
    .select(['id', 'action', 'actorKind', 'actorId', 'actorName', 'effectiveId', 'effectiveName', 'detail'])
    .where('customerId', '=', customerId)
    .where('id', '>', afterId)
    .orderBy('id')
    .execute();
}
