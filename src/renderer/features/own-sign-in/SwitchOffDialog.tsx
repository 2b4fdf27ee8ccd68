import { Button, Modal, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { deskQuery } from '../../desk.ts';
import { useNotify } from '../../notify.tsx';
import type { DialogProps } from './dialog.ts';
import { useRefreshUser } from './use-refresh-user.ts';

/** Switches two-factor sign-in off, for who shows password and code. */
export function SwitchOffDialog({ opened, onClose }: DialogProps) {
  const { t } = useTranslation('settings');
  return (
    <Modal opened={opened} onClose={onClose} title={t('signIn.switchOff')}>
      <SwitchOffForm onDone={onClose} />
    </Modal>
  );
}

function SwitchOffForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('settings');
  const { t: tFrame } = useTranslation('frame');
  const notify = useNotify();
  const refreshUser = useRefreshUser();
  const form = useForm({
    initialValues: { password: '', code: '' },
    validate: {
      password: (text) => (text === '' ? tFrame('signIn.passwordMissing') : null),
      code: (text) => (text.trim().length < 6 ? t('signIn.codeMissing') : null),
    },
  });
  const disable = useMutation(
    deskQuery.ownAccess.disableTwoFactor.mutationOptions({
      onSuccess: () => {
        notify.show({ id: 'two-factor', tone: 'good', title: t('signIn.switchedOff') });
        onDone();
        refreshUser.mutate({});
      },
    }),
  );
  return (
    <form onSubmit={form.onSubmit((values) => disable.mutate(values))} noValidate>
      <Stack gap="sm">
        <PasswordInput
          data-autofocus
          label={t('signIn.current')}
          autoComplete="current-password"
          visibilityToggleButtonProps={{ 'aria-label': tFrame('signIn.showPassword'), tabIndex: 0 }}
          {...form.getInputProps('password')}
        />
        <TextInput label={t('signIn.codeOrBackup')} autoComplete="one-time-code" {...form.getInputProps('code')} />
        {disable.error && <ErrorNotice error={disable.error} />}
        <Button type="submit" color="red" loading={disable.isPending}>
          {t('signIn.switchOff')}
        </Button>
      </Stack>
    </form>
  );
}
