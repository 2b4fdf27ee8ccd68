import type { Desks } from '../desks/desks.ts';
import { giveBack } from '../desks/give-back.ts';
import { fail } from '../http/errors.ts';
import { commands, ownTransactions, queries } from '../http/implement.ts';
import type { OrderTools } from '../orders/place-order.ts';
import { handIn, sendWork } from './commands-ways.ts';

const soon = () => {
  throw fail('unavailable');
};

export function syncRoutes(orderTools: OrderTools, desks: Pick<Desks, 'rebalanceSoon'>) {
  return {
    sync: {
      snapshot: queries.sync.snapshot.handler(soon),
      changes: queries.sync.changes.handler(soon),
      events: queries.sync.events.handler(soon),
      commands: ownTransactions.sync.commands.handler(({ context, input }) => sendWork(context, input, orderTools)),
      handIn: ownTransactions.sync.handIn.handler(({ context, input }) => handIn(context, input, orderTools)),
      giveBack: commands.sync.giveBack.handler(async ({ context, input }) => {
        const { storeId } = context.actor;
        if (storeId !== null && input.itemIds.length > 0) context.afterCommit(() => desks.rebalanceSoon(storeId));
        return giveBack(context, input.itemIds);
      }),
    },
  };
}
