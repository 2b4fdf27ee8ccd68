import { askingBack } from '../desks/asking.ts';
import type { Desks } from '../desks/desks.ts';
import { fail } from '../http/errors.ts';
import { commands, ownTransactions, queries } from '../http/implement.ts';
import { changeItem } from './change-item.ts';
import { getImport, listImportRows, listImports } from './imports/import-views.ts';
import type { Inventory } from './inventory.ts';
import { listItemHistory } from './item-history.ts';
import { getItem } from './item-rows.ts';
import { listItems } from './list-items.ts';
import { takerOf } from './locks.ts';
import { receiveItem } from './receive-item.ts';
import { extendReservation, releaseReservation, reserveItem } from './reservations.ts';
import { revealSecrets } from './reveal-secrets.ts';
import { lookupItem } from './search-items.ts';

export function inventoryRoutes(inventory: Pick<Inventory, 'box' | 'numbering' | 'imports'>, desks: Shares) {
  return { inventory: { ...itemRoutes(inventory, desks), ...reservationRoutes(), ...importRoutes(inventory) } };
}

/** Splits a store's stock anew when something was received. */
type Shares = Pick<Desks, 'rebalanceSoon'>;

function itemRoutes({ box, numbering }: Pick<Inventory, 'box' | 'numbering'>, { rebalanceSoon }: Shares) {
  return {
    templates: queries.inventory.templates.handler(async ({ context: { db } }) => {
      const items = await db
        .selectFrom('inventoryTemplates')
        .select(['slug', 'name', 'identifiers'])
        .orderBy('name')
        .execute();
      return { items, nextCursor: null };
    }),
    items: queries.inventory.items.handler(({ context: { db, actor, clock }, input }) =>
      listItems(db, input, { storeId: actor.storeId, now: clock.now(), numbering }),
    ),
    lookup: queries.inventory.lookup.handler(async ({ context: { db, clock }, input }) => ({
      item: await lookupItem(db, input.code, numbering, clock.now()),
    })),
    item: queries.inventory.item.handler(async ({ context: { db, clock }, input }) => {
      const item = await getItem(db, input.id, clock.now());
      if (item === null) throw fail('not_found', { what: 'item' });
      return item;
    }),
    itemHistory: queries.inventory.itemHistory.handler(({ context, input }) => listItemHistory(context.db, input)),
    createItem: commands.inventory.createItem.handler(async ({ context, input }) => {
      const { tx, actor, clock, audit } = context;
      const item = await receiveItem(tx, input, actor, { box, numbering, now: clock.now() });
      const { id, template, label, storeId } = item;
      audit({ action: 'item.received', subject: { type: 'item', id }, detail: { template, label, storeId } });
      if (storeId !== null) context.afterCommit(() => rebalanceSoon(storeId));
      return item;
    }),
    changeItem: commands.inventory.changeItem.handler(async ({ context, input }) => {
      const { tx, clock, audit } = context;
      const item = await askingBack(context, () => changeItem(tx, input, takerOf(context), clock.now()));
      const { id, ...detail } = input;
      audit({ action: 'item.changed', subject: { type: 'item', id }, customerId: item.customerId, detail });
      return item;
    }),
    revealSecrets: commands.inventory.revealSecrets.handler(({ context, input }) => revealSecrets(context, box, input)),
  };
}

/** A hold is told in the item's history; the audit would be drowned in them. */
function reservationRoutes() {
  return {
    reserve: commands.inventory.reserve.handler(({ context, input }) =>
      askingBack(context, () => reserveItem(context.tx, input, takerOf(context), context.clock.now())),
    ),
    extendReservation: commands.inventory.extendReservation.handler(({ context, input }) =>
      extendReservation(context.tx, input.id, takerOf(context), context.clock.now()),
    ),
    releaseReservation: commands.inventory.releaseReservation.handler(({ context, input }) =>
      releaseReservation(context.tx, input.id, takerOf(context), context.clock.now()),
    ),
  };
}

function importRoutes({ imports }: Pick<Inventory, 'imports'>) {
  return {
    createImport: ownTransactions.inventory.createImport.handler(({ context, input }) =>
      imports.create(context, context.actor, input),
    ),
    getImport: queries.inventory.getImport.handler(({ context, input }) => getImport(context.db, input.id)),
    importRows: queries.inventory.importRows.handler(({ context, input }) => listImportRows(context.db, input)),
    imports: queries.inventory.imports.handler(({ context, input }) => listImports(context.db, input)),
  };
}
