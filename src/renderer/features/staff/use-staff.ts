import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { managedUserSchema } from '#core/contract/central/access.ts';
import { desk, deskQuery } from '../../desk.ts';
import { useNotify } from '../../notify.tsx';

export type ManagedUser = z.infer<typeof managedUserSchema>;

interface StaffChange {
  readonly done: 'unlocked' | 'twoFactorReset' | 'enabled' | 'disabled';
  readonly name: string;
  readonly input: Parameters<typeof desk.users.change>[0];
}

/** Reads anew what a change to the staff may have changed. */
export function useRefreshStaff(): () => void {
  const client = useQueryClient();
  return () => {
    void client.invalidateQueries({ queryKey: deskQuery.users.key() });
    void client.invalidateQueries({ queryKey: deskQuery.accessPolicy.key() });
  };
}

/** An act on a member of staff: said, and read anew. */
export function useChangeStaff(onSettled: () => void) {
  const { t } = useTranslation('staff');
  const refreshStaff = useRefreshStaff();
  const notify = useNotify();
  return useMutation({
    mutationFn: ({ input }: StaffChange) => desk.users.change(input),
    onSuccess: (_user, { done, name }) =>
      notify.show({ id: 'staff', tone: 'good', title: t(`done.${done}`, { name }) }),
    onError: notify.error,
    onSettled: () => {
      refreshStaff();
      onSettled();
    },
  });
}
