import { createHmac, timingSafeEqual } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import type { ImpersonationEnd } from '#core/contract/central/impersonations.ts';
import type { Language } from '#core/domain/languages.ts';
import type { PortalMode } from '#core/domain/portal.ts';
import type { Secrets } from '../access/secrets.ts';
import { randomToken, tokenHash } from '../access/tokens.ts';
import type { Clock, CommandContext } from '../context.ts';
import type { Db, Reader, Tx } from '../database/connection.ts';
import { fail } from '../http/errors.ts';
import { whyImpersonationOver } from '../impersonations/over.ts';
import type { PortalCaller } from './context.ts';

const MINUTE_S = 60;
const HOUR_S = 60 * MINUTE_S;

/** How long sessions live, in seconds: at most, and without anything done (null: that does not end it). */
export const sessionLives = {
  own: { most: 12 * HOUR_S, idle: 30 * MINUTE_S },
  /** AU-1: "remember me". */
  remembered: { most: 30 * 24 * HOUR_S, idle: null },
  link: { most: HOUR_S, idle: 30 * MINUTE_S },
  impersonation: { most: 30 * MINUTE_S, idle: 10 * MINUTE_S },
} as const;

export interface NewSession {
  readonly mode: PortalMode;
  readonly life: { readonly most: number; readonly idle: number | null };
  readonly customerId: number;
  readonly contactId: number | null;
  readonly accountId: number | null;
  readonly impersonationId?: string | null;
  readonly language?: Language | null;
  /** Never later than this, whatever the life says. */
  readonly notAfter?: Date;
}

/** Opens a session; gives its id and the text of its cookie, which is kept as a hash only. */
export async function openPortalSession(
  { tx, clock, headers, ip }: Pick<CommandContext, 'tx' | 'clock' | 'headers' | 'ip'>,
  input: NewSession,
): Promise<{ id: string; token: string; expiresAt: Date }> {
  const now = clock.now();
  const latest = new Date(now.getTime() + input.life.most * 1000);
  const expiresAt = input.notAfter !== undefined && input.notAfter < latest ? input.notAfter : latest;
  const token = randomToken('cps');
  const id = uuid();
  await tx
    .insertInto('portalSessions')
    .values({
      ...{ id, tokenHash: tokenHash(token), mode: input.mode, customerId: input.customerId },
      ...{ contactId: input.contactId, accountId: input.accountId, impersonationId: input.impersonationId ?? null },
      ...{
        language: input.language ?? null,
        device: deviceOf(headers),
        ip,
        createdAt: now,
        lastSeenAt: now,
        expiresAt,
      },
      ...{ idleSeconds: input.life.idle, endedAt: null, endReason: null },
    })
    .execute();
  return { id, token, expiresAt };
}

function deviceOf(headers: CommandContext['headers']): string {
  const agent = headers['user-agent'];
  return typeof agent === 'string' ? agent.slice(0, 300) : '';
}

/** Ends living sessions; returns how many. The reason is told to whoever still shows their cookie. */
export async function endPortalSessions(
  tx: Tx,
  now: Date,
  reason: string,
  which: {
    readonly id?: string;
    readonly accountId?: number;
    readonly impersonationId?: string;
    readonly except?: string;
  },
): Promise<number> {
  if (which.id === undefined && which.accountId === undefined && which.impersonationId === undefined) return 0;
  let update = tx.updateTable('portalSessions').set({ endedAt: now, endReason: reason }).where('endedAt', 'is', null);
  if (which.id !== undefined) update = update.where('id', '=', which.id);
  if (which.accountId !== undefined) update = update.where('accountId', '=', which.accountId);
  if (which.impersonationId !== undefined) update = update.where('impersonationId', '=', which.impersonationId);
  if (which.except !== undefined) update = update.where('id', '<>', which.except);
  const { numUpdatedRows } = await update.executeTakeFirst();
  return Number(numUpdatedRows);
}

/** The token that a session's pages send with every write. */
export function csrfTokens(secrets: Secrets) {
  const key = secrets.key('portal-csrf');
  const of = (sessionId: string) => createHmac('sha256', key).update(sessionId).digest('base64url');
  return {
    of,
    matches(sessionId: string, sent: unknown): boolean {
      if (typeof sent !== 'string') return false;
      const right = Buffer.from(of(sessionId));
      const given = Buffer.from(sent);
      return right.length === given.length && timingSafeEqual(right, given);
    },
  };
}
export type CsrfTokens = ReturnType<typeof csrfTokens>;

export interface SessionDeps {
  readonly db: Db;
  readonly clock: Clock;
}

/** Last-seen times are kept this coarsely, so that reading pages does not write at every request. */
const SEEN_EVERY_MS = 15_000;

export interface ShownBy {
  readonly headers: CommandContext['headers'];
  readonly ip: string;
  readonly viewKey: string | undefined;
  readonly active: boolean;
  /** Ends, with its line of the audit, what was just found to be over. */
  readonly endImpersonation?: (id: string, why: ImpersonationEnd) => Promise<void>;
}

/**
 * The caller whose cookie this is. `viewKey` is what the desk's own view adds to each request. `active` is false for what a
 * page asks by itself: that keeps no session alive. Rights and accounts are read each time, so a change acts at once.
 * Throws unauthorized for a cookie that never was, session_ended with the reason for one that is over.
 */
