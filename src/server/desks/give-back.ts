import { sql } from 'kysely';
import type { CallingDesk, CommandContext } from '../context.ts';
import type { Tx } from '../database/connection.ts';
import { fail } from '../http/errors.ts';

export interface GivenBack {
  readonly itemIds: readonly number[];
  /** The desk counts what it sends: what comes after a later one, late on its way, says nothing any more. */
  readonly number?: number | undefined;
}

/**
 * Takes items out of the desk's share that it let go. Harmless for those that are not in its share (any more): they were
 * ordered meanwhile, or given back before. An item that a draft of the desk holds here stays its own: the draft took it
 * while this was on its way. Returns those that are not in its share now, and the highest number heard of; nothing of one
 * that was overtaken.
 */
export async function giveBack(
  { tx, desk, clock }: Pick<CommandContext, 'tx' | 'desk' | 'clock'>,
  { itemIds, number }: GivenBack,
): Promise<{ itemIds: number[]; number?: number }> {
  const { id } = requireDesk(desk);
  const counted = number === undefined ? null : await count(tx, id, number);
  if (counted === 'overtaken') return { itemIds: [], number: await highest(tx, id) };
  if (counted !== 'known') await takeOut(tx, id, itemIds, clock.now());
  const { rows } = await sql<{ id: number }>`
    select id from items where id = any(${itemIds}::int[]) and desk_id is distinct from ${id} order by id`.execute(tx);
  return { itemIds: rows.map((row) => row.id), ...(number === undefined ? {} : { number }) };
}

async function takeOut(tx: Tx, deskId: string, itemIds: readonly number[], now: Date): Promise<void> {
  await sql`select id from items where id = any(${itemIds}::int[]) and desk_id = ${deskId}
    order by id for no key update`.execute(tx);
  await sql`update items set desk_id = null where id = any(${itemIds}::int[]) and desk_id = ${deskId} and not exists (
    select from reservations r where r.item_id = items.id and r.ended_at is null
      and (r.order_id is not null or r.expires_at > ${now}))`.execute(tx);
}

/** Notes a number that is higher than all before; `known` is the highest itself, which comes again. */
async function count(tx: Tx, deskId: string, number: number): Promise<'new' | 'known' | 'overtaken'> {
  const { numUpdatedRows } = await tx
    .updateTable('desks')
    .set({ givenBack: number })
    .where('id', '=', deskId)
    .where('givenBack', '<', number)
    .executeTakeFirst();
  if (numUpdatedRows > 0n) return 'new';
  return (await highest(tx, deskId)) === number ? 'known' : 'overtaken';
}

async function highest(tx: Tx, deskId: string): Promise<number> {
  const { givenBack } = await tx
    .selectFrom('desks')
    .select('givenBack')
    .where('id', '=', deskId)
    .executeTakeFirstOrThrow();
  return givenBack;
}

function requireDesk(desk: CallingDesk | null | undefined): CallingDesk {
  if (!desk) throw fail('desk_unknown');
  return desk;
}
