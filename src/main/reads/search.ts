import type { Draft } from '#core/assignment/draft.ts';
import type { SearchHit } from '#core/contract/central/system.ts';
import { fold } from '#core/customers/search-text.ts';
import { hasPermission } from '#core/domain/granted.ts';
import { parseReceipt } from '#core/scan/receipt.ts';
import { customerHit, itemHit, serviceHit, shareOut, shortId } from '#core/search/hits.ts';
import type { Asked, Read } from './asked.ts';
import { listCustomers } from './customers.ts';
import { searchStock } from './items.ts';
import { getService } from './of-customer.ts';
import type { Page } from './page.ts';
import { byLabel, searchServiceItems } from './service-items.ts';

export interface SearchInput {
  readonly q: string;
  readonly limit?: number | undefined;
}

/** What head office adds to a search here. Never throws; empty when it is not to be asked, or takes too long. */
export interface SearchElsewhere {
  find(q: string, limit: number, withinMs: number): Promise<SearchHit[]>;
}

interface SearchOptions {
  readonly elsewhere: SearchElsewhere;
  /** The signed-in person's assignments on this desk. */
  readonly drafts: () => Promise<readonly Draft[]>;
}

const LIMIT = 20;
/** Orders and jobs are known to head office alone; they are worth so long a wait when the text may be the number of one. */
const ORDERS_WITHIN_MS = 300;
/** And everything, when nothing is found here. */
const ANYTHING_WITHIN_MS = 1_500;

/**
 * One search over everything the person may see: customers, services, the store's stock and the desk's own assignments from
 * here, orders and jobs by their number from head office.
 */
export function createSearch({ elsewhere, drafts }: SearchOptions): Read<SearchInput, Page<SearchHit>> {
  return async (asked, { q, limit = LIMIT }) => {
    const number = shortId(q) ?? orderOfReceipt(q);
    const orders = number === null ? [] : elsewhere.find(String(number), limit, ORDERS_WITHIN_MS);
    const here = await searchHere(asked, q, limit);
    const own = may(asked, 'provision') ? draftHits(await drafts(), q) : [];
    const isOrder = ({ type }: SearchHit) => type === 'order' || type === 'job';
    const found = [...here, own, (await orders).filter(isOrder)];
    const items = shareOut(found, number, limit);
    if (items.length > 0) return { whole: { items, nextCursor: null } };
    return { whole: { items: await elsewhere.find(q, limit, ANYTHING_WITHIN_MS), nextCursor: null } };
  };
}

function may({ person }: Asked, permission: Parameters<typeof hasPermission>[1]): boolean {
  return hasPermission(person?.permissions ?? [], permission);
}

function orderOfReceipt(q: string): number | null {
  const target = parseReceipt(q);
  return target?.of === 'order' ? target.id : null;
}

async function searchHere(asked: Asked, q: string, limit: number): Promise<SearchHit[][]> {
  const customers = await listCustomers(asked, { q, limit });
  const sold = (await searchServiceItems(asked, q, limit)).map(({ item }) => item);
  const items = [...(await searchStock(asked, q, limit)), ...sold].sort(byLabel).slice(0, limit);
  const services = await servicesBy(asked, [shortId(q), ...items.map(({ serviceId }) => serviceId)], limit);
  return [
    customers !== null && 'whole' in customers ? customers.whole.items.slice(0, limit).map(customerHit) : [],
    services,
    may(asked, 'view_inventory') ? items.map(itemHit) : [],
  ];
}

async function servicesBy(asked: Asked, ids: readonly (number | null)[], limit: number): Promise<SearchHit[]> {
  const hits: SearchHit[] = [];
  for (const id of new Set(ids)) {
    const found = id === null || hits.length >= limit ? null : await getService(asked, { id });
    if (found !== null && 'whole' in found) hits.push(serviceHit(found.whole));
  }
  return hits;
}

/** Assignments on this desk that head office has no order for yet: by customer, product, item or their own receipt. */
function draftHits(drafts: readonly Draft[], q: string): SearchHit[] {
  const words = fold(q)
    .split(' ')
    .filter((word) => word !== '');
  const receipt = parseReceipt(q);
  const isMeant = (draft: Draft) =>
    receipt === null
      ? words.length > 0 && words.every((word) => textOf(draft).includes(` ${word}`))
      : receipt.of === 'draft' && receipt.id === draft.id;
  return drafts
    .filter((draft) => draft.order === null && draft.status !== 'discarded' && isMeant(draft))
    .map((draft, index) => ({
      ...{ type: 'order', id: -1 - index, draftId: draft.id, status: null },
      title: draft.product?.name ?? draft.items[0]?.item.label ?? draft.customer?.name ?? '',
      detail: draft.customer?.name ?? '',
      customerId: draft.customer?.id ?? null,
    }));
}

function textOf({ customer, product, items }: Draft): string {
  const facts = items.flatMap(({ item }) => [item.label, ...Object.values(item.identifiers)]);
  return ` ${fold([customer?.name ?? '', product?.name ?? '', ...facts].join(' '))}`;
}
