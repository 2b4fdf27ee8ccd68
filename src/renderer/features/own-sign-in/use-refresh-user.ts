import { useMutation } from '@tanstack/react-query';
import { deskQuery } from '../../desk.ts';

/** Asks again who is signed in, when what they may do has changed; the session gate goes on by the answer. */
export function useRefreshUser() {
  return useMutation(
    deskQuery.session.refresh.mutationOptions({
      onSuccess: (user, _input, _result, { client }) => client.setQueryData(deskQuery.session.get.queryKey(), user),
    }),
  );
}
