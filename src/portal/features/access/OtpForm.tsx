import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '../../components/Problem.tsx';
import classes from './Entrance.module.css';
import { EntrancePage } from './EntrancePage.tsx';

interface OtpFormProps {
  readonly error: Error | null;
  readonly isPending: boolean;
  readonly onSubmit: (code: string) => void;
  readonly onBack: () => void;
}

/** The second step of a sign-in: a code of the authenticator, or one of the backup codes. */
export function OtpForm({ error, isPending, onSubmit, onBack }: OtpFormProps) {
  const { t } = useTranslation('access');
  const [isBackup, setBackup] = useState(false);
  const [code, setCode] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit(isBackup ? code.trim() : code.replace(/\s/g, ''));
  };
  const turn = () => {
    setBackup(!isBackup);
    setCode('');
  };
  return (
    <EntrancePage title={t('otp.title')} text={t(isBackup ? 'otp.backupText' : 'otp.text')}>
      {error !== null && <Problem error={error} />}
      <form className={classes.form} onSubmit={submit}>
        <TextInput
          key={String(isBackup)}
          className={classes.code}
          label={t(isBackup ? 'otp.backupCode' : 'otp.code')}
          name="code"
          inputMode={isBackup ? 'text' : 'numeric'}
          autoComplete="one-time-code"
          autoCapitalize="off"
          spellCheck={false}
          required
          withAsterisk={false}
          data-autofocus
          value={code}
          onChange={({ currentTarget }) => setCode(currentTarget.value)}
        />
        <Button type="submit" loading={isPending} fullWidth>
          {t('otp.submit')}
        </Button>
        <div className={classes.below}>
          <button type="button" className={classes.link} onClick={turn}>
            {t(isBackup ? 'otp.app' : 'otp.backup')}
          </button>
          <button type="button" className={classes.link} onClick={onBack}>
            {t('otp.back')}
          </button>
        </div>
      </form>
    </EntrancePage>
  );
}
