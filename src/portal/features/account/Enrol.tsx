import { TextInput, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api.ts';
import { CopyButton } from '../../components/CopyButton.tsx';
import { QrCode } from '../../components/QrCode.tsx';
import { CurrentPassword } from './CurrentPassword.tsx';
import { FieldForm } from './FieldForm.tsx';
import classes from './TwoFactor.module.css';

interface EnrolProps {
  readonly onDone: (backupCodes: string[]) => void;
  readonly onCancel: () => void;
}

/** Turns the second factor on: the password, the secret as a QR code and for typing, and a first code that proves it. */
export function Enrol({ onDone, onCancel }: EnrolProps) {
  const { t } = useTranslation('account');
  const [password, setPassword] = useState('');
  const box = useRef<HTMLDivElement>(null);
  const begin = useMutation({ mutationFn: () => api.account.twoFactor.begin({ password }) });
  useEffect(() => box.current?.querySelector('input')?.focus(), []);
  if (begin.data) return <Scan {...begin.data} onDone={onDone} onCancel={onCancel} />;
  return (
    <div ref={box}>
      <FieldForm
        error={begin.error}
        isPending={begin.isPending}
        verb={t('twoFactor.continue')}
        onSubmit={() => begin.mutate()}
        onCancel={onCancel}
      >
        <CurrentPassword value={password} onChange={setPassword} />
      </FieldForm>
    </div>
  );
}

interface ScanProps extends EnrolProps {
  readonly secret: string;
  readonly otpauthUri: string;
}

function Scan({ secret, otpauthUri, onDone, onCancel }: ScanProps) {
  const { t } = useTranslation('account');
  const [code, setCode] = useState('');
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const confirm = useMutation({
    mutationFn: () => api.account.twoFactor.confirm({ code: code.replace(/\s/g, '') }),
    onSuccess: ({ backupCodes }) => onDone(backupCodes),
  });
  return (
    <div className={classes.step}>
      <Title order={3} ref={heading} tabIndex={-1}>
        {t('twoFactor.scan')}
      </Title>
      <p>{t('twoFactor.scanText')}</p>
      <QrCode text={otpauthUri} label={t('twoFactor.qr')} />
      <p>{t('twoFactor.typed')}</p>
      <div className={classes.secret}>
        <code data-secret>{secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
        <CopyButton text={secret} />
      </div>
      <Title order={3}>{t('twoFactor.confirm')}</Title>
      <FieldForm
        error={confirm.error}
        isPending={confirm.isPending}
        verb={t('twoFactor.finish')}
        onSubmit={() => confirm.mutate()}
        onCancel={onCancel}
      >
        <TextInput
          label={t('twoFactor.code')}
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          required
          withAsterisk={false}
          minLength={6}
          value={code}
          onChange={({ currentTarget }) => setCode(currentTarget.value)}
        />
      </FieldForm>
    </div>
  );
}
