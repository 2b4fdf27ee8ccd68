import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { SearchHit } from '#core/contract/central/system.ts';
import { isLocalId } from '#core/sync/local-ids.ts';

export type RecentPlace = Pick<SearchHit, 'type' | 'id' | 'title'>;

const key = ['recent-places'];
const MOST = 6;

/** The places this person opened last, newest first. Kept with the queries, so that signing out forgets them. */
export function useRecentPlaces(): readonly RecentPlace[] {
  const { data } = useQuery<readonly RecentPlace[]>({
    queryKey: key,
    queryFn: () => [],
    enabled: false,
    initialData: [],
    gcTime: Number.POSITIVE_INFINITY,
  });
  return data;
}

/** Remembers a place once its title is known. */
export function useRememberPlace(type: RecentPlace['type'], id: number, title: string | undefined): void {
  const client = useQueryClient();
  useEffect(() => {
    // What head office has not numbered yet gets another address soon.
    if (title === undefined || isLocalId(id)) return;
    client.setQueryData<readonly RecentPlace[]>(key, (known = []) => [
      { type, id, title },
      ...known.filter((place) => place.type !== type || place.id !== id).slice(0, MOST - 1),
    ]);
  }, [client, type, id, title]);
}
