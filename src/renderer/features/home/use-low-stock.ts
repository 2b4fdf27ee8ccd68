import { useQueries, useQuery } from '@tanstack/react-query';
import { refuseItem } from '#core/domain/inventory.ts';
import { centralNow } from '../../clock.ts';
import { deskQuery } from '../../desk.ts';
import { useCan, useUser } from '../../session.tsx';

/** Fewer than this many that can be given to a customer is low. */
const LOW = 10;
const LOOKED_AT = 50;

export interface LowStock {
  template: string;
  name: string;
  left: number;
}

/** The kinds of items that every mobile plan needs and of which this store has few left: SIM cards and numbers. */
export function useLowStock(): LowStock[] {
  const { store } = useUser();
  const enabled = useCan('view_inventory') && store !== null;
  const templates = useQuery(deskQuery.inventory.templates.queryOptions({ enabled, staleTime: 60_000 }));
  const needed = (templates.data?.items ?? []).filter(({ identifiers }) =>
    identifiers.some((identifier) => identifier === 'msisdn' || identifier === 'iccid'),
  );
  const storeId = store?.id;
  return useQueries({
    queries: needed.map(({ slug }) =>
      deskQuery.inventory.items.queryOptions({
        input: { template: slug, pickable: true, storeId, limit: LOOKED_AT },
        enabled,
        staleTime: 30_000,
      }),
    ),
    combine: (answers) =>
      answers.flatMap(({ data }, index) => {
        const template = needed[index];
        if (data === undefined || template === undefined || data.nextCursor !== null) return [];
        const left = data.items.filter((item) => refuseItem(item, { storeId, now: new Date(centralNow()) }) === null);
        return left.length < LOW ? [{ template: template.slug, name: template.name, left: left.length }] : [];
      }),
  });
}
