import { useMutation } from '@tanstack/react-query';
import type { DraftDetails } from '#core/assignment/draft.ts';
import { desk } from '../../../desk.ts';
import { useWizard } from '../wizard.ts';

/** Adds something to the draft's customer and chooses it: the customer is read again so that the draft knows of it. */
export function useAdding<T>(add: (customerId: number, input: T) => Promise<DraftDetails>, onDone: () => void) {
  const { draft, act } = useWizard();
  const customerId = draft.customer?.id ?? 0;
  return useMutation({
    mutationFn: async (input: T) => {
      const details = await add(customerId, input);
      await act('details', async () => {
        await desk.drafts.chooseCustomer({ draftId: draft.id, customerId });
        return desk.drafts.changeDetails({ draftId: draft.id, details });
      });
    },
    onSuccess: onDone,
  });
}
