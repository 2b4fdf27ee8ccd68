import { Button, Code, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { deskQuery } from '../../desk.ts';
import { BackupCodes } from './BackupCodes.tsx';
import { QrCode } from './QrCode.tsx';

/** Password, QR code with a first code of it, then the backup codes. */
export function EnrolSteps({ onDone }: { onDone: () => void }) {
  const [begun, setBegun] = useState<Begun | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  if (codes !== null) return <BackupCodes codes={codes} onDone={onDone} />;
  if (begun === null) return <AskPassword onBegun={setBegun} />;
  return <ConfirmCode begun={begun} onConfirmed={setCodes} />;
}

interface Begun {
  readonly secret: string;
  readonly otpauthUri: string;
}

function AskPassword({ onBegun }: { onBegun: (begun: Begun) => void }) {
  const { t } = useTranslation('settings');
  const { t: tFrame } = useTranslation('frame');
  const form = useForm({
    initialValues: { password: '' },
    validate: { password: (text) => (text === '' ? tFrame('signIn.passwordMissing') : null) },
  });
  const begin = useMutation(deskQuery.ownAccess.beginTwoFactor.mutationOptions({ onSuccess: onBegun }));
  return (
    <form onSubmit={form.onSubmit((values) => begin.mutate(values))} noValidate>
      <Stack gap="sm">
        <PasswordInput
          data-autofocus
          label={t('signIn.current')}
          autoComplete="current-password"
          visibilityToggleButtonProps={{ 'aria-label': tFrame('signIn.showPassword'), tabIndex: 0 }}
          {...form.getInputProps('password')}
        />
        {begin.error && <ErrorNotice error={begin.error} />}
        <Button type="submit" loading={begin.isPending}>
          {t('signIn.next')}
        </Button>
      </Stack>
    </form>
  );
}

interface ConfirmCodeProps {
  begun: Begun;
  onConfirmed: (codes: readonly string[]) => void;
}

function ConfirmCode({ begun: { secret, otpauthUri }, onConfirmed }: ConfirmCodeProps) {
  const { t } = useTranslation('settings');
  const form = useForm({
    initialValues: { code: '' },
    validate: { code: (text) => (text.trim().length < 6 ? t('signIn.codeMissing') : null) },
  });
  const confirm = useMutation(
    deskQuery.ownAccess.confirmTwoFactor.mutationOptions({
      onSuccess: ({ backupCodes }) => onConfirmed(backupCodes),
    }),
  );
  return (
    <form onSubmit={form.onSubmit((values) => confirm.mutate(values))} noValidate>
      <Stack gap="sm">
        <Text>{t('signIn.scan')}</Text>
        <QrCode text={otpauthUri} label={t('signIn.scanAlt')} />
        <Text size="sm" c="dimmed">
          {t('signIn.typeInstead')}
        </Text>
        <Code block>{secret.replaceAll(/(.{4})/g, '$1 ').trim()}</Code>
        <TextInput
          autoFocus
          label={t('signIn.code')}
          inputMode="numeric"
          autoComplete="one-time-code"
          {...form.getInputProps('code')}
        />
        {confirm.error && <ErrorNotice error={confirm.error} />}
        <Button type="submit" loading={confirm.isPending}>
          {t('signIn.confirm')}
        </Button>
      </Stack>
    </form>
  );
}
