import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { JobSummary } from '#core/domain/provisioning.ts';
import { deskQuery } from '../../desk.ts';

/** What the queue shows: everything, what needs a person, or one state. */
export type QueueView = 'all' | 'attention' | 'running' | 'failed' | 'succeeded' | 'cancelled';

const PAGE = 100;
const REFRESH_MS = 3000;

const filters: Record<QueueView, { attention?: boolean; status?: JobSummary['status'] }> = {
  all: {},
  attention: { attention: true },
  running: { status: 'running' },
  failed: { status: 'failed' },
  succeeded: { status: 'succeeded' },
  cancelled: { status: 'cancelled' },
};

/** The provisioning queue, newest first, read again by itself: jobs of other desks announce nothing here. */
export function useQueue(view: QueueView, q: string) {
  return useInfiniteQuery(
    deskQuery.provisioning.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ ...filters[view], q: q.trim() || undefined, limit: PAGE, cursor }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.nextCursor ?? undefined,
      placeholderData: keepPreviousData,
      refetchInterval: REFRESH_MS,
    }),
  );
}
