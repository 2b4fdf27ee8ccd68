import type { SearchHit } from '#core/contract/central/system.ts';
import { hasPermission } from '#core/domain/granted.ts';
import type { Permission } from '#core/domain/user.ts';
import { shareOut, shortId } from '#core/search/hits.ts';
import type { QueryContext } from '../context.ts';
import type { OwnersOf } from '../customers/search.ts';
import { queries } from '../http/implement.ts';
import type { Numbering } from '../inventory/phone-numbers.ts';
import { searchItems } from '../inventory/search-items.ts';
import {
  customerFinder,
  type Finder,
  itemFinder,
  jobFinder,
  orderFinder,
  type Question,
  serviceFinder,
} from './finders.ts';

interface Area {
  readonly find: Finder;
  readonly permission: Permission;
}

export interface SearchDeps {
  readonly ownersOf: OwnersOf;
  readonly numbering: Numbering;
}

/** One search over everything the caller may see: things known by exactly this number first, then what is like it. */
export function searchRoutes({ ownersOf, numbering }: SearchDeps) {
  const areas: Area[] = [
    { find: customerFinder(ownersOf), permission: 'view_customer' },
    { find: serviceFinder, permission: 'view_customer' },
    { find: itemFinder, permission: 'view_inventory' },
    { find: orderFinder, permission: 'view_customer' },
    { find: jobFinder, permission: 'provision' },
  ];
  return {
    search: queries.search.handler(async ({ context, input: { q, limit } }) => {
      const { db: reader, clock } = context;
      const items = searchItems(reader, q, limit, { numbering, now: clock.now() });
      const found = await findAll(context, areas, { reader, q, limit, items });
      return { items: shareOut(found, shortId(q), limit), nextCursor: null };
    }),
  };
}

function findAll({ actor }: QueryContext, areas: readonly Area[], question: Question): Promise<SearchHit[][]> {
  const visible = areas.filter(({ permission }) => hasPermission(actor.permissions, permission));
  return Promise.all(visible.map(({ find }) => find(question)));
}
