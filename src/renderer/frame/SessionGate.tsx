import { Center } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../components/ErrorNotice.tsx';
import { LoadingRows } from '../components/LoadingRows.tsx';
import { deskQuery } from '../desk.ts';
import { useDeskEvent } from '../events.tsx';
import { SignInPage } from '../features/sign-in/SignInPage.tsx';
import { HostGoneError } from '../host-connection.ts';
import { keepSignedOut, wasSignedOut } from '../kept.ts';
import { UserProvider } from '../session.tsx';
import { useFrame } from './use-frame.ts';

const ForcedEnrolment = lazy(async () => ({
  default: (await import('../features/own-sign-in/ForcedEnrolment.tsx')).ForcedEnrolment,
}));

/**
 * Lets nobody past who is not signed in. The session belongs to the host, so it outlives the window. The sign-in is the
 * day's first screen: it is no chunk of its own, and where nobody was signed in it is shown before the host is up, which
 * answers what was typed as soon as it is.
 */
export function SessionGate() {
  const { t } = useTranslation('errors');
  useDeskEvent('session', ({ reason }) => {
    if (reason !== 'expired') return;
    const text = `${t('unauthorized.meaning')} ${t('unauthorized.advice')}`;
    notifications.show({ id: 'session-expired', title: t('unauthorized.title'), message: text, autoClose: false });
  });
  const session = useQuery(deskQuery.session.get.queryOptions({ staleTime: Number.POSITIVE_INFINITY }));
  const isSignedIn = session.data === undefined ? undefined : session.data !== null;
  const [isGuess] = useState(wasSignedOut);
  useEffect(() => {
    if (isSignedIn !== undefined) keepSignedOut(!isSignedIn);
  }, [isSignedIn]);
  const frame = useFrame(isSignedIn, isGuess);
  const failed = [session, frame].find(({ error }) => error && !(error instanceof HostGoneError));
  const Frame = frame.data;
  if (session.data?.mustEnrolTwoFactor) {
    return (
      <Suspense fallback={<LoadingRows rows={0} />}>
        <ForcedEnrolment />
      </Suspense>
    );
  }
  if (session.data && Frame) {
    return (
      <UserProvider value={session.data}>
        <Frame />
      </UserProvider>
    );
  }
  if (isSignedIn === false || (session.isPending && isGuess)) return <SignInPage />;
  // A host that is away is told by its own bar.
  if (failed) {
    return (
      <Center component="main" h="100dvh" p="xl">
        <ErrorNotice error={failed.error} onRetry={() => void failed.refetch()} />
      </Center>
    );
  }
  return <LoadingRows rows={0} />;
}
