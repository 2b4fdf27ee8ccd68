import { Center } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../components/ErrorNotice.tsx';
import { LoadingRows } from '../components/LoadingRows.tsx';
import { deskQuery } from '../desk.ts';
import { useDeskEvent } from '../events.tsx';
import { SignInPage } from '../features/sign-in/SignInPage.tsx';
import { HostGoneError } from '../host-connection.ts';
import { UserProvider } from '../session.tsx';

/**
 * Lets nobody past who is not signed in. The session belongs to the host, so it outlives the window. The sign-in is the
 * day's first screen, so it is no chunk of its own: React shows what comes late no sooner than 0.3 s after its stand-in.
 */
export function SessionGate({ children }: { children: ReactNode }) {
  const { t } = useTranslation('errors');
  useDeskEvent('session', ({ reason }) => {
    if (reason !== 'expired') return;
    const text = `${t('unauthorized.meaning')} ${t('unauthorized.advice')}`;
    notifications.show({ id: 'session-expired', title: t('unauthorized.title'), message: text, autoClose: false });
  });
  const session = useQuery(deskQuery.session.get.queryOptions({ staleTime: Number.POSITIVE_INFINITY }));
  if (session.data) return <UserProvider value={session.data}>{children}</UserProvider>;
  if (session.data === null) return <SignInPage />;
  // A host that is away is told by its own bar.
  if (session.error && !(session.error instanceof HostGoneError)) {
    return (
      <Center component="main" h="100dvh" p="xl">
        <ErrorNotice error={session.error} onRetry={() => void session.refetch()} />
      </Center>
    );
  }
  return <LoadingRows rows={0} />;
}
