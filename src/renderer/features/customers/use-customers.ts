import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { CustomerType } from '#core/domain/customer.ts';
import { deskQuery } from '../../desk.ts';
import { searchText } from '../../search-text.ts';

const PAGE = 100;

/** Customers by text and type, page after page. While a new answer is on its way the last one stays in sight. */
export function useCustomers(text: string, type: CustomerType | undefined) {
  const info = useQuery(deskQuery.central.info.queryOptions());
  const q = searchText(text, info.data?.country);
  const query = useInfiniteQuery(
    deskQuery.customers.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ q: q === '' ? undefined : q, type, cursor, limit: PAGE }),
      initialPageParam: undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
      placeholderData: keepPreviousData,
    }),
  );
  return { ...query, rows: query.data?.pages.flatMap(({ items }) => items) ?? [] };
}

/** The country whose national numbers people write: the operator's. */
export function useCountry(): string {
  return useQuery(deskQuery.central.info.queryOptions()).data?.country ?? 'GB';
}
