import { TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api.ts';
import { CurrentPassword } from './CurrentPassword.tsx';
import { FieldForm } from './FieldForm.tsx';

/** New backup codes: the old ones stop working. */
export function RenewForm({ onDone, onCancel }: { onDone: (codes: string[]) => void; onCancel: () => void }) {
  const { t } = useTranslation('account');
  const [code, setCode] = useState('');
  const renew = useMutation({
    mutationFn: () => api.account.twoFactor.renewBackupCodes({ code: code.trim() }),
    onSuccess: ({ backupCodes }) => onDone(backupCodes),
  });
  return (
    <Focused>
      <FieldForm
        text={t('twoFactor.renewText')}
        error={renew.error}
        isPending={renew.isPending}
        verb={t('twoFactor.renew')}
        onSubmit={() => renew.mutate()}
        onCancel={onCancel}
      >
        <CodeInput value={code} onChange={setCode} />
      </FieldForm>
    </Focused>
  );
}

/** Turns the second factor off: the password and a code, so that neither a stolen password nor an open page is enough. */
export function TurnOffForm({ onDone, onCancel }: { onDone: () => void; onCancel: () => void }) {
  const { t } = useTranslation('account');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const off = useMutation({
    mutationFn: () => api.account.twoFactor.disable({ password, code: code.trim() }),
    onSuccess: onDone,
  });
  return (
    <Focused>
      <FieldForm
        text={t('twoFactor.offText')}
        error={off.error}
        isPending={off.isPending}
        verb={t('twoFactor.turnOff')}
        onSubmit={() => off.mutate()}
        onCancel={onCancel}
      >
        <CurrentPassword value={password} onChange={setPassword} />
        <CodeInput value={code} onChange={setCode} />
      </FieldForm>
    </Focused>
  );
}

function CodeInput({ value, onChange }: { value: string; onChange: (code: string) => void }) {
  const { t } = useTranslation('account');
  return (
    <TextInput
      label={t('twoFactor.codeOrBackup')}
      name="code"
      autoComplete="one-time-code"
      autoCapitalize="off"
      spellCheck={false}
      required
      withAsterisk={false}
      minLength={6}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}

/** Takes the focus into its first field. */
function Focused({ children }: { children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.querySelector('input')?.focus(), []);
  return <div ref={box}>{children}</div>;
}
