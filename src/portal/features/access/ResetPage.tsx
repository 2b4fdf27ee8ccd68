import { Button, Skeleton } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { brokenPasswordRules } from '#core/domain/password-rules.ts';
import { api } from '../../api.ts';
import { NewPassword } from '../../components/NewPassword.tsx';
import { Problem } from '../../components/Problem.tsx';
import classes from './Entrance.module.css';
import { EntrancePage } from './EntrancePage.tsx';
import { useLinkToken } from './link-token.ts';

/** A new password by the link of a mail: a customer's, a contact's first one, or a member of staff's. */
export function ResetPage() {
  const { t } = useTranslation('access');
  const token = useLinkToken();
  const link = useQuery({
    queryKey: ['reset-link', token],
    queryFn: () => api.auth.checkReset({ token }),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const set = useMutation({ mutationFn: (password: string) => api.auth.reset({ token, password }) });
  if (set.isSuccess) return <Done isStaff={link.data?.kind === 'staff'} />;
  if (link.isError) {
    return (
      <EntrancePage key="gone" title={t('reset.title')}>
        <Problem error={link.error} onRetry={() => link.refetch()} />
        <Link href="/forgot" className={classes.link}>
          {t('signIn.forgot')}
        </Link>
      </EntrancePage>
    );
  }
  if (!link.data) return <Skeleton height={360} />;
  const { purpose, email } = link.data;
  return (
    <EntrancePage
      title={t(purpose === 'invitation' ? 'reset.invitation' : 'reset.title')}
      text={t('reset.for', { email })}
    >
      {set.isError && <Problem error={set.error} />}
      <PasswordForm email={email} isPending={set.isPending} onSubmit={(password) => set.mutate(password)} />
    </EntrancePage>
  );
}

interface PasswordFormProps {
  readonly email: string;
  readonly isPending: boolean;
  readonly onSubmit: (password: string) => void;
}

function PasswordForm({ email, isPending, onSubmit }: PasswordFormProps) {
  const { t } = useTranslation('access');
  const [password, setPassword] = useState('');
  const [repeated, setRepeated] = useState('');
  const isGood = brokenPasswordRules(password).length === 0 && repeated === password;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isGood) onSubmit(password);
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      {/* So that a password manager knows whose password it keeps. */}
      <input type="hidden" name="username" autoComplete="username" value={email} />
      <NewPassword value={password} repeated={repeated} onChange={setPassword} onRepeat={setRepeated} />
      <Button type="submit" loading={isPending} disabled={!isGood} fullWidth>
        {t('reset.submit')}
      </Button>
    </form>
  );
}

function Done({ isStaff }: { isStaff: boolean }) {
  const { t } = useTranslation('access');
  const queryClient = useQueryClient();
  return (
    <EntrancePage key="done" title={t('reset.done')} text={t(isStaff ? 'reset.doneStaff' : 'reset.doneText')}>
      {!isStaff && (
        <Link href="/sign-in" className={classes.link} onClick={() => queryClient.clear()}>
          {t('reset.signIn')}
        </Link>
      )}
    </EntrancePage>
  );
}
