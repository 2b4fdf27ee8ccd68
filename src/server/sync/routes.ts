import type { Desks } from '../desks/desks.ts';
import { giveBack } from '../desks/give-back.ts';
import { commands, ownTransactions } from '../http/implement.ts';
import type { OrderTools } from '../orders/place-order.ts';
import { handIn, sendWork } from './commands-ways.ts';
import { feedRoutes } from './feed-routes.ts';
import type { SyncSignals } from './signals.ts';

export function syncRoutes(orderTools: OrderTools, desks: Pick<Desks, 'rebalanceSoon'>, signals: SyncSignals) {
  return {
    sync: {
      ...feedRoutes(signals),
      commands: ownTransactions.sync.commands.handler(({ context, input }) => sendWork(context, input, orderTools)),
      handIn: ownTransactions.sync.handIn.handler(({ context, input }) => handIn(context, input, orderTools)),
      giveBack: commands.sync.giveBack.handler(async ({ context, input }) => {
        const { storeId } = context.actor;
        if (storeId !== null && input.itemIds.length > 0) context.afterCommit(() => desks.rebalanceSoon(storeId));
        return giveBack(context, input);
      }),
    },
  };
}
