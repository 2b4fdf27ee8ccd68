import { createHash, randomBytes } from 'node:crypto';
import type { Blocked, Impersonation, ImpersonationEnd } from '#core/contract/central/impersonations.ts';
import type { PortalView, ViewPlace } from '#core/contract/desk/portal-view.ts';
import type { StaffUser } from '#core/domain/user.ts';
import type { Central } from '../central/client.ts';
import type { Events } from '../events.ts';
import { fail, hasCode } from '../failures.ts';
import type { Log } from '../log.ts';
import type { PortalPage, PortalPageListener, PortalShell } from './shell.ts';

export interface PortalViewOptions {
  readonly central: Pick<Central, 'impersonations'>;
  /** Ends one with a token that is not the signed-in person's any more. */
  readonly endAs: (token: string, id: string) => Promise<void>;
  readonly token: () => Promise<string | null>;
  readonly person: () => StaffUser;
  /** Null: the browser shows the portal in a tab of its own. */
  readonly shell: PortalShell | null;
  readonly events: Events;
  readonly now: () => Date;
  readonly log: Log;
}

interface Live {
  impersonation: Impersonation;
  readonly userId: number;
  page: PortalPage | null;
  pageState: PortalView['page'];
  url: string | null;
  /** The owner's, as it was last: the next person's can't end it. */
  token: string | null;
  readonly until: number;
  readonly blocked: Set<string>;
  readonly ending: AbortController;
}

const WATCH_MS = 3_000;
const QUICK = { context: { retry: 0, timeoutMs: 5_000 } } as const;
const MOST_BLOCKED = 50;

/** The one look through a customer's eyes that this desk has. It is over here as soon as head office or anybody here says so. */
export function createPortalView(options: PortalViewOptions) {
  const { central, shell, events, person, now, log } = options;
  let live: Live | null = null;
  let timer: NodeJS.Timeout | undefined;

  const stateOf = ({ impersonation, pageState, url }: Live): PortalView => ({
    ...{ kind: shell === null ? 'tab' : 'built_in', impersonation },
    ...{ page: pageState, url: impersonation.enteredAt === null && impersonation.endedAt === null ? url : null },
  });
  const tell = () => events.publish({ type: 'portalView', view: live === null ? null : stateOf(live) });
  const closePage = (one: Live) => {
    one.ending.abort();
    clearTimeout(timer);
    void one.page?.close().catch((err: unknown) => log.error({ err }, 'the portal’s view did not close cleanly'));
  };
  /** Over, and why: what was shown is gone at once, the reason stays to be read. */
  const over = (one: Live, endReason: ImpersonationEnd) => {
    if (live !== one || one.ending.signal.aborted) return;
    closePage(one);
    one.impersonation = { ...one.impersonation, endedAt: now().toISOString(), endReason };
    one.pageState = null;
    tell();
  };
  const look = async (one: Live) => {
    try {
      const seen = await central.impersonations.get({ id: one.impersonation.id }, QUICK);
      if (live !== one || one.ending.signal.aborted) return;
      one.token = (await options.token()) ?? one.token;
      if (seen.endReason !== null) return over(one, seen.endReason);
      const isNews = JSON.stringify(seen) !== JSON.stringify(one.impersonation);
      one.impersonation = seen;
      if (isNews) tell();
    } catch (error) {
      if (hasCode(error, 'not_found')) over(one, 'account_disabled');
      else if (hasCode(error, 'forbidden')) over(one, 'permission_revoked');
      else if (hasCode(error, 'unauthorized')) over(one, 'staff_signed_out');
    }
  };
  const watch = (one: Live) => {
    timer = setTimeout(async () => {
      // Also without a line it lasts no longer than head office would let it.
      if (performance.now() >= one.until) over(one, 'expired');
      else await look(one);
      if (live === one && !one.ending.signal.aborted) watch(one);
    }, WATCH_MS).unref();
  };

  const noteBlocked = (one: Live, what: Blocked) => {
    const key = `${what.kind} ${what.target}`;
    if (one.blocked.has(key) || one.blocked.size >= MOST_BLOCKED) return;
    one.blocked.add(key);
    events.publish({ type: 'portalBlocked', blocked: what });
    central.impersonations
      .noteBlocked({ id: one.impersonation.id, ...what })
      .catch((err: unknown) => log.warn({ err }, 'what the portal’s view refused could not be told to head office'));
  };
  const hearsOf = (one: Live): PortalPageListener => ({
    page(state) {
      if (live !== one || one.ending.signal.aborted) return;
      one.pageState = state;
      tell();
    },
    blocked(what) {
      if (live === one) noteBlocked(one, what);
    },
    focusLeft: () => events.publish({ type: 'portalFocus' }),
    endAsked: () => void end(),
  });
  const show = (
    { portalUrl, ...impersonation }: Impersonation & { portalUrl: string },
    viewKey: string | null,
  ): Live => {
    const lasts = new Date(impersonation.expiresAt).getTime() - new Date(impersonation.startedAt).getTime();
    const isBuiltIn = shell !== null && viewKey !== null;
    const one: Live = {
      ...{ impersonation, userId: person().id, page: null, pageState: isBuiltIn ? 'loading' : null },
      ...{ url: isBuiltIn ? null : portalUrl, token: null, until: performance.now() + lasts },
      ...{ blocked: new Set<string>(), ending: new AbortController() },
    };
    live = one;
    // It tells of its page from the first moment.
    if (isBuiltIn) one.page = shell.open({ id: impersonation.id, url: portalUrl, viewKey }, hearsOf(one));
    return one;
  };

  const end = async (): Promise<void> => {
    const one = live;
    if (one === null) return;
    live = null;
    const wasOver = one.ending.signal.aborted;
    closePage(one);
    tell();
    if (!wasOver) await central.impersonations.end({ id: one.impersonation.id }).catch(noteUnended);
  };
  const noteUnended = (err: unknown) =>
    log.warn({ err }, 'head office could not be told of the portal view’s end; it ends by itself');

  return {
    state: (): PortalView | null => (live === null ? null : stateOf(live)),
    async start(input: { contactId: number; reason: string }): Promise<PortalView> {
      await end();
      const viewKey = shell === null ? null : randomBytes(32).toString('base64url');
      const viewKeyHash = viewKey === null ? undefined : createHash('sha256').update(viewKey).digest('hex');
      const begun = await central.impersonations.start({ ...input, viewKeyHash });
      const one = show(begun, viewKey);
      one.token = await options.token();
      watch(one);
      tell();
      return stateOf(one);
    },
    async allowChanges(): Promise<PortalView> {
      const one = live;
      if (one === null) throw fail('impersonation_over', { reason: 'ended' });
      one.impersonation = await central.impersonations.allowChanges({ id: one.impersonation.id });
      // The page reads anew what it may do.
      one.page?.act('reload');
      tell();
      return stateOf(one);
    },
    end,
    place: (place: ViewPlace | null) => live?.page?.place(place),
    act: (act: 'focus' | 'back' | 'reload') => live?.page?.act(act),
    /** Somebody else is here, or nobody: it was not theirs. */
    async personChanged(user: StaffUser | null): Promise<void> {
      const one = live;
      if (one === null || one.userId === user?.id) return;
      live = null;
      const wasOver = one.ending.signal.aborted;
      closePage(one);
      tell();
      if (!wasOver && one.token !== null) await options.endAs(one.token, one.impersonation.id).catch(noteUnended);
    },
    stop: end,
  };
}
export type PortalViews = ReturnType<typeof createPortalView>;
