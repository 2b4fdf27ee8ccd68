import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { ItemStatus } from '#core/domain/inventory.ts';
import { useTemplateName } from '../../components/use-template-name.ts';
import { deskQuery } from '../../desk.ts';

export interface ItemFilter {
  template: string | null;
  status: ItemStatus | null;
  storeId: number | null;
  q: string;
}

const PAGE = 100;

/** Items of the stock that the filter lets through, a page at a time. */
export function useItems({ template, status, storeId, q }: ItemFilter) {
  return useInfiniteQuery(
    deskQuery.inventory.items.infiniteOptions({
      input: (cursor: string | undefined) => ({
        template: template ?? undefined,
        status: status ?? undefined,
        storeId: storeId ?? undefined,
        q: q.trim() || undefined,
        limit: PAGE,
        cursor,
      }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.nextCursor ?? undefined,
      placeholderData: keepPreviousData,
    }),
  );
}

/** Kinds of items; they hardly change. */
export function useTemplates() {
  return useQuery(deskQuery.inventory.templates.queryOptions({ staleTime: 300_000 }));
}

/** The same to choose from, in the screen's language. */
export function useTemplateOptions(): { value: string; label: string }[] {
  const nameOf = useTemplateName();
  const { data } = useTemplates();
  return (data?.items ?? []).map(({ slug, name }) => ({ value: slug, label: nameOf(slug, name) }));
}

export function useStores() {
  return useQuery(deskQuery.stores.list.queryOptions({ staleTime: 300_000 }));
}
