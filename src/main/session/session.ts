import type { Session } from '#core/contract/central/access.ts';
import type { DeskEvent } from '#core/contract/desk/events.ts';
import type { SessionState } from '#core/contract/desk/own.ts';
import type { Language } from '#core/domain/languages.ts';
import type { StaffUser } from '#core/domain/user.ts';
import type { OutboxCounts } from '#core/sync/outbox.ts';
import type { Caller, Central } from '../central/client.ts';
import { fail, hasCode } from '../failures.ts';
import type { Journal } from '../journal/journal.ts';
import type { Log } from '../log.ts';
import type { StaffPins } from '../staff/staff.ts';
import { type EnteredBy, getSavedSession, removeSession, saveSession } from '../store/session.ts';
import { saveStaffUser } from '../store/staff.ts';
import type { Store } from '../store/store.ts';
import type { SecretStore } from './secret-store.ts';
import { createSignIns } from './sign-ins.ts';

type SessionReason = Extract<DeskEvent, { type: 'session' }>['reason'];

interface SessionOptions {
  readonly store: Store;
  readonly secrets: SecretStore;
  /** A client that sends no token, for sign-in and refresh. */
  readonly central: Central;
  readonly staff: StaffPins;
  readonly journal: Journal;
  readonly unsent: () => OutboxCounts;
  /** Whether there is a line, found out now. */
  readonly isOnline: () => Promise<boolean>;
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
  /** Asks central again who is signed in. Throws unauthorized when they no longer are. */
  refresh(): Promise<StaffUser>;
  forgot(input: { readonly email: string; readonly language: Language }): Promise<{ accepted: true }>;
  /** Throws work_unsent unless `force` or everything is sent. */
  signOut(input: { readonly force: boolean }): Promise<void>;
  /**
   * Signs someone in by PIN: without a line, or with one when the person's sign-in at central still lives. Throws
   * pin_wrong and pin_not_usable.
   */
  unlock(input: { readonly userId: number; readonly pin: string }): Promise<StaffUser>;
  /** There is a line again: sign-ins that ended meanwhile end at central, and a PIN's sign-in is asked after. */
  lineIsBack(): Promise<void>;
  /** The desk was turned out: who came in by PIN leaves. */
  deskRevoked(): Promise<void>;
}

interface Live {
  readonly user: StaffUser;
  readonly by: EnteredBy;
  /** Null for someone unlocked whose sign-in at central is over. */
  readonly refreshToken: string | null;
  readonly access: { readonly token: string; readonly until: Date | null } | null;
}

const REFRESH_BEFORE_MS = 30_000;
/** Someone at the counter waits for it. */
const QUICK = { context: { retry: 0, timeoutMs: 3_000 } } as const;

/** When to get the next token, by this machine's clock; null when that clock is wrong, then central's refusal tells. */
function lapseOf(session: Session, now: Date): Date | null {
  const until = new Date(session.expiresAt);
  return until.getTime() - now.getTime() > REFRESH_BEFORE_MS ? until : null;
}

const actorOf = ({ id, name }: StaffUser) => ({ id, name });
const isRefusal = (error: unknown) => hasCode(error, 'unauthorized', 'forbidden', 'invalid_input');

