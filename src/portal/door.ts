import { useSyncExternalStore } from 'react';
import type { PortalMode } from '#core/domain/portal.ts';

/**
 * Whether somebody is in. `unknown` until the server has said so; `reason` says why a session ended, and is null for who
 * was never in; `mode` is how they had come in, as far as this page knows.
 */
export type Door =
  | { readonly state: 'unknown' }
  | { readonly state: 'in'; readonly mode: PortalMode }
  | { readonly state: 'out'; readonly reason: string | null; readonly mode: PortalMode };

/** Set beside the session's own cookie, which no script sees: without it there is nobody to ask about. */
const HINT = /(?:^|;\s*)comptoir_portal_in=/;

/** Where people come to sign in: without the hint nothing is asked, and the page is there at once. */
const ENTRANCE = /^\/portal\/(?:sign-in)?$/;

const isAtEntrance = ENTRANCE.test(location.pathname) && !HINT.test(document.cookie);
let current: Door = isAtEntrance ? { state: 'out', reason: null, mode: 'own' } : { state: 'unknown' };
const listeners = new Set<() => void>();

function become(next: Door): void {
  current = next;
  for (const listener of listeners) listener();
}

export function signedIn(mode: PortalMode): void {
  if (current.state !== 'in' || current.mode !== mode) become({ state: 'in', mode });
}

/** A first reason stays: what is asked afterwards only learns that nobody is there. */
export function sessionOver(reason: string | null): void {
  if (current.state === 'out') return;
  become({ state: 'out', reason, mode: current.state === 'in' ? current.mode : 'own' });
}

export function doorState(): Door['state'] {
  return current.state;
}

export function useDoor(): Door {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}