export async function callerOfSession(
  { db, clock }: SessionDeps,
  token: string,
  shownBy: ShownBy,
): Promise<PortalCaller> {
  const { active, endImpersonation } = shownBy;
  const row = await sessionRow(db, token);
  if (!row) throw fail('unauthorized');
  const now = clock.now();
  const over = whyOver(row, shownBy, now);
  if (over !== null) {
    if (row.endedAt === null) await endQuietly(db, row, over, now);
    if (row.endedAt === null && row.impersonationId !== null) {
      await endImpersonation?.(row.impersonationId, over as ImpersonationEnd);
    }
    throw fail('session_ended', { reason: over });
  }
  if (active && now.getTime() - row.lastSeenAt.getTime() > SEEN_EVERY_MS) {
    await db.updateTable('portalSessions').set({ lastSeenAt: now }).where('id', '=', row.id).execute();
  }
  return callerOf(active ? { ...row, lastSeenAt: now } : row);
}

function sessionRow(reader: Reader, token: string) {
  return reader
    .selectFrom('portalSessions as session')
    .innerJoin('customers', 'customers.id', 'session.customerId')
    .leftJoin('contacts', 'contacts.id', 'session.contactId')
    .leftJoin('portalAccounts as account', 'account.id', 'session.accountId')
    .leftJoin('impersonations as imp', 'imp.id', 'session.impersonationId')
    .leftJoin('users', 'users.id', 'imp.userId')
    .leftJoin('sessions as staffSession', 'staffSession.id', 'imp.staffSessionId')
    .selectAll('session')
    .select([
      'customers.type as customerType',
      'customers.language as customerLanguage',
      'customers.name as customerName',
    ])
    .select(['contacts.name as contactName', 'account.enabled as accountEnabled'])
    .select(['imp.userId', 'imp.reason', 'imp.viewHash', 'imp.changesAllowedAt'])
    .select(['imp.endedAt as impEndedAt', 'imp.endReason as impEndReason', 'imp.expiresAt as impExpiresAt'])
    .select(['imp.staffSessionId', 'staffSession.endedAt as staffEndedAt'])
    .select(['users.name as staffName', 'users.roles as staffRoles', 'users.enabled as staffEnabled'])
    .where('session.tokenHash', '=', tokenHash(token))
    .executeTakeFirst();
}
type SessionRow = NonNullable<Awaited<ReturnType<typeof sessionRow>>>;

function whyOver(row: SessionRow, shownBy: ShownBy, now: Date): string | null {
  if (row.endedAt !== null) return row.endReason ?? 'ended';
  if (row.mode === 'impersonation') return whyThisOneOver(row, shownBy, now);
  if (row.expiresAt <= now) return 'expired';
  const idle = row.idleSeconds === null ? null : row.idleSeconds * 1000;
  if (idle !== null && now.getTime() - row.lastSeenAt.getTime() >= idle) return 'idle';
  return row.accountId !== null && row.accountEnabled !== true ? 'account_disabled' : null;
}

function whyThisOneOver(row: SessionRow, shownBy: ShownBy, now: Date): ImpersonationEnd | null {
  const why = whyImpersonationOver(
    {
      ...row,
      endedAt: row.impEndedAt,
      endReason: row.impEndReason,
      expiresAt: row.impExpiresAt ?? row.expiresAt,
      lastActAt: row.lastSeenAt,
    },
    now,
  );
  return why ?? (isElsewhere(row, shownBy) ? 'copied' : null);
}

/**
 * Whether the cookie of a look has left where it was opened, where it is worth nothing. The desk's view adds what no page and
 * no cookie jar has; a tab is known by its browser and its address on the network, which a thief has seldom both.
 */
function isElsewhere(row: SessionRow, { headers, ip, viewKey }: ShownBy): boolean {
  if (row.viewHash === null) return row.device !== deviceOf(headers) || row.ip !== ip;
  return viewKey === undefined || tokenHash(viewKey) !== row.viewHash;
}

async function endQuietly(db: Db, row: SessionRow, reason: string, now: Date): Promise<void> {
  await db
    .updateTable('portalSessions')
    .set({ endedAt: now, endReason: reason })
    .where('id', '=', row.id)
    .where('endedAt', 'is', null)
    .execute();
}

function callerOf(row: SessionRow): PortalCaller {
  const impersonation =
    row.impersonationId === null || row.userId === null || row.impExpiresAt === null
      ? null
      : {
          ...{ id: row.impersonationId, userId: row.userId, staffName: row.staffName ?? '', reason: row.reason ?? '' },
          ...{ expiresAt: row.impExpiresAt, changesAllowedAt: row.changesAllowedAt, inDesk: row.viewHash !== null },
        };
  const customer =
    row.contactId === null
      ? ({ kind: 'customer', id: row.customerId, name: row.customerName } as const)
      : ({ kind: 'contact', id: row.contactId, name: row.contactName ?? '' } as const);
  const nobodyElse = { permissions: [], storeId: null };
  return {
    ...{ mode: row.mode, customerId: row.customerId, customerType: row.customerType },
    ...{ contactId: row.contactId, accountId: row.accountId, impersonation },
    session: {
      ...{ id: row.id, createdAt: row.createdAt, lastSeenAt: row.lastSeenAt },
      ...{ expiresAt: row.expiresAt, idleSeconds: row.idleSeconds },
    },
    mayChange: impersonation === null || impersonation.changesAllowedAt !== null,
    language: row.language ?? row.customerLanguage,
    actor: impersonation
      ? { kind: 'user', id: impersonation.userId, name: impersonation.staffName, ...nobodyElse }
      : { ...customer, ...nobodyElse },
    effective: impersonation ? { id: customer.id, name: customer.name } : null,
  };
}
