import { sql } from 'kysely';
import type { CallingDesk, CommandContext } from '../context.ts';
import { fail } from '../http/errors.ts';

/**
 * Takes items out of the desk's share that it let go. Harmless for those that are not in its share (any more): they were
 * ordered meanwhile, or given back before. Returns those that are not in its share now, which is all that are known.
 */
export async function giveBack(
  { tx, desk }: Pick<CommandContext, 'tx' | 'desk'>,
  itemIds: readonly number[],
): Promise<{ itemIds: number[] }> {
  const { id } = requireDesk(desk);
  await sql`select id from items where id = any(${itemIds}::int[]) and desk_id = ${id}
    order by id for no key update`.execute(tx);
  await sql`update items set desk_id = null where id = any(${itemIds}::int[]) and desk_id = ${id}`.execute(tx);
  const { rows } = await sql<{ id: number }>`
    select id from items where id = any(${itemIds}::int[]) order by id`.execute(tx);
  return { itemIds: rows.map((row) => row.id) };
}

function requireDesk(desk: CallingDesk | null | undefined): CallingDesk {
  if (!desk) throw fail('desk_unknown');
  return desk;
}
