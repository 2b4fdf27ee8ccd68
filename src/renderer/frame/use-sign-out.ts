import { notifications } from '@mantine/notifications';
import { ORPCError } from '@orpc/client';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { navigate } from 'wouter/use-hash-location';
import { errorCatalogue } from '#core/contract/errors.ts';
import { deskQuery } from '../desk.ts';
import { codeOf } from '../errors.ts';
import { useNotify } from '../notify.tsx';

/** Signs out; while work is unsent the host refuses, and `unsent` says how much until somebody decides. */
export function useSignOut() {
  const notify = useNotify();
  const [unsent, setUnsent] = useState<{ waiting: number; refused: number } | null>(null);
  const signOut = useMutation(
    deskQuery.session.signOut.mutationOptions({
      // What one person was told or looked at is not left on the screen for whoever comes next.
      onSuccess: () => {
        notifications.clean();
        navigate('/');
      },
      onError: (error) => {
        const facts = errorCatalogue.work_unsent.data.safeParse(error instanceof ORPCError ? error.data : null);
        if (codeOf(error) === 'work_unsent' && facts.success) setUnsent(facts.data);
        else notify.error(error);
      },
    }),
  );
  return {
    unsent,
    isPending: signOut.isPending,
    ask: () => signOut.mutate({ force: false }),
    force: () => signOut.mutate({ force: true }),
    stay: () => setUnsent(null),
  };
}

export type SignOut = ReturnType<typeof useSignOut>;
