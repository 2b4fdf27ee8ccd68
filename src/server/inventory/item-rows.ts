import type { Selectable } from 'kysely';
import type { Item } from '#core/domain/inventory.ts';
import type { Reader } from '../database/connection.ts';
import type { InventoryTables } from './tables.ts';

export type ItemRow = Selectable<InventoryTables['items']>;
export type ReservationRow = Selectable<InventoryTables['reservations']>;

/** The items with what an `Item` shows: template, store and the reservation that holds at `now`. */
export function selectItems(reader: Reader, now: Date) {
  return reader
    .selectFrom('items')
    .innerJoin('inventoryTemplates', 'inventoryTemplates.slug', 'items.template')
    .leftJoin('stores', 'stores.id', 'items.storeId')
    .leftJoin('reservations', (join) =>
      join
        .onRef('reservations.itemId', '=', 'items.id')
        .on('reservations.endedAt', 'is', null)
        .on(({ eb, or }) => or([eb('reservations.orderId', 'is not', null), eb('reservations.expiresAt', '>', now)])),
    )
    .selectAll('items')
    .select([
      'inventoryTemplates.name as templateName',
      'stores.name as storeName',
      'reservations.id as reservationId',
      'reservations.draftId',
      'reservations.expiresAt',
      'reservations.userName',
    ]);
}

export type ItemViewRow = Awaited<ReturnType<ReturnType<typeof selectItems>['execute']>>[number];

/** A row as the contract's `Item`. An item that an order owns is reserved without a holder to ask. */
export function toItem(row: ItemViewRow): Item {
  const { iccid, imsi, msisdn, imei, serial, mac } = row;
  const identifiers = Object.fromEntries(
    Object.entries({ iccid, imsi, msisdn, imei, serial, mac }).filter(([, value]) => value !== null),
  );
  return {
    id: row.id,
    template: row.template,
    templateName: row.templateName,
    label: row.label,
    status: row.reservationId === null ? row.status : 'reserved',
    identifiers,
    storeId: row.storeId,
    storeName: row.storeName,
    customerId: row.customerId,
    serviceId: row.serviceId,
    reservation: heldBy(row),
  };
}

function heldBy({ reservationId, draftId, expiresAt, userName }: ItemViewRow): Item['reservation'] {
  if (reservationId === null || draftId === null || expiresAt === null || userName === null) return null;
  return { id: reservationId, draftId, expiresAt: expiresAt.toISOString(), userName };
}

/** The item as it is at `now`, or null. */
export async function getItem(reader: Reader, id: number, now: Date): Promise<Item | null> {
  const row = await selectItems(reader, now).where('items.id', '=', id).executeTakeFirst();
  return row === undefined ? null : toItem(row);
}

/** The items of these ids in ascending order of id; unknown ids are left out. */
export async function getItems(reader: Reader, ids: readonly number[], now: Date): Promise<Item[]> {
  if (ids.length === 0) return [];
  const rows = await selectItems(reader, now)
    .where('items.id', 'in', [...ids])
    .orderBy('items.id')
    .execute();
  return rows.map(toItem);
}

export async function listItemsOfCustomer(reader: Reader, customerId: number, now: Date): Promise<Item[]> {
  const rows = await selectItems(reader, now).where('items.customerId', '=', customerId).orderBy('items.id').execute();
  return rows.map(toItem);
}

export async function listItemsOfService(reader: Reader, serviceId: number, now: Date): Promise<Item[]> {
  const rows = await selectItems(reader, now).where('items.serviceId', '=', serviceId).orderBy('items.id').execute();
  return rows.map(toItem);
}

/** Those of the items that are in the share of another desk than `deskId`; of any, when that is null. */
export async function leasedToOthers(
  reader: Reader,
  ids: readonly number[],
  deskId: string | null,
): Promise<Set<number>> {
  if (ids.length === 0) return new Set();
  const rows = await reader
    .selectFrom('items')
    .select('id')
    .where('id', 'in', [...ids])
    .where('deskId', 'is not', null)
    .$if(deskId !== null, (query) => query.where('deskId', '<>', deskId))
    .execute();
  return new Set(rows.map(({ id }) => id));
}
