import { useQuery } from '@tanstack/react-query';
import type { Link } from '#core/contract/desk/events.ts';
import type { Enrolment, SyncState } from '#core/contract/desk/work.ts';
import { deskQuery } from '../desk.ts';

/** The desk's way to head office; undefined until the host has answered once. Kept in step by `link` events. */
export function useLink(): Link | undefined {
  return useQuery(deskQuery.system.link.queryOptions()).data;
}

/** Whether the line is known to be cut. While it connects it may still work, so nothing is greyed yet. */
export function useIsOffline(): boolean {
  return useLink()?.state === 'offline';
}

/** The directory and the outbox in one piece; undefined until read. Kept in step by `sync` events. */
export function useSyncState(): SyncState | undefined {
  return useQuery(deskQuery.sync.state.queryOptions({ staleTime: 30_000 })).data;
}

/** How the desk stands with head office; undefined until read. Kept in step by `enrolment` events. */
export function useEnrolment(): Enrolment | undefined {
  return useQuery(deskQuery.enrolment.get.queryOptions({ staleTime: 30_000 })).data;
}

/** Whether the desk can work without a line. */
export function useIsEnrolled(): boolean {
  return useEnrolment()?.state === 'enrolled';
}

/** How far the first reading of the directory is, or its rebuilding; null when there is none under way. */
export function useFirstSync(): { kind: 'first' | 'rebuilding'; progress: SyncState['progress'] } | null {
  const state = useSyncState();
  if (state?.directory !== 'first' && state?.directory !== 'rebuilding') return null;
  return { kind: state.directory, progress: state.progress };
}

const MOST = 200;

/** Work that waits or was refused, of one customer or of all. */
export function useOpenWork(customerId?: number) {
  const query = useQuery(
    deskQuery.outbox.list.queryOptions({ input: { open: true, limit: MOST, customerId }, staleTime: 30_000 }),
  );
  const entries = query.data?.items ?? [];
  return {
    ...query,
    refused: entries.filter(({ state }) => state === 'refused'),
    waiting: entries.filter(({ state }) => state === 'saved'),
  };
}
