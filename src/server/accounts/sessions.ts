import { deviceWords } from '#core/domain/device.ts';
import type { PortalSession } from '#core/domain/portal.ts';
import type { Reader } from '../database/connection.ts';
import { fail } from '../http/errors.ts';
import type { PortalCommandContext } from '../self-care/context.ts';
import { endPortalSessions } from '../self-care/sessions.ts';

interface Mine {
  readonly accountId: number;
  readonly sessionId: string;
}

const MAX_LISTED = 200;
const MAX_WORDS = 60;

/** Where an account is signed in, the latest first. Staff looking through its eyes are not signed in. */
export async function listOwnSessions(reader: Reader, now: Date, { accountId, sessionId }: Mine) {
  const rows = await reader
    .selectFrom('portalSessions')
    .select(['id', 'mode', 'device', 'ip', 'createdAt', 'lastSeenAt', 'idleSeconds'])
    .where('accountId', '=', accountId)
    .where('mode', '<>', 'impersonation')
    .where('endedAt', 'is', null)
    .where('expiresAt', '>', now)
    .orderBy('lastSeenAt', 'desc')
    .limit(MAX_LISTED)
    .execute();
  const isIdle = ({ idleSeconds, lastSeenAt }: (typeof rows)[number]) =>
    idleSeconds !== null && now.getTime() - lastSeenAt.getTime() >= idleSeconds * 1000;
  const items = rows
    .filter((row) => !isIdle(row))
    .map(
      ({ id, mode, device, ip, createdAt, lastSeenAt }): PortalSession => ({
        ...{ id, mode, ip, current: id === sessionId, device: deviceWords(device) || device.slice(0, MAX_WORDS) },
        ...{ createdAt: createdAt.toISOString(), lastSeenAt: lastSeenAt.toISOString() },
      }),
    );
  return { items, nextCursor: null };
}

/** Signs an account out somewhere. Throws not_found for a session that is not its own, or over. */
export async function endOwnSession(context: PortalCommandContext, accountId: number, id: string): Promise<void> {
  const ended = await endPortalSessions(context.tx, context.clock.now(), 'ended_elsewhere', { accountId, id });
  if (ended === 0) throw fail('not_found', { what: 'session' });
  noteEnd(context, accountId, ended);
}

/** Signs an account out everywhere else; returns of how many sessions. */
export async function endOtherSessions(context: PortalCommandContext, { accountId, sessionId }: Mine): Promise<number> {
  const which = { accountId, except: sessionId };
  const ended = await endPortalSessions(context.tx, context.clock.now(), 'ended_elsewhere', which);
  if (ended > 0) noteEnd(context, accountId, ended);
  return ended;
}

function noteEnd({ audit, caller: { customerId } }: PortalCommandContext, accountId: number, ended: number): void {
  const subject = { type: 'account', id: accountId };
  audit({ action: 'account.sessions_ended', subject, customerId, detail: { ended } });
}
