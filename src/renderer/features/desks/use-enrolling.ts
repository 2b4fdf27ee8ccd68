import { useMutation } from '@tanstack/react-query';
import { deskQuery } from '../../desk.ts';

/** Asks head office for a code to show on this desk. */
export function useRequestCode() {
  return useMutation(
    deskQuery.enrolment.request.mutationOptions({
      onSuccess: (enrolment, _input, _result, { client }) =>
        client.setQueryData(deskQuery.enrolment.get.queryKey(), enrolment),
    }),
  );
}

/** Enrols this very desk in one act, for somebody signed in who may. */
export function useEnrolHere() {
  return useMutation(
    deskQuery.enrolment.enrolHere.mutationOptions({
      onSuccess: (enrolment, _input, _result, { client }) => {
        client.setQueryData(deskQuery.enrolment.get.queryKey(), enrolment);
        void client.invalidateQueries({ queryKey: deskQuery.desks.key() });
        void client.invalidateQueries({ queryKey: deskQuery.sync.key() });
      },
    }),
  );
}
