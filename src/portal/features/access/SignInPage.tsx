import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { api, portal } from '../../api.ts';
import { signedIn } from '../../door.ts';
import { codeOf } from '../../errors.ts';
import { type Credentials, CredentialsForm } from './CredentialsForm.tsx';
import { OtpForm } from './OtpForm.tsx';

/** Sign-in: address and password, then the one-time code of accounts that have one. */
export function SignInPage({ reason }: { reason: string | null }) {
  const notice = new URLSearchParams(useSearch()).get('notice');
  const [location, navigate] = useLocation();
  const queryClient = useQueryClient();
  const [credentials, setCredentials] = useState<Credentials | null>(null);
  const signIn = useMutation({
    mutationFn: (input: Credentials & { otp?: string }) => api.auth.login(input),
    onSuccess: (me) => {
      queryClient.clear();
      queryClient.setQueryData(portal.me.queryKey(), me);
      signedIn(me.mode);
      if (location === '/sign-in' || location === '/forgot') navigate('/dashboard', { replace: true });
    },
    onError: (error, input) => {
      if (codeOf(error) === 'otp_required') setCredentials(input);
      else if (codeOf(error) !== 'otp_invalid') setCredentials(null);
    },
  });
  if (credentials !== null) {
    return (
      <OtpForm
        error={codeOf(signIn.error) === 'otp_required' ? null : signIn.error}
        isPending={signIn.isPending}
        onSubmit={(otp) => signIn.mutate({ ...credentials, otp })}
        onBack={() => {
          setCredentials(null);
          signIn.reset();
        }}
      />
    );
  }
  return (
    <CredentialsForm
      notice={reason ?? notice}
      error={codeOf(signIn.error) === 'otp_required' ? null : signIn.error}
      isPending={signIn.isPending}
      onSubmit={(given) => signIn.mutate(given)}
    />
  );
}
