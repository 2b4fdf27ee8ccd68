import { Button, Checkbox, PasswordInput, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { Problem } from '../../components/Problem.tsx';
import { codeOf, factsOf } from '../../errors.ts';
import { useFormat } from '../../format.ts';
import classes from './Entrance.module.css';
import { EntrancePage } from './EntrancePage.tsx';

export interface Credentials {
  readonly email: string;
  readonly password: string;
  readonly remember: boolean;
}

interface CredentialsFormProps {
  /** Why somebody is here: a reason of `access:notice`. */
  readonly notice: string | null;
  readonly error: Error | null;
  readonly isPending: boolean;
  readonly onSubmit: (credentials: Credentials) => void;
}

/** Address and password. */
export function CredentialsForm({ notice, error, isPending, onSubmit }: CredentialsFormProps) {
  const { t } = useTranslation('access');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [remember, setRemember] = useState(false);
  const [isShown, setShown] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit({ email: email.trim(), password, remember });
  };
  return (
    <EntrancePage title={t('signIn.title')}>
      {error === null && <Notice name={notice} />}
      {codeOf(error) === 'account_locked' ? <Locked error={error} /> : error !== null && <Problem error={error} />}
      <form className={classes.form} onSubmit={submit}>
        <TextInput
          label={t('signIn.email')}
          type="email"
          name="email"
          autoComplete="username"
          inputMode="email"
          required
          withAsterisk={false}
          value={email}
          onChange={({ currentTarget }) => setEmail(currentTarget.value)}
        />
        <PasswordInput
          label={t('signIn.password')}
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          visible={isShown}
          onVisibilityChange={setShown}
          visibilityToggleButtonProps={{
            'aria-label': t(isShown ? 'signIn.hide' : 'signIn.show'),
            'aria-hidden': false,
            tabIndex: 0,
          }}
          value={password}
          onChange={({ currentTarget }) => setPassword(currentTarget.value)}
        />
        <Checkbox
          label={t('signIn.remember')}
          checked={remember}
          onChange={({ currentTarget }) => setRemember(currentTarget.checked)}
        />
        <Button type="submit" loading={isPending} fullWidth>
          {t('signIn.submit')}
        </Button>
        <Link href="/forgot" className={classes.link}>
          {t('signIn.forgot')}
        </Link>
      </form>
    </EntrancePage>
  );
}

function Notice({ name }: { name: string | null }) {
  const { t, i18n } = useTranslation('access');
  if (name === null) return null;
  const key = i18n.exists(`access:notice.${name}`) ? `notice.${name}` : 'notice.ended';
  return (
    <p role="status" className={classes.notice}>
      {t(key)}
    </p>
  );
}

/** AU-6: who is locked out is told until when, and that the mail is the faster way. */
function Locked({ error }: { error: Error | null }) {
  const { t } = useTranslation('access');
  const { time } = useFormat();
  const { until } = factsOf(error);
  return (
    <div role="alert" className={classes.notice} data-code="account_locked">
      <strong>{t('locked.title', { until: typeof until === 'string' ? time(until) : '' })}</strong>
      <p>{t('locked.text')}</p>
    </div>
  );
}
