import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Draft } from '#core/assignment/draft.ts';
import { missingOf } from '#core/assignment/steps.ts';
import { deskQuery } from '../../../desk.ts';

/** Others close customers and take items while staff read the review. */
const REFRESH_MS = 15_000;

/** What would stand in the way of this order, read anew at every change of the draft and every 15 s. */
export function usePreflight(draft: Draft) {
  const input = { draftId: draft.id };
  return useQuery({
    ...deskQuery.drafts.preflight.queryOptions({ input }),
    queryKey: [...deskQuery.drafts.preflight.key({ input }), draft.updatedAt],
    enabled: missingOf(draft).length === 0,
    refetchInterval: REFRESH_MS,
    staleTime: 0,
    placeholderData: keepPreviousData,
  });
}

export type Preflight = ReturnType<typeof usePreflight>;
