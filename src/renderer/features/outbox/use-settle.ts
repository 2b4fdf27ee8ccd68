import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { StepName } from '#core/assignment/steps.ts';
import { deskQuery } from '../../desk.ts';
import { useNotify } from '../../notify.tsx';

/** Carries out what a person decided about a refusal; `reopened` goes on in the wizard, at the step that mends it. */
export function useSettle(step: StepName) {
  const { t } = useTranslation('work');
  const [, navigate] = useLocation();
  const notify = useNotify();
  const client = useQueryClient();
  return useMutation(
    deskQuery.outbox.settle.mutationOptions({
      onSuccess: ({ draftId }, { settlement }) => {
        if (settlement === 'reopened' && draftId !== null) {
          void client.invalidateQueries({ queryKey: deskQuery.drafts.key() });
          navigate(`/assign/${draftId}/${step}`);
          return;
        }
        if (settlement !== 'reopened') notify.show({ title: t(`choice.settled.${settlement}`) });
      },
      onError: notify.error,
      onSettled: () => {
        void client.invalidateQueries({ queryKey: deskQuery.outbox.key() });
        void client.invalidateQueries({ queryKey: deskQuery.sync.key() });
      },
    }),
  );
}
