import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Contact } from '#core/domain/customer.ts';
import { AskFirst } from '../../components/AskFirst.tsx';
import { deskQuery } from '../../desk.ts';
import { useAccountDone } from './use-account-done.ts';

export type AskedAct = 'resetTwoFactor' | 'disable';

interface ConfirmAccountActProps {
  act: AskedAct;
  contact: Contact;
  input: { id: number; contactId: number };
  opened: boolean;
  onClose: () => void;
}

/** Asks before what takes something from the customer: a second factor only after a check of who they are (AU-8). */
export function ConfirmAccountAct({ act, contact, input, opened, onClose }: ConfirmAccountActProps) {
  const { t } = useTranslation('customers');
  const { name } = contact;
  const reset = useMutation(
    deskQuery.contactAccounts.resetTwoFactor.mutationOptions(useAccountDone('twoFactorReset', name)),
  );
  const disable = useMutation(deskQuery.contactAccounts.disable.mutationOptions(useAccountDone('disabled', name)));
  const run = act === 'disable' ? disable : reset;
  return (
    <AskFirst
      opened={opened}
      title={t(`account.ask.${act}.title`, { name })}
      texts={[t(`account.ask.${act}.text`, { name })]}
      confirm={t(`account.ask.${act}.confirm`)}
      busy={run.isPending}
      onConfirm={() => run.mutate(input, { onSettled: onClose })}
      onClose={onClose}
    />
  );
}
