import { useQuery } from '@tanstack/react-query';
import { deskQuery } from '../../desk.ts';
import { useUser } from '../../session.tsx';

/** The stores a desk may be put in by this person: the own one of a store's manager, else all. */
export function useStoreChoice(enabled = true) {
  const { store } = useUser();
  const { data } = useQuery(
    deskQuery.stores.list.queryOptions({ enabled: enabled && store === null, staleTime: 60_000 }),
  );
  const stores = store === null ? (data?.items ?? []) : [store];
  return {
    options: stores.map(({ id, name }) => ({ value: String(id), label: name })),
    /** The only one there is, chosen already. */
    initial: store === null ? null : String(store.id),
  };
}
