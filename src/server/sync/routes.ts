import { fail } from '../http/errors.ts';
import { commands, ownTransactions, queries } from '../http/implement.ts';
import type { OrderTools } from '../orders/place-order.ts';
import { handIn, sendWork } from './commands-ways.ts';

const soon = () => {
  throw fail('unavailable');
};

export function syncRoutes(orderTools: OrderTools) {
  return {
    sync: {
      snapshot: queries.sync.snapshot.handler(soon),
      changes: queries.sync.changes.handler(soon),
      events: queries.sync.events.handler(soon),
      commands: ownTransactions.sync.commands.handler(({ context, input }) => sendWork(context, input, orderTools)),
      handIn: ownTransactions.sync.handIn.handler(({ context, input }) => handIn(context, input, orderTools)),
      giveBack: commands.sync.giveBack.handler(soon),
    },
  };
}
