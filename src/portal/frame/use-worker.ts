import { useEffect } from 'react';
import type { PortalMode } from '#core/domain/portal.ts';

/** What the worker fetches to keep would take the line from what somebody waits for. */
const LATER_MS = 3_000;

/**
 * Starts the service worker for customers on their own device. A frame of another page and staff's view have none: what they
 * show is not theirs to keep.
 */
export function useWorker(mode: PortalMode): void {
  useEffect(() => {
    if (mode !== 'own' || window.top !== window.self || !import.meta.env.PROD) return;
    const start = () => {
      // Browsers that forbid it leave the portal as it is.
      navigator.serviceWorker?.register('/portal/worker.js', { scope: '/portal/' }).catch(() => undefined);
    };
    const timer = setTimeout(start, LATER_MS);
    return () => clearTimeout(timer);
  }, [mode]);
}
