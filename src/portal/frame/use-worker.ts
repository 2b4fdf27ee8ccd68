import { useEffect } from 'react';
import type { PortalMode } from '#core/domain/portal.ts';

/**
 * Starts the service worker for customers on their own device. A frame of another page and staff's view have none: what they
 * show is not theirs to keep.
 */
export function useWorker(mode: PortalMode): void {
  useEffect(() => {
    if (mode !== 'own' || window.top !== window.self || !import.meta.env.PROD) return;
    // Browsers that forbid it leave the portal as it is.
    navigator.serviceWorker?.register('/portal/worker.js', { scope: '/portal/' }).catch(() => undefined);
  }, [mode]);
}
