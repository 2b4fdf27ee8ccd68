import { commands, open, ownTransactions, queries } from '../http/implement.ts';
import { approveEnrolment } from './approve-enrolment.ts';
import { collectEnrolment } from './collect-enrolment.ts';
import { listDesks } from './desk-rows.ts';
import type { Desks } from './desks.ts';
import type { Invitation } from './invitation.ts';
import { listPending } from './pending.ts';
import { requestEnrolment } from './request-enrolment.ts';
import { reclaimStock, revokeDesk } from './withdraw.ts';

export function desksRoutes(invitation: Invitation, desks: Desks) {
  return { desks: { ...enrolmentRoutes(invitation), ...registerRoutes(desks) } };
}

function enrolmentRoutes(invitation: Invitation) {
  return {
    pending: queries.desks.pending.handler(async ({ context: { db, clock } }) => ({
      items: await listPending(db, clock.now()),
      nextCursor: null,
    })),
    requestEnrolment: open.desks.requestEnrolment.handler(({ context, input }) =>
      requestEnrolment(context, invitation, input),
    ),
    approveEnrolment: ownTransactions.desks.approveEnrolment.handler(({ context, input }) =>
      approveEnrolment(context, input),
    ),
    collectEnrolment: open.desks.collectEnrolment.handler(({ context, input }) => collectEnrolment(context, input)),
  };
}

function registerRoutes({ rebalanceSoon }: Desks) {
  return {
    list: queries.desks.list.handler(async ({ context: { db, actor, clock } }) => ({
      items: await listDesks(db, actor.storeId, clock.now()),
      nextCursor: null,
    })),
    revoke: commands.desks.revoke.handler(async ({ context, input }) => {
      const storeId = await revokeDesk(context, input.id);
      context.afterCommit(() => rebalanceSoon(storeId));
    }),
    reclaimStock: commands.desks.reclaimStock.handler(async ({ context, input }) => {
      const { items, storeId } = await reclaimStock(context, input.id);
      context.afterCommit(() => rebalanceSoon(storeId));
      return { items };
    }),
  };
}
