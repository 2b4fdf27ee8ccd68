import { Button, Modal, PasswordInput, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { brokenPasswordRules } from '#core/domain/password.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { deskQuery } from '../../desk.ts';
import { useNotify } from '../../notify.tsx';
import type { DialogProps } from './dialog.ts';

/** A new password, for who shows the current one (AU-4). */
export function PasswordDialog({ opened, onClose }: DialogProps) {
  const { t } = useTranslation('settings');
  return (
    <Modal opened={opened} onClose={onClose} title={t('signIn.password')}>
      <PasswordForm onDone={onClose} />
    </Modal>
  );
}

function PasswordForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('settings');
  const { t: tFrame } = useTranslation('frame');
  const notify = useNotify();
  const form = useForm({
    initialValues: { password: '', newPassword: '' },
    validate: {
      password: (text) => (text === '' ? tFrame('signIn.passwordMissing') : null),
      newPassword: (text) => (brokenPasswordRules(text).length > 0 ? t('signIn.weak') : null),
    },
  });
  const change = useMutation(
    deskQuery.ownAccess.changePassword.mutationOptions({
      onSuccess: () => {
        notify.show({ id: 'password', tone: 'good', title: t('signIn.changed') });
        onDone();
      },
    }),
  );
  const shows = { visibilityToggleButtonProps: { 'aria-label': tFrame('signIn.showPassword'), tabIndex: 0 } };
  return (
    <form onSubmit={form.onSubmit((values) => change.mutate(values))} noValidate>
      <Stack gap="sm">
        <PasswordInput
          {...shows}
          data-autofocus
          label={t('signIn.current')}
          autoComplete="current-password"
          {...form.getInputProps('password')}
        />
        <PasswordInput
          {...shows}
          label={t('signIn.new')}
          description={t('signIn.newHint')}
          autoComplete="new-password"
          {...form.getInputProps('newPassword')}
        />
        {change.error && <ErrorNotice error={change.error} />}
        <Button type="submit" loading={change.isPending}>
          {t('signIn.change')}
        </Button>
      </Stack>
    </form>
  );
}
