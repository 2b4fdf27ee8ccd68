import { Button, Modal, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { deskQuery } from '../../desk.ts';
import { BackupCodes } from './BackupCodes.tsx';
import type { DialogProps } from './dialog.ts';

/** New backup codes, for who shows a code. */
export function RenewDialog({ opened, onClose }: DialogProps) {
  const { t } = useTranslation('settings');
  return (
    <Modal opened={opened} onClose={onClose} title={t('signIn.codes')} closeOnClickOutside={false}>
      <RenewForm onDone={onClose} />
    </Modal>
  );
}

function RenewForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('settings');
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const form = useForm({
    initialValues: { code: '' },
    validate: { code: (text) => (text.trim().length < 6 ? t('signIn.codeMissing') : null) },
  });
  const renew = useMutation(
    deskQuery.ownAccess.renewBackupCodes.mutationOptions({ onSuccess: ({ backupCodes }) => setCodes(backupCodes) }),
  );
  if (codes !== null) return <BackupCodes codes={codes} onDone={onDone} />;
  return (
    <form onSubmit={form.onSubmit((values) => renew.mutate(values))} noValidate>
      <Stack gap="sm">
        <TextInput
          data-autofocus
          label={t('signIn.codeOrBackup')}
          autoComplete="one-time-code"
          {...form.getInputProps('code')}
        />
        {renew.error && <ErrorNotice error={renew.error} />}
        <Button type="submit" loading={renew.isPending}>
          {t('signIn.renew')}
        </Button>
      </Stack>
    </form>
  );
}
