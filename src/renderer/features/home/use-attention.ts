import { useQuery } from '@tanstack/react-query';
import { deskQuery } from '../../desk.ts';
import { useCan, useUser } from '../../session.tsx';

/** Jobs of this store that failed or hang. Other desks' jobs make no event here, so it is asked again now and then. */
export function useAttention() {
  const enabled = useCan('provision');
  const { store } = useUser();
  return useQuery(
    deskQuery.provisioning.list.queryOptions({
      input: { attention: true, limit: 8, storeId: store?.id },
      enabled,
      refetchInterval: 20_000,
    }),
  );
}
