import { sql } from 'kysely';
import type { RegisteredDesk } from '#core/contract/central/desks.ts';
import type { Actor } from '../context.ts';
import type { Reader } from '../database/connection.ts';
import { fail } from '../http/errors.ts';
import { isOnline } from './presence.ts';

function deskRows(reader: Reader) {
  return reader
    .selectFrom('desks')
    .innerJoin('stores', 'stores.id', 'desks.storeId')
    .select([
      ...(['desks.id', 'desks.name', 'desks.storeId', 'stores.name as storeName', 'desks.enrolledAt'] as const),
      ...(['desks.enrolledByName', 'desks.lastSeenAt', 'desks.revokedAt'] as const),
      sql<number>`(select count(*) from items
        where items.desk_id = desks.id and items.status in ('new', 'in_stock') and not exists (
          select from reservations where reservations.item_id = items.id and reservations.ended_at is null))`.as(
        'stock',
      ),
    ]);
}
type DeskRow = Awaited<ReturnType<ReturnType<typeof deskRows>['executeTakeFirstOrThrow']>>;

function present(row: DeskRow, now: Date): RegisteredDesk {
  const { id, name, storeId, storeName, enrolledAt, enrolledByName, lastSeenAt, revokedAt, stock } = row;
  return {
    ...{ id, name, store: { id: storeId, name: storeName }, enrolledByName },
    enrolledAt: enrolledAt.toISOString(),
    lastSeenAt: lastSeenAt?.toISOString() ?? null,
    online: isOnline(row, now),
    revokedAt: revokedAt?.toISOString() ?? null,
    stock: Number(stock),
  };
}

/** A desk as head office shows it. Throws not_found. */
export async function getDesk(reader: Reader, id: string, now: Date): Promise<RegisteredDesk> {
  const row = await deskRows(reader).where('desks.id', '=', id).executeTakeFirst();
  if (row === undefined) throw fail('not_found', { what: 'desk' });
  return present(row, now);
}

/** The desks of a store, or of all; withdrawn ones last. */
export async function listDesks(reader: Reader, storeId: number | null, now: Date): Promise<RegisteredDesk[]> {
  const rows = await deskRows(reader)
    .$if(storeId !== null, (query) => query.where('desks.storeId', '=', storeId ?? 0))
    .orderBy(sql`desks.revoked_at is not null`)
    .orderBy('desks.storeId')
    .orderBy('desks.number')
    .execute();
  return rows.map((row) => present(row, now));
}

/** Who manages one store manages its desks only; those without a store manage all. Throws forbidden. */
export function refuseOtherStore({ storeId }: Pick<Actor, 'storeId'>, ofDesk: number): void {
  if (storeId !== null && storeId !== ofDesk) throw fail('forbidden');
}
