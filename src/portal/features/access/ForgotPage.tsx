import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Language } from '#core/domain/languages.ts';
import { api } from '../../api.ts';
import { Problem } from '../../components/Problem.tsx';
import classes from './Entrance.module.css';
import { EntrancePage } from './EntrancePage.tsx';

/** Asks for the mail with a link. The answer is the same whether anybody has the address or not (AU-5). */
export function ForgotPage() {
  const { t, i18n } = useTranslation('access');
  const [email, setEmail] = useState('');
  const ask = useMutation({
    mutationFn: (address: string) => api.auth.forgot({ email: address, language: i18n.language as Language }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    ask.mutate(email.trim());
  };
  if (ask.isSuccess) {
    return (
      <EntrancePage key="sent" title={t('forgot.sent')} text={t('forgot.sentText', { email: ask.variables })}>
        <div className={classes.below}>
          <button type="button" className={classes.link} onClick={() => ask.reset()}>
            {t('forgot.again')}
          </button>
          <Link href="/sign-in" className={classes.link}>
            {t('forgot.back')}
          </Link>
        </div>
      </EntrancePage>
    );
  }
  return (
    <EntrancePage key="ask" title={t('forgot.title')} text={t('forgot.text')}>
      {ask.isError && <Problem error={ask.error} />}
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
        <Button type="submit" loading={ask.isPending} fullWidth>
          {t('forgot.submit')}
        </Button>
        <Link href="/sign-in" className={classes.link}>
          {t('forgot.back')}
        </Link>
      </form>
    </EntrancePage>
  );
}
