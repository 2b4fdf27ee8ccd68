import type { Session } from '#core/contract/central/access.ts';
import type { DeskEvent } from '#core/contract/desk/events.ts';
import type { SessionState } from '#core/contract/desk/own.ts';
import type { StaffUser } from '#core/domain/user.ts';
import type { Caller, Central } from '../central/client.ts';
import { fail, hasCode } from '../failures.ts';
import type { Log } from '../log.ts';
import { getSavedSession, removeSession, saveSession } from '../store/session.ts';
import type { Store } from '../store/store.ts';
import type { SecretStore } from './secret-store.ts';

type SessionReason = Extract<DeskEvent, { type: 'session' }>['reason'];

interface SessionOptions {
  readonly store: Store;
  readonly secrets: SecretStore;
  /** A client that sends no token, for sign-in and refresh. */
  readonly central: Central;
  readonly changed: (user: StaffUser | null, reason: SessionReason) => void;
  readonly now: () => Date;
  readonly log: Log;
}

interface Credentials {
  readonly email: string;
  readonly password: string;
  readonly otp?: string;
}

export interface DeskSession extends Caller {
  user(): StaffUser | null;
  state(): SessionState;
  /** Brings back who was signed in when the desk stopped, without asking central. */
  restore(): Promise<void>;
  signIn(credentials: Credentials): Promise<StaffUser>;
  /** Throws work_unsent unless `force` or everything is sent. */
  signOut(input: { readonly force: boolean }): Promise<void>;
  /** Signs someone in by PIN, without a line. */
  unlock(input: { readonly userId: number; readonly pin: string }): Promise<StaffUser>;
}

interface Live {
  readonly user: StaffUser;
  readonly refreshToken: string;
  readonly access: { readonly token: string; readonly until: Date | null } | null;
}

const REFRESH_BEFORE_MS = 30_000;

/** When to get the next token, by this machine's clock; null when that clock is wrong, then central's refusal tells. */
function lapseOf(session: Session, now: Date): Date | null {
  const until = new Date(session.expiresAt);
  return until.getTime() - now.getTime() > REFRESH_BEFORE_MS ? until : null;
}

/** Who is signed in at this desk, for all its windows, and the tokens, which never leave the host. */
export function createSession(options: SessionOptions): DeskSession {
  const { store, secrets, central, changed, now, log } = options;
  let live: Live | null = null;
  let refreshing: Promise<string | null> | null = null;

  const keep = async (session: Session) => {
    const { user, refreshToken } = session;
    await saveSession(store, { user, refreshToken: await secrets.seal(refreshToken) });
    live = { user, refreshToken, access: { token: session.accessToken, until: lapseOf(session, now()) } };
  };
  const end = async (reason: SessionReason) => {
    if (live === null) return;
    live = null;
    await removeSession(store);
    changed(null, reason);
  };
  const exchange = async (from: Live): Promise<string | null> => {
    try {
      const session = await central.auth.refresh({ refreshToken: from.refreshToken });
      if (live !== from) return null;
      await keep(session);
      return session.accessToken;
    } catch (error) {
      if (!hasCode(error, 'unauthorized', 'forbidden', 'invalid_input')) throw error;
      log.warn('central ended the session');
      if (live === from) await end('expired');
      return null;
    }
  };
  /** One exchange at a time: a refresh token used twice ends its whole family. */
  const refresh = () => {
    if (live === null) return Promise.resolve(null);
    refreshing ??= exchange(live).finally(() => {
      refreshing = null;
    });
    return refreshing;
  };
  return {
    user: () => live?.user ?? null,
    state: () => ({ user: live?.user ?? null, by: live === null ? null : 'password', passwordNeeded: false }),
    async token() {
      if (live === null) return null;
      const { access } = live;
      if (access === null) return refresh();
      const isStale = access.until !== null && access.until.getTime() - now().getTime() <= REFRESH_BEFORE_MS;
      return isStale ? refresh() : access.token;
    },
    async refused(token) {
      const current = live?.access?.token ?? null;
      return current !== null && current !== token ? current : refresh();
    },
    async restore() {
      const saved = await getSavedSession(store);
      const refreshToken = saved === null ? null : await secrets.open(saved.refreshToken);
      if (saved === null || refreshToken === null) return removeSession(store);
      live = { user: saved.user, refreshToken, access: null };
    },
    async signIn(credentials) {
      const session = await central.auth.login(credentials);
      await keep(session);
      changed(session.user, 'signed_in');
      return session.user;
    },
    async unlock() {
      throw fail('pin_not_usable', { reason: 'unknown' });
    },
    async signOut() {
      const ended = live;
      await end('signed_out');
      // Nobody waits for central to forget the token: without it the token lapses by itself.
      if (ended !== null) {
        central.auth.logout({ refreshToken: ended.refreshToken }).catch((error: unknown) => {
          log.warn({ error: String(error) }, 'central was not told of the sign-out');
        });
      }
    },
  };
}
