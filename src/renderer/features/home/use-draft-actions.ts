import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { deskQuery } from '../../desk.ts';
import { useNotify } from '../../notify.tsx';

/** The time the host keeps a discarded draft for `restore`. */
const UNDO_MS = 55_000;

/** Discards a draft, and offers to bring it back for as long as that works. */
export function useDiscardDraft() {
  const { t } = useTranslation('home');
  const notify = useNotify();
  const client = useQueryClient();
  const stale = () => void client.invalidateQueries({ queryKey: deskQuery.drafts.list.key() });
  const restore = useMutation(deskQuery.drafts.restore.mutationOptions({ onError: notify.error, onSettled: stale }));
  return useMutation(
    deskQuery.drafts.discard.mutationOptions({
      onSuccess: (_nothing, { draftId }) =>
        notify.show({
          id: `discarded-${draftId}`,
          title: t('drafts.discarded'),
          text: t('drafts.discardedText'),
          action: { label: t('drafts.undo'), run: () => restore.mutate({ draftId }) },
          lasts: UNDO_MS,
        }),
      onError: notify.error,
      onSettled: stale,
    }),
  );
}

/** Gives every hold of a draft its full time again. */
export function useExtendHolds() {
  const notify = useNotify();
  const client = useQueryClient();
  return useMutation(
    deskQuery.drafts.extendHolds.mutationOptions({
      onError: notify.error,
      onSettled: () => client.invalidateQueries({ queryKey: deskQuery.drafts.list.key() }),
    }),
  );
}
