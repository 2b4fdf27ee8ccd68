import { Button, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { deskQuery } from '../../desk.ts';
import { EnrolSteps } from './EnrolSteps.tsx';
import classes from './own-sign-in.module.css';
import { useRefreshUser } from './use-refresh-user.ts';

/** All that is open to who has to set up two-factor sign-in first. */
export function ForcedEnrolment() {
  const { t } = useTranslation('settings');
  const refreshUser = useRefreshUser();
  const signOut = useMutation(
    deskQuery.session.signOut.mutationOptions({
      onSuccess: (_result, _input, _context, { client }) => client.setQueryData(deskQuery.session.get.queryKey(), null),
    }),
  );
  const failed = refreshUser.error ?? signOut.error;
  return (
    <main className={classes.forced}>
      <Title order={1} size="h2">
        {t('signIn.forced')}
      </Title>
      <Text c="dimmed" mb="lg">
        {t('signIn.forcedText')}
      </Text>
      <EnrolSteps onDone={() => refreshUser.mutate({})} />
      {failed && <ErrorNotice error={failed} />}
      <Button variant="subtle" mt="lg" loading={signOut.isPending} onClick={() => signOut.mutate({ force: true })}>
        {t('signIn.signOut')}
      </Button>
    </main>
  );
}
