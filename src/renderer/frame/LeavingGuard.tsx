import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { deskQuery } from '../desk.ts';
import { unsent } from '../work/facts.ts';
import { useSyncState } from '../work/use-work.ts';

/** In a browser, closing the window while work is unsent asks first; the app's own window asks by itself. */
export function LeavingGuard() {
  const { data: shell } = useQuery(deskQuery.system.capabilities.queryOptions({ staleTime: Number.POSITIVE_INFINITY }));
  const sync = useSyncState();
  const guards = shell?.shell === 'browser' && sync !== undefined && unsent(sync.outbox) > 0;
  useEffect(() => {
    if (!guards) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [guards]);
  return null;
}
