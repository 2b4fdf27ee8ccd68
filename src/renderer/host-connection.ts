import type { ClientContext, ClientLink, ClientOptions } from '@orpc/client';

/** `connecting` on the first try only; `gone` until the host answers again. */
export type HostState = 'connecting' | 'up' | 'gone';

/** A call was made, or was under way, while the host was not there. Nothing is known about its effect. */
export class HostGoneError extends Error {
  override readonly name = 'HostGoneError';
}

export type Link = ClientLink<ClientContext>;

/** One living way to the host; `closed` is called once, when it ends. */
export type Open = (opened: (link: Link) => void, closed: () => void) => void;

const FIRST_DELAY_MS = 200;
const LONGEST_DELAY_MS = 2000;

/**
 * Keeps one way to the host open: when it closes, it is opened again after 0.2 s, then ever more slowly up to 2 s.
 * Calls wait while the first connection is made, and fail at once with `HostGoneError` while the host is gone.
 */
export function createHostLink(open: Open) {
  let state: HostState = 'connecting';
  let current: Link | null = null;
  let delay = FIRST_DELAY_MS;
  const watchers = new Set<() => void>();
  const waiting = new Set<() => void>();

  const change = (next: HostState, link: Link | null) => {
    state = next;
    current = link;
    for (const settle of [...waiting]) settle();
    for (const watcher of [...watchers]) watcher();
  };
  const connect = () => {
    open(
      (link) => {
        delay = FIRST_DELAY_MS;
        change('up', link);
      },
      () => {
        change('gone', null);
        setTimeout(connect, delay);
        delay = Math.min(delay * 1.6, LONGEST_DELAY_MS);
      },
    );
  };
  const settled = () =>
    new Promise<void>((resolve) => {
      const settle = () => {
        waiting.delete(settle);
        resolve();
      };
      waiting.add(settle);
    });

  const link: Link = {
    async call(path: readonly string[], input: unknown, options: ClientOptions<ClientContext>) {
      if (state === 'connecting') await settled();
      const used = current;
      if (used === null) throw new HostGoneError('the desk’s host is not running');
      try {
        return await used.call(path, input, options);
      } catch (error) {
        // The peer rejects what was under way when its connection closes; only then is the link no longer current.
        if (used !== current && !options.signal?.aborted) {
          throw new HostGoneError('the desk’s host went away', { cause: error });
        }
        throw error;
      }
    },
  };
  return {
    link,
    start: connect,
    state: () => state,
    watch(watcher: () => void) {
      watchers.add(watcher);
      return () => void watchers.delete(watcher);
    },
  };
}
