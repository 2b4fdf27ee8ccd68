import { useQuery } from '@tanstack/react-query';
import { desk, deskQuery } from '../../../desk.ts';

const PAGE = 500;
const LATELY = 200;

/** The whole catalogue on offer: a shop's is a few hundred products at most, and choosing in it must not wait. */
async function readProducts() {
  const products = [];
  let cursor: string | undefined;
  do {
    const page = await desk.products.list({ limit: PAGE, cursor });
    products.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return products;
}

export function useProducts() {
  return useQuery({
    queryKey: [...deskQuery.products.list.key(), 'whole'],
    queryFn: readProducts,
    staleTime: 30_000,
  });
}

/** Orders of late, to know what sells; empty when they can't be read, undefined until that is known. */
export function useLatelySold() {
  const { data, isError } = useQuery({
    ...deskQuery.orders.list.queryOptions({ input: { limit: LATELY } }),
    staleTime: 300_000,
  });
  return data?.items ?? (isError ? [] : undefined);
}
