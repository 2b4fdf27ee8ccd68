import { useMutation, useQuery } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import type { Draft } from '#core/assignment/draft.ts';
import { deskQuery } from '../desk.ts';
import { useNotify } from '../notify.tsx';
import { useCan } from '../session.tsx';

/** The person's drafts: open ones, and ordered ones whose job still runs. Empty for who may not assign plans. */
export function useDrafts() {
  const enabled = useCan('provision');
  return useQuery(deskQuery.drafts.list.queryOptions({ enabled }));
}

/** When the first of a draft's holds lapses; null when it holds nothing. */
export function firstLapse(draft: Draft): string | null {
  const ends = [...draft.items, ...draft.shortlist].flatMap(({ hold, heldHere }) =>
    hold === null || heldHere ? [] : [hold.expiresAt],
  );
  return ends.sort()[0] ?? null;
}

/** Where a draft is, honestly: ordered is said only of what head office has. */
export function draftState({ status, order, sending }: Draft): Draft['status'] | 'saved' | 'refused' {
  if (status !== 'ordered' || order !== null || sending === null) return status;
  return sending.state === 'refused' ? 'refused' : 'saved';
}

/** Starts an assignment with what is already known, and goes to it. */
export function useStartDraft() {
  const [, navigate] = useLocation();
  const notify = useNotify();
  return useMutation(
    deskQuery.drafts.create.mutationOptions({
      onSuccess: ({ id }) => navigate(`/assign/${id}`),
      onError: (error) => notify.error(error),
    }),
  );
}
