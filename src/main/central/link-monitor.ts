import type { Link } from '#core/contract/desk/events.ts';
import type { Reachability } from './client.ts';

interface MonitorOptions {
  readonly url: string;
  readonly changed: (link: Link) => void;
  readonly now: () => Date;
}

export interface LinkMonitor extends Reachability {
  current(): Link;
  start(): void;
  stop(): Promise<void>;
}

const BEAT_ONLINE_MS = 5_000;
const BEAT_OFFLINE_MS = 1_000;
const BEAT_TIMEOUT_MS = 3_000;

/**
 * Watches the way to central with a heartbeat on /health/live, and learns from every other call. A failed call does not
 * by itself mean offline: it brings the next beat forward, which decides.
 */
export function createLinkMonitor({ url, changed, now }: MonitorOptions): LinkMonitor {
  let link: Link = { state: 'connecting', since: now().toISOString(), centralUrl: url, error: null };
  let timer: NodeJS.Timeout | undefined;
  let beating: Promise<void> | undefined;
  const ending = new AbortController();

  const become = (state: Link['state'], error: string | null) => {
    if (ending.signal.aborted || (link.state === state && link.error === error)) return;
    link = { ...link, state, error, since: link.state === state ? link.since : now().toISOString() };
    changed(link);
  };
  const beat = async () => {
    const error = await failureOf(url, ending.signal);
    become(error === null ? 'online' : 'offline', error);
    beating = undefined;
    plan(link.state === 'online' ? BEAT_ONLINE_MS : BEAT_OFFLINE_MS);
  };
  const plan = (delay: number) => {
    clearTimeout(timer);
    if (ending.signal.aborted) return;
    timer = setTimeout(() => {
      beating ??= beat();
    }, delay);
  };
  return {
    current: () => link,
    start: () => plan(0),
    answered: () => become('online', null),
    failed: () => {
      if (link.state === 'online') plan(0);
    },
    async stop() {
      ending.abort();
      clearTimeout(timer);
      await beating;
    },
  };
}

/** Null when central answers, else a code. A proxy's or a stranger's answer is not central's. */
async function failureOf(url: string, ending: AbortSignal): Promise<string | null> {
  try {
    const signal = AbortSignal.any([ending, AbortSignal.timeout(BEAT_TIMEOUT_MS)]);
    const response = await fetch(`${url}/health/live`, { signal, redirect: 'error' });
    await response.arrayBuffer();
    return response.ok ? null : 'central_bad_answer';
  } catch (error) {
    return error instanceof DOMException && error.name === 'TimeoutError' ? 'central_timeout' : 'central_unreachable';
  }
}
