import { askingBack } from '../desks/asking.ts';
import { commands, ownTransactions, queries } from '../http/implement.ts';
import type { Provisioning } from '../provisioning/index.ts';
import { getOrder, listOrders } from './order-rows.ts';
import { placeOrder } from './place-order.ts';
import { preflight } from './preflight.ts';

type Parts = Pick<Provisioning, 'playbooks' | 'connectors' | 'enqueue'>;

export function ordersRoutes(parts: Parts) {
  return {
    orders: {
      create: commands.orders.create.handler(({ context, input }) =>
        askingBack(context, () => placeOrder(context, input, parts)),
      ),
      preflight: ownTransactions.orders.preflight.handler(({ context, input }) => preflight(context, input, parts)),
      get: queries.orders.get.handler(({ context, input }) => getOrder(context.db, input.id)),
      list: queries.orders.list.handler(({ context, input }) => listOrders(context.db, input)),
    },
  };
}
