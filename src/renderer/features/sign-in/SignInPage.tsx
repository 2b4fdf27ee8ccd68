import { Anchor, Button, PasswordInput, Text, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Language, languageSchema } from '#core/domain/common.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { StatusMark } from '../../components/StatusMark.tsx';
import { deskQuery } from '../../desk.ts';
import { codeOf } from '../../errors.ts';
import { changeLanguage, languageNames } from '../../i18n.ts';
import icon from '../../icon.svg';
import classes from './SignInPage.module.css';
import { useScanRefusal } from './use-scan-refusal.ts';

/** Where everybody begins: who you are, which head office, which language. The session itself stays in the host. */
export function SignInPage() {
  const { t } = useTranslation('frame');
  useScanRefusal();
  return (
    <div className={classes.page}>
      <main className={classes.panel}>
        <img src={icon} alt="" width={44} height={44} />
        <Title order={1} mt="md">
          {t('signIn.title')}
        </Title>
        <Text c="dimmed" size="sm" mb="lg">
          {t('signIn.subtitle')}
        </Text>
        <SignInForm />
      </main>
      <footer className={classes.foot}>
        <CentralLine />
        <LanguageChoice />
      </footer>
    </div>
  );
}

function SignInForm() {
  const { t } = useTranslation('frame');
  const [asksCode, setAsksCode] = useState(false);
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { email: '', password: '', otp: '' },
    validate: {
      email: (value) => (value.trim() === '' ? t('signIn.emailMissing') : null),
      password: (value) => (value === '' ? t('signIn.passwordMissing') : null),
    },
  });
  const signIn = useMutation(
    deskQuery.session.signIn.mutationOptions({
      onSuccess: (user, _input, _result, { client }) => client.setQueryData(deskQuery.session.get.queryKey(), user),
      onError: (error) => setAsksCode((asks) => asks || codeOf(error) === 'otp_required'),
    }),
  );
  const submit = form.onSubmit(({ email, password, otp }) =>
    signIn.mutate({ email: email.trim(), password, otp: otp.trim() || undefined }),
  );
  return (
    <form onSubmit={submit} noValidate className={classes.form}>
      <TextInput
        label={t('signIn.email')}
        type="email"
        autoComplete="username"
        autoFocus
        size="md"
        key={form.key('email')}
        {...form.getInputProps('email')}
      />
      <PasswordInput
        label={t('signIn.password')}
        autoComplete="current-password"
        size="md"
        visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword'), tabIndex: 0 }}
        key={form.key('password')}
        {...form.getInputProps('password')}
      />
      {asksCode && (
        <TextInput
          label={t('signIn.code')}
          description={t('signIn.codeHint')}
          inputMode="numeric"
          autoComplete="one-time-code"
          size="md"
          key={form.key('otp')}
          {...form.getInputProps('otp')}
        />
      )}
      {signIn.error && (codeOf(signIn.error) !== 'otp_required' || form.getValues().otp !== '') && (
        <ErrorNotice error={signIn.error} />
      )}
      <Button type="submit" size="md" fullWidth loading={signIn.isPending}>
        {t('signIn.submit')}
      </Button>
    </form>
  );
}

function CentralLine() {
  const { t } = useTranslation('frame');
  const { data: link } = useQuery(deskQuery.system.link.queryOptions());
  if (link === undefined) return <span />;
  return (
    <span className={classes.central}>
      <StatusMark kind="link" status={link.state} look="plain" />
      <Text size="xs" c="dimmed" truncate>
        {t('link.central', { url: link.centralUrl })}
      </Text>
    </span>
  );
}

function LanguageChoice() {
  const { t, i18n } = useTranslation('frame');
  const change = useMutation(
    deskQuery.system.changeSettings.mutationOptions({
      onSuccess: (settings, _input, _result, { client }) =>
        client.setQueryData(deskQuery.system.settings.queryKey(), settings),
    }),
  );
  const choose = (language: Language) => {
    void changeLanguage(language);
    change.mutate({ language });
  };
  return (
    <nav aria-label={t('signIn.language')} className={classes.languages}>
      {languageSchema.options.map((language) => (
        <Anchor
          key={language}
          component="button"
          type="button"
          size="sm"
          lang={language}
          c={i18n.language === language ? undefined : 'dimmed'}
          fw={i18n.language === language ? 600 : 400}
          aria-current={i18n.language === language}
          onClick={() => choose(language)}
        >
          {languageNames[language]}
        </Anchor>
      ))}
    </nav>
  );
}
