import {
  IconArrowsExchange,
  IconCloud,
  IconPackage,
  IconReceipt,
  IconUser,
  type TablerIcon,
} from '@tabler/icons-react';
import type { SearchHit } from '#core/contract/central/system.ts';

type HitType = SearchHit['type'];

export const hitIcons: Record<HitType, TablerIcon> = {
  customer: IconUser,
  service: IconCloud,
  item: IconPackage,
  order: IconReceipt,
  job: IconArrowsExchange,
};

const paths: Record<HitType, string> = {
  customer: '/customers',
  service: '/services',
  item: '/inventory/items',
  order: '/orders',
  job: '/provisioning',
};

/** Where a hit of the global search leads; an assignment that head office does not have yet leads to itself. */
export function pathOf({ type, id, draftId }: Pick<SearchHit, 'type' | 'id' | 'draftId'>): string {
  if (draftId) return `/assign/${draftId}`;
  return `${paths[type]}/${id}`;
}

/** The order of the groups: people first, because most searches are for a customer. */
export const hitTypes: readonly HitType[] = ['customer', 'service', 'item', 'order', 'job'];