/** Who is signed in at this desk, for all its windows, and the tokens, which never leave the host. */
export function createSession(options: SessionOptions): DeskSession {
  const { store, central, staff, journal, unsent, isOnline, changed, now, log } = options;
  const signIns = createSignIns(options);
  let live: Live | null = null;
  const refreshing = new Map<number, Promise<string | null>>();

  const accessOf = (session: Session) => ({ token: session.accessToken, until: lapseOf(session, now()) });
  const end = async (reason: SessionReason) => {
    if (live === null) return;
    live = null;
    await removeSession(store);
    changed(null, reason);
  };
  /** Who was here before someone else came: can come back by PIN, or else has left. */
  const leave = async (next: StaffUser) => {
    const before = live?.user;
    if (before === undefined || before.id === next.id) return;
    if (!(await staff.isUsable(before.id))) await signIns.end(before.id);
  };
  const enter = async (next: Live, reason: SessionReason) => {
    await leave(next.user);
    await saveSession(store, next.user.id, next.by);
    live = next;
    changed(next.user, reason);
  };

  const refusedBy = async (from: Live) => {
    await signIns.drop(from.user.id);
    if (live !== from) return;
    if (from.by === 'password') return end('expired');
    live = { ...from, refreshToken: null, access: null };
    changed(from.user, 'password_needed');
  };
  const exchange = async (from: Live, refreshToken: string): Promise<string | null> => {
    try {
      const session = await central.auth.refresh({ refreshToken });
      // Kept also when someone else came meanwhile: the token before is used up. Not over a sign-in of their own since.
      const isOver = live !== null && live !== from && live.user.id === from.user.id;
      if (!isOver) await signIns.replace(from.user.id, session.refreshToken);
      if (live !== from) return null;
      live = { ...from, user: session.user, refreshToken: session.refreshToken, access: accessOf(session) };
      await saveStaffUser(store, session.user);
      return session.accessToken;
    } catch (error) {
      if (!isRefusal(error)) throw error;
      log.warn('central ended the sign-in');
      await refusedBy(from);
      return null;
    }
  };
  /** One exchange a person at a time: a refresh token used twice ends its whole family. */
  const refresh = (): Promise<string | null> => {
    if (live === null || live.refreshToken === null) return Promise.resolve(null);
    const { id } = live.user;
    const under = refreshing.get(id) ?? exchange(live, live.refreshToken).finally(() => refreshing.delete(id));
    refreshing.set(id, under);
    return under;
  };

  /** The sign-in of who just proved the PIN, as far as central can be asked; throws when it is over and there is a line. */
  const signInOf = async (userId: number, user: StaffUser): Promise<Pick<Live, 'user' | 'refreshToken' | 'access'>> => {
    await refreshing.get(userId)?.catch(() => undefined);
    const refreshToken = await signIns.tokenOf(userId);
    if (refreshToken === null) return { user, refreshToken, access: null };
    try {
      const session = await central.auth.refresh({ refreshToken }, QUICK);
      await signIns.replace(userId, session.refreshToken);
      await saveStaffUser(store, session.user);
      return { user: session.user, refreshToken: session.refreshToken, access: accessOf(session) };
    } catch (error) {
      if (!isRefusal(error)) return { user, refreshToken, access: null };
      await signIns.drop(userId);
      throw fail('pin_not_usable', { reason: 'password_needed' });
    }
  };

  return {
    user: () => live?.user ?? null,
    state: () => ({
      user: live?.user ?? null,
      by: live?.by ?? null,
      passwordNeeded: live !== null && live.refreshToken === null,
    }),
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
      await staff.tidy();
      const saved = await getSavedSession(store);
      if (saved === null) return removeSession(store);
      const { user, by } = saved;
      const refreshToken = await signIns.tokenOf(user.id);
      const mayStay = by === 'password' ? refreshToken !== null : await staff.isUsable(user.id);
      if (!mayStay) return removeSession(store);
      live = { user, by, refreshToken, access: null };
    },
    async signIn(credentials) {
      const session = await central.auth.login(credentials);
      const { user, refreshToken } = session;
      await staff.seen(user);
      await signIns.end(user.id);
      await signIns.keep(user.id, refreshToken);
      await enter({ user, by: 'password', refreshToken, access: accessOf(session) }, 'signed_in');
      journal.write('staff.signed_in', actorOf(user), {});
      return user;
    },
    async refresh() {
      if ((await refresh()) === null || live === null) throw fail('unauthorized');
      await staff.seen(live.user);
      return live.user;
    },
    forgot: (input) => central.auth.forgot(input),
    async unlock({ userId, pin }) {
      const hasToken = (await signIns.tokenOf(userId)) !== null;
      if (!hasToken && (await staff.isUsable(userId)) && (await isOnline())) {
        throw fail('pin_not_usable', { reason: 'password_needed' });
      }
      const checked = await staff.check(userId, pin);
      const next: Live = live?.user.id === userId ? live : { by: 'pin', ...(await signInOf(userId, checked)) };
      const { user } = next;
      await enter(next, 'unlocked');
      journal.write('staff.unlocked', actorOf(user), {});
      return user;
    },
    async signOut({ force }) {
      const { waiting, refused } = unsent();
      if (!force && waiting + refused > 0) throw fail('work_unsent', { waiting, refused });
      const ended = live?.user;
      await end('signed_out');
      if (ended === undefined) return;
      await signIns.end(ended.id);
      journal.write('staff.signed_out', actorOf(ended), {});
    },
    async lineIsBack() {
      await signIns.tellEnded();
      if (live?.by === 'pin' && live.access === null) await refresh().catch(() => undefined);
    },
    async deskRevoked() {
      await staff.forgetPins();
      const isByPassword = live?.by === 'password';
      await signIns.endAllBut(isByPassword ? (live?.user.id ?? null) : null);
      if (!isByPassword) await end('expired');
    },
  };
}
