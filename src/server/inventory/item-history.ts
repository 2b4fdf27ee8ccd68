import type { z } from 'zod';
import type { itemHistorySchema } from '#core/domain/inventory.ts';
import type { Reader } from '../database/connection.ts';
import { fail } from '../http/errors.ts';
import { cursorOf, readCursor } from './cursor.ts';

type HistoryLine = z.infer<typeof itemHistorySchema>;

/** What happened to an item, newest first. Throws not_found. */
export async function listItemHistory(
  reader: Reader,
  { id, limit, cursor }: { readonly id: number; readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ items: HistoryLine[]; nextCursor: string | null }> {
  const item = await reader.selectFrom('items').select('id').where('id', '=', id).executeTakeFirst();
  if (item === undefined) throw fail('not_found', { what: 'item' });
  const before = cursor === undefined ? null : readCursor(cursor, 'history')[1];
  const rows = await reader
    .selectFrom('itemHistory')
    .selectAll()
    .where('itemId', '=', id)
    .$if(before !== null, (query) => query.where('id', '<', before ?? 0))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  const last = rows[limit - 1];
  const items = rows.slice(0, limit).map(({ at, event, fromStatus, toStatus, userName, detail }) => ({
    ...{ at: at.toISOString(), event, fromStatus, toStatus, userName, detail },
  }));
  return { items, nextCursor: rows.length > limit && last !== undefined ? cursorOf('history', 0, last.id) : null };
}
