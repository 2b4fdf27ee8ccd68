import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { deskQuery } from '../../desk.ts';
import { useNotify } from '../../notify.tsx';

export type AccountDone = 'invited' | 'linkSent' | 'unlocked' | 'twoFactorReset' | 'disabled';

/** What follows on an act on a contact's account, whichever it was: said, and read anew. */
export function useAccountDone(done: AccountDone, name: string) {
  const { t } = useTranslation('customers');
  const client = useQueryClient();
  const notify = useNotify();
  return {
    onSuccess: () => {
      notify.show({ title: t(`account.done.${done}`, { name }), tone: 'good' });
      void client.invalidateQueries({ queryKey: deskQuery.contactAccounts.key() });
      void client.invalidateQueries({ queryKey: deskQuery.customers.contacts.key() });
    },
    onError: (error: unknown) => notify.error(error),
  };
}
