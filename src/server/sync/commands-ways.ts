import type { Command, CommandOutcome } from '#core/sync/commands.ts';
import type { QueryContext } from '../context.ts';
import { fail } from '../http/errors.ts';
import { refuseOtherStore } from '../inventory/reservations.ts';
import type { OrderTools } from '../orders/place-order.ts';
import { takeCommands } from './commands.ts';

/** Takes the work that an enrolled desk sends. Throws desk_unknown. */
export async function sendWork(
  context: QueryContext,
  commands: readonly Command[],
  tools: OrderTools,
): Promise<CommandOutcome[]> {
  const { desk } = context;
  if (!desk) throw fail('desk_unknown');
  return takeCommands(context, { desk, manager: null }, commands, tools);
}

/**
 * Takes the unsent work of a withdrawn desk from a person's hand, who then answers for it: the audit names that person as
 * real and who did it at the desk as effective user. Throws not_found, forbidden for programs and for staff of another
 * store, and desk_not_revoked while the desk can send its work itself.
 */
export async function handIn(
  context: QueryContext,
  { deskId, commands }: { deskId: string; commands: readonly Command[] },
  tools: OrderTools,
): Promise<CommandOutcome[]> {
  const { db, actor } = context;
  const desk = await db
    .selectFrom('desks')
    .select(['id', 'number', 'name', 'storeId', 'revokedAt'])
    .where('id', '=', deskId)
    .executeTakeFirst();
  if (!desk) throw fail('not_found', { what: 'desk' });
  if (actor.kind !== 'user') throw fail('forbidden');
  refuseOtherStore(actor, desk.storeId);
  if (desk.revokedAt === null) throw fail('desk_not_revoked');
  return takeCommands(context, { desk, manager: actor }, commands, tools);
}
