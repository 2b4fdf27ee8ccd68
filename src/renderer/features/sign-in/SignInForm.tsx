import { Anchor, Button, PasswordInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { deskQuery } from '../../desk.ts';
import { codeOf } from '../../errors.ts';
import classes from './SignInPage.module.css';

interface SignInFormProps {
  /** The person whose password is asked for again; nobody else may be typed. */
  email?: string;
  onDone?: () => void;
  /** Leads to a new password by mail, for the address typed so far. */
  onForgot?: (email: string) => void;
}

/** E-mail, password and, once head office asks for it, the one-time code. The session itself stays in the host. */
export function SignInForm({ email: known, onDone, onForgot }: SignInFormProps) {
  const { t } = useTranslation('frame');
  const [asksCode, setAsksCode] = useState(false);
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { email: known ?? '', password: '', otp: '' },
    validate: {
      email: (value) => (value.trim() === '' ? t('signIn.emailMissing') : null),
      password: (value) => (value === '' ? t('signIn.passwordMissing') : null),
    },
  });
  const signIn = useMutation(
    deskQuery.session.signIn.mutationOptions({
      onSuccess: (user, _input, _result, { client }) => {
        client.setQueryData(deskQuery.session.get.queryKey(), user);
        void client.invalidateQueries({ queryKey: deskQuery.session.state.key() });
        onDone?.();
      },
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
        autoFocus={known === undefined}
        readOnly={known !== undefined}
        size="md"
        key={form.key('email')}
        {...form.getInputProps('email')}
      />
      <PasswordInput
        label={t('signIn.password')}
        autoComplete="current-password"
        size="md"
        data-autofocus={known === undefined ? undefined : true}
        visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword'), tabIndex: 0 }}
        key={form.key('password')}
        {...form.getInputProps('password')}
      />
      {asksCode && (
        <TextInput
          autoFocus
          label={t('signIn.code')}
          description={t('signIn.codeHint')}
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
      {onForgot && (
        <Anchor component="button" type="button" size="sm" onClick={() => onForgot(form.getValues().email)}>
          {t('signIn.forgot')}
        </Anchor>
      )}
    </form>
  );
}
