import type { Link } from '#core/contract/desk/events.ts';
import type { Reachability } from './client.ts';

interface MonitorOptions {
  readonly url: string;
  readonly changed: (link: Link) => void;
  readonly clockChanged?: () => void;
  readonly now: () => Date;
}

export interface LinkMonitor extends Reachability {
  current(): Link;
  /** Finds out now instead of at the next beat. */
  check(): Promise<Link>;
  /** This machine's clock minus central's, ms, to about half a second; null until central said its time. */
  clockDifference(): number | null;
  start(): void;
  stop(): Promise<void>;
}

/** Together with the time-out: a line where everything vanishes is known as cut within 5 s. */
const BEAT_ONLINE_MS = 2_000;
const BEAT_OFFLINE_MS = 1_000;
const BEAT_TIMEOUT_MS = 3_000;
/** The header that tells central's time has whole seconds: what differs less is no news. */
const CLOCK_NEWS_MS = 1_500;

/**
 * Watches the way to central with a heartbeat on /health/live, and learns from every other call. A failed call does not
 * by itself mean offline: it brings the next beat forward, which decides.
 */
export function createLinkMonitor({ url, changed, clockChanged, now }: MonitorOptions): LinkMonitor {
  let link: Link = { state: 'connecting', since: now().toISOString(), centralUrl: url, error: null };
  let timer: NodeJS.Timeout | undefined;
  let beating: Promise<void> | undefined;
  let clockDifference: number | null = null;
  const ending = new AbortController();

  const become = (state: Link['state'], error: string | null) => {
    if (ending.signal.aborted || (link.state === state && link.error === error)) return;
    link = { ...link, state, error, since: link.state === state ? link.since : now().toISOString() };
    changed(link);
  };
  const compareClocks = (difference: number | null) => {
    if (difference === null) return;
    if (clockDifference !== null && Math.abs(difference - clockDifference) < CLOCK_NEWS_MS) return;
    clockDifference = difference;
    clockChanged?.();
  };
  const beat = async () => {
    const { error, time } = await askCentral(url, ending.signal);
    compareClocks(time === null ? null : now().getTime() - time);
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
    async check() {
      beating ??= beat();
      await beating;
      return link;
    },
    clockDifference: () => clockDifference,
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

interface Answer {
  /** Null when central answers, else a code. A proxy's or a stranger's answer is not central's. */
  readonly error: string | null;
  /** Central's time, ms since 1970; null when it did not say. */
  readonly time: number | null;
}

async function askCentral(url: string, ending: AbortSignal): Promise<Answer> {
  try {
    const signal = AbortSignal.any([ending, AbortSignal.timeout(BEAT_TIMEOUT_MS)]);
    const response = await fetch(`${url}/health/live`, { signal, redirect: 'error' });
    await response.arrayBuffer();
    if (!response.ok) return { error: 'central_bad_answer', time: null };
    return { error: null, time: timeOf(response.headers.get('date')) };
  } catch (error) {
    const isLate = error instanceof DOMException && error.name === 'TimeoutError';
    return { error: isLate ? 'central_timeout' : 'central_unreachable', time: null };
  }
}

/** The middle of the second that the header names. */
function timeOf(date: string | null): number | null {
  const time = date === null ? Number.NaN : Date.parse(date);
  return Number.isNaN(time) ? null : time + 500;
}
