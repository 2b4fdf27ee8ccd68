import { useSyncExternalStore } from 'react';

/** What is known of the line: `offlineSince` is the time of the oldest answer that came from what is kept here. */
export interface Connection {
  readonly online: boolean;
  /** Null without a line when nothing kept was shown yet. */
  readonly asOf: Date | null;
}

/** Set by the service worker on answers that it had kept. */
const KEPT_AT = 'x-comptoir-kept-at';

let current: Connection = { online: true, asOf: null };
let ahead = 0;
const listeners = new Set<() => void>();

function become(next: Connection): void {
  if (next.online === current.online && next.asOf?.getTime() === current.asOf?.getTime()) return;
  current = next;
  for (const listener of listeners) listener();
}

/** An answer came: from the server, or an old one from what the service worker keeps. */
export function answered(headers: Headers): void {
  const keptAt = headers.get(KEPT_AT);
  if (keptAt !== null) {
    const at = new Date(keptAt);
    become({ online: false, asOf: current.asOf !== null && current.asOf < at ? current.asOf : at });
    return;
  }
  // The operator's look may come from what the browser keeps, without a line.
  if (headers.get('cache-control') !== 'no-store') return;
  const date = Date.parse(headers.get('date') ?? '');
  if (!Number.isNaN(date)) ahead = date - Date.now();
  become({ online: true, asOf: null });
}

/** No answer came. */
export function lost(): void {
  become({ ...current, online: false });
}

/** Now, by the server's clock: a countdown must not depend on how the customer's clock is set. */
export function serverNow(): Date {
  return new Date(Date.now() + ahead);
}

export const connection = () => current;

export function useConnection(): Connection {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, connection);
}
