import { Alert, Anchor, Button, Text, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { isLanguage } from '#core/domain/languages.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { deskQuery } from '../../desk.ts';
import classes from './SignInPage.module.css';

interface ForgotFormProps {
  /** Typed already. */
  email: string;
  onBack: () => void;
}

/** A link to a new password, by mail. What it says is the same whether anybody has the address. */
export function ForgotForm({ email, onBack }: ForgotFormProps) {
  const { t, i18n } = useTranslation('frame');
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { email },
    validate: { email: (value) => (value.trim() === '' ? t('signIn.emailMissing') : null) },
  });
  const send = useMutation(deskQuery.session.forgot.mutationOptions());
  const language = isLanguage(i18n.language) ? i18n.language : 'en';
  const submit = form.onSubmit((values) => send.mutate({ email: values.email.trim(), language }));
  return (
    <form onSubmit={submit} noValidate className={classes.form}>
      <Title order={2} size="h4">
        {t('signIn.forgotTitle')}
      </Title>
      {send.isSuccess ? (
        <Alert role="status" variant="light">
          {t('signIn.forgotSent')}
        </Alert>
      ) : (
        <>
          <Text size="sm" c="dimmed">
            {t('signIn.forgotText')}
          </Text>
          <TextInput
            label={t('signIn.email')}
            type="email"
            autoComplete="username"
            autoFocus
            size="md"
            key={form.key('email')}
            {...form.getInputProps('email')}
          />
          {send.error && <ErrorNotice error={send.error} />}
          <Button type="submit" size="md" fullWidth loading={send.isPending}>
            {t('signIn.forgotSend')}
          </Button>
        </>
      )}
      <Anchor component="button" type="button" size="sm" onClick={onBack}>
        {t('signIn.back')}
      </Anchor>
    </form>
  );
}
