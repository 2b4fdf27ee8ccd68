import { ORPCError } from '@orpc/server';
import { z } from 'zod';
import { idSchema } from '#core/domain/common.ts';
import { assignItem } from '../../inventory/order-items.ts';
import { defineAction } from '../action.ts';
import { preconditionFailed } from '../failure.ts';

/** Ties an item of the order to its service and customer (PA-18). Giving it back is part of cancelling the order. */
export const assignItemAction = defineAction(z.strictObject({ item: idSchema }), async (context, input) => {
  const { job, clock } = context;
  const { orderId, customerId, serviceId } = job;
  if (serviceId === null) throw preconditionFailed('the order has no service to assign the item to');
  const assignment = { itemId: input.item, orderId, customerId, serviceId };
  try {
    await context.write((tx) => assignItem(tx, assignment, job.by, clock.now()));
  } catch (error) {
    if (!(error instanceof ORPCError)) throw error;
    const facts = typeof error.data === 'object' && error.data !== null ? error.data : {};
    throw preconditionFailed(`item ${input.item}: ${error.message}`, { ...facts, reason: error.code });
  }
  return { item: input.item, service: serviceId };
});
