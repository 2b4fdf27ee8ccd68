import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type Item, type ItemRefusal, refuseItem } from '#core/domain/inventory.ts';
import { centralNow } from '../../../clock.ts';
import { deskQuery } from '../../../desk.ts';
import { useUser } from '../../../session.tsx';
import { useIsOffline } from '../../../work/use-work.ts';
import { refuseShare } from '../share.ts';
import { useWizard } from '../wizard.ts';

const DEBOUNCE_MS = 120;
/** Others take and release items meanwhile. */
const REFRESH_MS = 5_000;

interface PickableInput {
  template: string;
  /** What central searches for; the list is settled once its answer is that text's. */
  q: string;
  sort: 'label' | 'memorable';
  limit: number;
}

/** Items that a slot may show, and why one of them can't be taken (PA-9; held ones are greyed with who and until when). */
export function usePickable({ template, q, sort, limit }: PickableInput) {
  const { draft } = useWizard();
  const storeId = useUser().store?.id;
  const isOffline = useIsOffline();
  const [asked] = useDebouncedValue(q, DEBOUNCE_MS);
  const query = useQuery({
    ...deskQuery.inventory.items.queryOptions({
      input: { template, storeId, q: asked || undefined, pickable: true, sort, limit },
    }),
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
  });
  const refusalOf = (item: Item): ItemRefusal | null =>
    refuseItem(item, { template, draftId: draft.id, storeId, now: new Date(centralNow()) }) ??
    refuseShare(item.share, isOffline);
  return {
    ...query,
    rows: query.data?.items ?? [],
    refusalOf,
    settled: asked === q && !query.isPlaceholderData && !query.isPending,
  };
}
