import { useQuery } from '@tanstack/react-query';
import { deskQuery } from '../../desk.ts';
import { useUser } from '../../session.tsx';
import { useIsEnrolled } from '../../work/use-work.ts';

/** Whether the signed-in person has a PIN on this desk; undefined while not known, and on a desk that has no use for one. */
export function useOwnPin(): boolean | undefined {
  const { id } = useUser();
  const isEnrolled = useIsEnrolled();
  const { data } = useQuery(deskQuery.staff.known.queryOptions({ enabled: isEnrolled }));
  if (!isEnrolled || data === undefined) return undefined;
  return data.find(({ user }) => user.id === id)?.hasPin ?? false;
}
